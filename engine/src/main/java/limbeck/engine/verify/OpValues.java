package limbeck.engine.verify;

import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Operands, result and gradients of one application of an op, in double and by index: what naive
 * definitions and error bounds are written in. A definition sees operands only.
 */
public final class OpValues {
  private final Tensor[] in;
  private final Shape result;
  private final Tensor out;
  private final Tensor gradOut;
  private final Tensor[] gradIn;

  OpValues(Tensor[] in, Shape result, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    this.in = in;
    this.result = result;
    this.out = out;
    this.gradOut = gradOut;
    this.gradIn = gradIn;
  }

  /** The shape of operand {@code k}. */
  public Shape shape(int k) {
    return in[k].shape();
  }

  /** The shape of the result. */
  public Shape shape() {
    return result;
  }

  /** Element {@code i} of operand {@code k}, in row-major order. */
  public double in(int k, int i) {
    return in[k].get(i);
  }

  /** Element {@code i} of the float64 result. */
  public double out(int i) {
    return out.get(i);
  }

  /** Element {@code i} of d loss / d result. */
  public double gradOut(int i) {
    return gradOut.get(i);
  }

  /** Element {@code i} of the float64 gradient with respect to operand {@code k}. */
  public double gradIn(int k, int i) {
    return gradIn[k].get(i);
  }
}
