package limbeck.engine.op.reduce;

import limbeck.engine.kernel.Rows;
import limbeck.engine.op.Lane;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;

/**
 * A reduction that goes over a row more than once: the rows are brought together first where they
 * do not lie in memory one after another.
 */
public sealed interface RowReduceOp extends ReduceOp, OpContext.ForwardPass
    permits Max, Min, Prod, L1Norm, L2Norm, LogSumExp, Variance {

  /** Elementary operations per element, roughly. */
  int cost();

  /**
   * y[row] from the row x[i] to x[i + n], n at least {@link #leastTerms()}.
   *
   * @param scratch n elements
   */
  void forwardRow(Rows r, Tensor x, int i, int n, Tensor scratch, Tensor y, int row);

  /** dx[i] to dx[i + n] from the row of x in the same place, its result and gradient. */
  void backwardRow(Rows r, Tensor x, int i, int n, Tensor y, Tensor dy, int row, Tensor dx);

  @Override
  default void forward(OpContext c, Tensor[] in, Tensor out) {
    if (out.size() > 0) {
      Tensor x = in[0];
      Tensor rows = Reduced.rows(c, x, Reduced.axes(this, x.shape()));
      long cost = (long) cost() * (x.size() / out.size());
      c.forward(this, out.size(), cost, rows == x ? in : new Tensor[] {rows}, out);
    }
  }

  @Override
  default void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Rows r = c.rows(out);
    int n = in[0].size() / out.size();
    Lane lane = c.lane();
    Tensor scratch = lane.scratch(0, out.dtype(), n);
    for (int row = from; row < to; row++) {
      forwardRow(r, in[0], row * n, n, scratch, out, row);
    }
    c.giveBack(lane);
  }

  @Override
  default void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    if (out.size() == 0) {
      return;
    }
    Rows r = c.rows(out);
    int reduced = Reduced.axes(this, in[0].shape());
    Tensor x = Reduced.rows(c, in[0], reduced);
    Tensor dx = x == in[0] ? gradIn[0] : c.take(x.dtype(), x.shape());
    int n = x.size() / out.size();
    c.forEach(
        out.size(),
        (long) cost() * n,
        (from, to) -> {
          for (int row = from; row < to; row++) {
            backwardRow(r, x, row * n, n, out, gradOut, row, dx);
          }
        });
    if (dx != gradIn[0]) {
      Reduced.restore(c, dx, gradIn[0], reduced);
    }
  }
}
