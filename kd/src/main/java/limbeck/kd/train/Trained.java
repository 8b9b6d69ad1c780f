package limbeck.kd.train;

import limbeck.kd.recipe.Arm;
import limbeck.kd.vision.Network;

/**
 * A finished network of a run.
 *
 * @param arm what it is
 * @param seed of its training
 * @param network with its weights
 * @param history how its training went
 */
public record Trained(Arm arm, long seed, Network network, History history) {
  /**
   * How a training went.
   *
   * @param trainLoss mean loss of each epoch
   * @param validationErrors after each epoch; empty without validation data
   * @param validationNll likewise
   * @param seconds training took, over all sessions
   * @param offset added to corrected biases; 0 if none were
   * @param choice how it was chosen among others; null if it was not
   */
  public record History(
      double[] trainLoss,
      double[] validationErrors,
      double[] validationNll,
      double seconds,
      double offset,
      Choice choice) {
    /** Of a network that was not trained here. */
    public static final History NONE =
        new History(new double[0], new double[0], new double[0], 0, 0, null);

    /** This history up to here, of a network that is made of another. */
    History derived(double itsOffset, Choice itsChoice) {
      return new History(trainLoss, validationErrors, validationNll, 0, itsOffset, itsChoice);
    }
  }
}
