package limbeck.engine.op.reduce;

import java.util.List;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Tensor;

/**
 * Product over axes, 1 of no elements. Factors are multiplied in double, ascending, and the product
 * is rounded once; products of factors that leave the range of a double are 0 or infinite for good.
 *
 * @param axes the axes to reduce, negative ones from the end; none stands for all
 * @param keepAxes whether these axes stay, with size 1
 */
public record Prod(List<Integer> axes, boolean keepAxes) implements RowReduceOp {
  private static final OpSpec SPEC = OpSpec.of("prod").operand("x", "...").onnx("ReduceProd", 18);

  /** Keeps the axes unmodifiable. */
  public Prod {
    axes = List.copyOf(axes);
  }

  /** Over the given axes, which go; over all if none is given. */
  public Prod(int... axes) {
    this(Reduced.list(axes), false);
  }

  @Override
  public int leastTerms() {
    return 0;
  }

  @Override
  public int cost() {
    return 4;
  }

  @Override
  public void forwardRow(Rows r, Tensor x, int i, int n, Tensor scratch, Tensor y, int row) {
    double product = 1;
    for (int k = i; k < i + n; k++) {
      product *= x.get(k);
    }
    y.set(row, product);
  }

  /** dx = dy times the product of the others, which is 0 beside a zero: in double, rounded once. */
  @Override
  public void backwardRow(Rows r, Tensor x, int i, int n, Tensor y, Tensor dy, int row, Tensor dx) {
    double product = 1;
    int zeros = 0;
    for (int k = i; k < i + n; k++) {
      boolean zero = x.get(k) == 0;
      zeros += zero ? 1 : 0;
      product *= zero ? 1 : x.get(k);
    }
    double slope = dy.get(row) * product;
    for (int k = i; k < i + n; k++) {
      boolean zero = x.get(k) == 0;
      boolean beside = zeros > (zero ? 1 : 0);
      dx.set(k, beside ? 0 : zero ? slope : slope / x.get(k));
    }
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
