package limbeck.engine.op.reduce;

import java.util.List;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Tensor;

/**
 * Sum of absolute values over axes, the 1-norm; 0 of no elements. The gradient of a zero is 0.
 *
 * @param axes the axes to reduce, negative ones from the end; none stands for all
 * @param keepAxes whether these axes stay, with size 1
 */
public record L1Norm(List<Integer> axes, boolean keepAxes) implements RowReduceOp {
  private static final OpSpec SPEC = OpSpec.of("l1Norm").operand("x", "...").onnx("ReduceL1", 18);

  /** Keeps the axes unmodifiable. */
  public L1Norm {
    axes = List.copyOf(axes);
  }

  /** Over the given axes, which go; over all if none is given. */
  public L1Norm(int... axes) {
    this(Reduced.list(axes), false);
  }

  @Override
  public int leastTerms() {
    return 0;
  }

  @Override
  public int cost() {
    return 2;
  }

  @Override
  public void forwardRow(Rows r, Tensor x, int i, int n, Tensor scratch, Tensor y, int row) {
    r.leakyRelu(x, i, -1, x, i, scratch, 0, n);
    y.set(row, r.sum(scratch, 0, n));
  }

  /** dx = dy with the sign of x, 0 where x is 0. */
  @Override
  public void backwardRow(Rows r, Tensor x, int i, int n, Tensor y, Tensor dy, int row, Tensor dx) {
    double slope = dy.get(row);
    for (int k = i; k < i + n; k++) {
      dx.set(k, slope * Math.signum(x.get(k)));
    }
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
