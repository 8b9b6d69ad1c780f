package limbeck.kd.vision;

/**
 * A random change of a training example that keeps its label. The change is a function of the seed
 * it was made with, the epoch and the number of the example alone: the same on any thread and in
 * any order.
 */
public interface Augment {
  /**
   * Writes the changed example.
   *
   * @param epoch from 0
   * @param example its number in the data set
   * @param in holds the example from {@code inAt} on
   * @param out receives it from {@code outAt} on; may be {@code in} at the same place, but must not
   *     overlap otherwise
   * @throws IndexOutOfBoundsException if an array is too short
   */
  void apply(int epoch, int example, float[] in, int inAt, float[] out, int outAt);
}
