package limbeck.engine.program;

import limbeck.engine.kernel.Rows;
import limbeck.engine.op.Finish;
import limbeck.engine.op.Piecewise;
import limbeck.engine.tensor.Tensor;

/** The steps of a chain behind its first, done one after another to each piece of its result. */
final class ChainFinish implements Finish {
  private final Piecewise[] ops;
  private final Tensor[][] operands;

  /**
   * @param operands of each op; that which the op before it makes is the chain's result
   */
  ChainFinish(Piecewise[] ops, Tensor[][] operands) {
    this.ops = ops;
    this.operands = operands;
  }

  @Override
  public void run(Rows r, Tensor out, int at, int n) {
    for (int i = 0; i < ops.length; i++) {
      ops[i].forward(r, operands[i], out, at, n);
    }
  }
}
