package limbeck.kd;

/**
 * How far a stage of training is: what annealed targets, growing weights and random choices of an
 * objective depend on, besides the batch.
 *
 * @param seed of the training, for random choices
 * @param epoch of the stage, from 0
 * @param epochs of the whole stage, at least 1
 * @param step of the whole training, from 0: what tells one random choice from the next
 */
public record Progress(long seed, int epoch, int epochs, long step) {
  /** The first step of a training of one epoch, for losses that are taken outside of trainings. */
  public static final Progress START = new Progress(0, 0, 1, 0);

  /**
   * Checks that the epoch lies in the stage.
   *
   * @throws IllegalArgumentException if it does not
   */
  public Progress {
    if (epoch < 0 || epoch >= epochs || step < 0) {
      throw new IllegalArgumentException(
          "progress: step " + step + " in epoch " + epoch + " of " + epochs);
    }
  }
}
