package limbeck.engine.io.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import limbeck.engine.op.Log;
import limbeck.engine.op.Mul;
import limbeck.engine.op.Op;
import limbeck.engine.op.reduce.L1Norm;
import limbeck.engine.op.reduce.L2Norm;
import limbeck.engine.op.reduce.LogSumExp;
import limbeck.engine.op.reduce.Max;
import limbeck.engine.op.reduce.Mean;
import limbeck.engine.op.reduce.Min;
import limbeck.engine.op.reduce.Prod;
import limbeck.engine.op.reduce.Sum;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** Reductions over axes. */
final class ReduceOperators {
  /** A reduction over axes that keeps them, or not. */
  @FunctionalInterface
  interface Maker {
    Op over(List<Integer> axes, boolean keep);
  }

  private ReduceOperators() {}

  static void addTo(Map<String, Operator> table) {
    reduction(table, "ReduceSum", Sum::new, 0);
    reduction(table, "ReduceMean", Mean::new, Double.NaN);
    reduction(table, "ReduceMax", Max::new, Double.NEGATIVE_INFINITY);
    reduction(table, "ReduceMin", Min::new, Double.POSITIVE_INFINITY);
    reduction(table, "ReduceProd", Prod::new, 1);
    reduction(table, "ReduceL1", L1Norm::new, 0);
    reduction(table, "ReduceL2", L2Norm::new, 0);
    reduction(table, "ReduceLogSumExp", LogSumExp::new, Double.NEGATIVE_INFINITY);
    Operator.add(table, "ReduceSumSquare", c -> reduce(c, square(c), Sum::new, 0));
    Operator.add(table, "ReduceLogSum", c -> c.emit(new Log(), reduce(c, c.in(0), Sum::new, 0)));
  }

  private static void reduction(
      Map<String, Operator> table, String name, Maker maker, double ofNone) {
    Operator.add(table, name, c -> reduce(c, c.in(0), maker, ofNone));
  }

  private static Value square(Call c) {
    return c.emit(new Mul(), c.in(0), c.in(0));
  }

  /**
   * A reduction.
   *
   * @param ofNone what it makes of no elements
   */
  private static Value reduce(Call c, Value x, Maker maker, double ofNone) {
    int[] named = c.integers("axes", 1);
    if ((named == null || named.length == 0) && c.flag("noop_with_empty_axes", false)) {
      return x;
    }
    int[] axes = named == null ? new int[0] : Call.axes(named, x.rank());
    boolean keep = c.flag("keepdims", true);
    if (x.rank() == 0) {
      Value row = c.to().reshape(x, c.shapes(s -> Shape.of(1)));
      return c.emit(maker.over(List.of(0), false), row);
    }
    if (isOfNone(x, axes)) {
      return none(c, x, axes, keep, ofNone);
    }
    return c.emit(maker.over(Arrays.stream(axes).boxed().toList(), keep), x);
  }

  private static boolean isReduced(int[] axes, int axis) {
    return axes.length == 0 || Arrays.stream(axes).anyMatch(a -> a == axis);
  }

  /** Whether rows without elements are reduced. */
  private static boolean isOfNone(Value x, int[] axes) {
    boolean none = false;
    for (int i = 0; i < x.rank(); i++) {
      none |= x.shape(0).axis(i) == 0 && x.isFixed(i) && isReduced(axes, i);
    }
    return none;
  }

  private static Value none(Call c, Value x, int[] axes, boolean keep, double value) {
    Tensor[] results = new Tensor[c.to().samples()];
    for (int s = 0; s < results.length; s++) {
      int[] sizes = new int[x.rank()];
      int n = 0;
      for (int i = 0; i < x.rank(); i++) {
        if (!isReduced(axes, i)) {
          sizes[n++] = x.shape(s).axis(i);
        } else if (keep) {
          sizes[n++] = 1;
        }
      }
      results[s] = Tensor.zeros(DType.F32, KnownLimits.small(Shape.of(Arrays.copyOf(sizes, n))));
      results[s].fill(value);
    }
    return Value.known(x.type(), results);
  }
}
