package limbeck.engine.op;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Sums of what an axis has up to each place: y[j] = x[0] + … + x[j], added from the left, each sum
 * rounded.
 *
 * @param axis the axis; negative: from the end
 * @param exclusive whether the element in the place itself is left out: y[0] = 0
 * @param reverse whether it is added up from the end
 */
public record CumSum(int axis, boolean exclusive, boolean reverse)
    implements Op, OpContext.ForwardPass {
  private static final OpSpec SPEC = OpSpec.of("cumSum").operand("x", "...").onnx("CumSum", 14);

  /** Up to the place and with it, from the start. */
  public CumSum(int axis) {
    this(axis, false, false);
  }

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    spec().requireAxis(0, in[0], axis);
    return in[0];
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    if (out.size() > 0) {
      c.forward(this, units(out.shape()), cost(out.shape()), in, out);
    }
  }

  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    for (int outer = from; outer < to; outer++) {
      sum(c.rows(out), in[0], out, outer, reverse);
    }
  }

  private int units(Shape x) {
    return x.outer(axis);
  }

  private long cost(Shape x) {
    return 2L * x.axis(axis) * x.inner(axis);
  }

  /** One place of the axes before: rows of those after are added to each other. */
  private void sum(Rows r, Tensor x, Tensor y, int outer, boolean backwards) {
    int n = y.shape().axis(axis);
    int inner = y.shape().inner(axis);
    int step = backwards ? -inner : inner;
    int at = outer * n * inner + (backwards ? (n - 1) * inner : 0);
    if (exclusive) {
      r.fill(0, y, at, inner);
    } else {
      r.copy(x, at, y, at, inner);
    }
    for (int j = 1; j < n; j++) {
      int before = at;
      at += step;
      add(r, y, before, x, exclusive ? before : at, y, at, inner);
    }
  }

  private static void add(Rows r, Tensor a, int i, Tensor b, int j, Tensor y, int k, int n) {
    if (n == 1) {
      y.set(k, a.get(i) + b.get(j)); // in double: rounded to float once, as a sum of floats is
    } else {
      r.add(a, i, b, j, y, k, n);
    }
  }

  /** dx = the sums of dy from the other side. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    if (out.size() > 0) {
      Rows r = c.rows(out);
      c.forEach(
          units(out.shape()),
          cost(out.shape()),
          (from, to) -> {
            for (int outer = from; outer < to; outer++) {
              sum(r, gradOut, gradIn[0], outer, !reverse);
            }
          });
    }
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("axis", axis, "exclusive", exclusive, "reverse", reverse);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
