package limbeck.autograd.optim;

import limbeck.autograd.Parameter;
import limbeck.autograd.ParameterStore;

/**
 * {@link Adam} that leaves out the rows of a table that a step has not touched: their weights and
 * moments stay as they are. For tables of word vectors, of which a batch touches a small part (see
 * {@link Parameter#touchedRows()}): a step costs what the batch touches, and not what the table
 * holds. All other parameters are updated as by Adam.
 *
 * <p>That is another algorithm, hence the name. Adam goes on moving a row by its first moment, with
 * both moments decaying, in every step in which the row's gradient is zero; here a row waits, and
 * its moments are averages over the steps that touched it. The corrections 1/(1 − βᵗ) count all
 * steps, as in Adam. There is no weight decay: it would have to reach every row.
 */
public final class LazyAdam extends Adam {
  /** With β = (0.9, 0.999), ε = 1e−8. */
  public LazyAdam(ParameterStore store, double rate) {
    this(store, rate, 0.9, 0.999, 1e-8);
  }

  /**
   * All settings.
   *
   * @param beta1 decay of the first moment, in [0, 1)
   * @param beta2 decay of the second moment, in [0, 1)
   * @param epsilon above 0, also when rounded to the parameters' type
   * @throws IllegalArgumentException if a setting is out of range
   */
  public LazyAdam(ParameterStore store, double rate, double beta1, double beta2, double epsilon) {
    super(store, rate, beta1, beta2, epsilon, 0, false);
  }

  @Override
  boolean touchedRowsOnly(boolean decays) {
    return true;
  }
}
