package limbeck.kd.train;

import limbeck.kd.Network;
import limbeck.kd.recipe.Arm;

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
   * @param validation the validation data's {@link limbeck.kd.metric.Measure} after each epoch:
   *     errors, or correlation with scores; empty without such data
   * @param validationLoss likewise, negative log-likelihood or mean squared error
   * @param spent what training took; of networks that trained together, what all took
   * @param offset added to corrected biases; 0 if none were
   * @param choice how it was chosen among others; null if it was not
   */
  public record History(
      double[] trainLoss,
      double[] validation,
      double[] validationLoss,
      Spent spent,
      double offset,
      Choice choice) {
    /** Of a network that was not trained here. */
    public static final History NONE =
        new History(new double[0], new double[0], new double[0], Spent.NOTHING, 0, null);

    /** This history up to here, of a network that is made of another. */
    History derived(double itsOffset, Choice itsChoice) {
      return new History(
          trainLoss, validation, validationLoss, Spent.NOTHING, itsOffset, itsChoice);
    }

    /** Seconds that training took. */
    public double seconds() {
      return spent.seconds();
    }

    private History written(long bytes) {
      return new History(
          trainLoss, validation, validationLoss, spent.written(bytes), offset, choice);
    }
  }

  /** This, with the bytes of its file. */
  Trained written(long bytes) {
    return new Trained(arm, seed, network, history.written(bytes));
  }
}
