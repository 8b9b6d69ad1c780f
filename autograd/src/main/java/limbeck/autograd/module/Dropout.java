package limbeck.autograd.module;

import limbeck.autograd.Module;
import limbeck.autograd.Streams;
import limbeck.autograd.Var;

/**
 * Zeroes elements at random in training and scales up the others, and does nothing in evaluation:
 * see {@link limbeck.engine.op.Dropout}. What it zeroes is a function of the run's seed, this
 * layer's path and the step's number; so use one layer per place.
 */
public final class Dropout extends Module {
  private final double rate;

  /**
   * A layer that zeroes with probability {@code rate}.
   *
   * @throws IllegalArgumentException if it is not in [0, 1)
   */
  public Dropout(double rate) {
    this.rate = new limbeck.engine.op.Dropout(rate, 0, 0).rate(); // which checks it
  }

  @Override
  public Var forward(Var x) {
    if (!mode().training() || rate == 0) {
      return x;
    }
    return x.apply(
        new limbeck.engine.op.Dropout(rate, mode().seed(), Streams.of(path(), mode().step())));
  }
}
