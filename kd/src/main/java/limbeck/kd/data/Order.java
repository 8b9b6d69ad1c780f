package limbeck.kd.data;

/** In which order epochs visit examples: a function of the epoch. */
public interface Order {
  /** Examples of an epoch. */
  int size();

  /**
   * Writes the numbers of an epoch's examples.
   *
   * @param order of {@link #size} elements
   * @throws IllegalArgumentException if the epoch is negative or the array is of another size
   */
  void order(int epoch, int[] order);
}
