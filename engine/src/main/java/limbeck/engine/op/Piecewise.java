package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * An op each element of whose result depends, as far as one operand goes, on that operand's element
 * at the same place alone. So it can be done in place, piece by piece, by whoever computes that
 * operand: see {@link Finish}.
 */
public interface Piecewise {
  /**
   * Whether that holds for operand {@code k} of these shapes, and the result has the shape of that
   * operand.
   */
  boolean isPiecewise(int k, Shape... in);

  /**
   * Elements {@code i} to {@code i + n} of the result, with the bits of the whole op.
   *
   * @param in an operand that this {@link #isPiecewise} in may be {@code out} itself
   * @param n so many that they lie within one row, or one plane of a channel
   */
  void forward(Rows r, Tensor[] in, Tensor out, int i, int n);
}
