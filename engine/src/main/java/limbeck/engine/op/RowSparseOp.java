package limbeck.engine.op;

import limbeck.engine.op.nn.Embedding;
import limbeck.engine.tensor.Tensor;

/**
 * An op that reads a few rows of a large table, the only operand with a gradient: that gradient is
 * zero in all other rows. {@link #backward} writes all of it, as of any op; who keeps track of the
 * rows that are not zero asks for these alone.
 */
public sealed interface RowSparseOp extends Op permits Embedding {
  /** The operand that is the table, [rows, width]. */
  int table();

  /** How many rows the gradient touches at most. */
  int mostRows(Tensor[] in);

  /**
   * The part of the table's gradient that may be other than zero, with the bits of {@link
   * #backward}.
   *
   * @param rows receives the numbers of the rows, ascending, each once; I32, {@link #mostRows}
   *     elements
   * @param values receives their gradients, one after another, [{@link #mostRows}, width]
   * @return how many there are
   */
  int backwardRows(OpContext c, Tensor[] in, Tensor gradOut, Tensor rows, Tensor values);

  @Override
  default boolean differentiable(int k) {
    return k == table();
  }
}
