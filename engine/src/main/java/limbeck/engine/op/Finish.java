package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * What is left to do to elements of a result as soon as an op has computed them, while they are in
 * the cache: the steps that follow the op in a program. See {@link OpContext#finish()}.
 */
@FunctionalInterface
public interface Finish {
  /**
   * Finishes elements {@code at} to {@code at + n} of the op's result, which lie within one row
   * (the last axis) or one plane of a channel. Called by the thread that computed them.
   *
   * @param r the row loops for {@code out}
   */
  void run(Rows r, Tensor out, int at, int n);
}
