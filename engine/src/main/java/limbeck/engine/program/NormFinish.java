package limbeck.engine.program;

import limbeck.engine.kernel.Rows;
import limbeck.engine.op.Add;
import limbeck.engine.op.Finish;
import limbeck.engine.op.Piecewise;
import limbeck.engine.op.Relu;
import limbeck.engine.op.nn.BatchNormInference;
import limbeck.engine.tensor.Tensor;

/**
 * What follows a convolution in a residual network: batch norm, then a sum with the shortcut or
 * not, then ReLU. As {@link ChainFinish}, but each piece is read and written once.
 */
final class NormFinish implements Finish {
  private final BatchNormInference norm;
  private final Tensor[] operands;
  private final Tensor added;

  private NormFinish(BatchNormInference norm, Tensor[] operands, Tensor added) {
    this.norm = norm;
    this.operands = operands;
    this.added = added;
  }

  /** For steps that are these; null for others. Arguments as those of {@link ChainFinish}. */
  static Finish of(Piecewise[] ops, Tensor[][] operands) {
    int last = ops.length - 1;
    boolean sum = last == 2 && ops[1] instanceof Add;
    if ((sum || last == 1)
        && ops[0] instanceof BatchNormInference norm
        && ops[last] instanceof Relu) {
      return new NormFinish(norm, operands[0], sum ? other(operands[1], operands[0][0]) : null);
    }
    return null;
  }

  /** The operand of a sum that is not the chain's result. */
  private static Tensor other(Tensor[] terms, Tensor result) {
    return terms[terms[0] == result ? 1 : 0];
  }

  @Override
  public void run(Rows r, Tensor out, int at, int n) {
    norm.activate(r, operands, added, out, at, n);
  }
}
