package limbeck.engine.io.onnx;

import java.util.Arrays;
import java.util.Map;
import limbeck.engine.op.Linear;
import limbeck.engine.op.layout.Gather;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Resizing, axis by axis: by the nearest element, which is a choice of elements, or by a mixture of
 * neighbours, which is a product with a matrix ({@link ResizeAxis}).
 */
final class ResizeOperators {
  private ResizeOperators() {}

  static void addTo(Map<String, Operator> table) {
    Operator.add(table, "Resize", ResizeOperators::resize);
    Operator.add(table, "Upsample", ResizeOperators::upsample);
  }

  private static Value upsample(Call c) {
    Value x = c.in(0);
    float[] given = c.numbers("scales");
    double[] scales = given == null ? numbers(c.known(1)) : widened(given);
    ResizeAxis.Mode mode =
        new ResizeAxis.Mode(c.text("mode", "nearest"), "asymmetric", "floor", -0.75, false, false);
    for (int axis = 0; axis < x.rank(); axis++) {
      int n = size(x, axis, scales[axis]);
      x = along(c, x, axis, mode, (int) Math.floor(n * scales[axis]), scales[axis], null, 0);
    }
    return x;
  }

  private static int size(Value x, int axis, double scale) {
    if (!x.isFixed(axis) && scale != 1) {
      throw new UnsupportedException("resizes an axis whose size is not fixed");
    }
    return x.shape(0).axis(axis);
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    Arrays.setAll(wide, i -> values[i]);
    return wide;
  }

  private static double[] numbers(Tensor t) {
    double[] values = new double[t.size()];
    Arrays.setAll(values, t::get);
    return values;
  }

  private static Value resize(Call c) {
    Value x = c.in(0);
    int first = c.opset() < 11 ? 1 : 2;
    boolean bySizes = c.has(3) && c.known(3).size() > 0;
    int[] axes = new int[x.rank()];
    Arrays.setAll(axes, i -> i);
    axes = c.has("axes") ? Call.axes(c.integers("axes"), x.rank()) : axes;
    double[] given = numbers(c.known(bySizes ? 3 : first));
    double[] scales = bySizes ? scales(c, x, axes, given) : given;
    double[] roi = c.has(1) && first == 2 ? numbers(c.known(1)) : new double[0];
    String old = c.opset() < 11 ? "asymmetric" : "half_pixel";
    ResizeAxis.Mode mode =
        new ResizeAxis.Mode(
            c.text("mode", "nearest"),
            c.text("coordinate_transformation_mode", old),
            c.text("nearest_mode", c.opset() < 11 ? "floor" : "round_prefer_floor"),
            c.number("cubic_coeff_a", -0.75),
            c.flag("exclude_outside", false),
            c.flag("antialias", false));
    boolean kept = !c.text("keep_aspect_ratio_policy", "stretch").equals("stretch");
    for (int k = 0; k < axes.length; k++) {
      int n = size(x, axes[k], scales[k]);
      double length = scales[k] * n;
      int m =
          !bySizes
              ? (int) Math.floor(length)
              : kept ? (int) Math.floor(length + 0.5) : (int) given[k];
      double[] part =
          roi.length == 2 * axes.length ? new double[] {roi[k], roi[k + axes.length]} : null;
      x = along(c, x, axes[k], mode, m, scales[k], part, c.number("extrapolation_value", 0));
    }
    return x;
  }

  /** How much larger each axis becomes; the same for all if proportions are kept. */
  private static double[] scales(Call c, Value x, int[] axes, double[] sizes) {
    double[] scales = new double[axes.length];
    for (int k = 0; k < axes.length; k++) {
      scales[k] = sizes[k] / size(x, axes[k], Double.NaN);
    }
    String policy = c.text("keep_aspect_ratio_policy", "stretch");
    if (!policy.equals("stretch")) {
      boolean larger = policy.equals("not_smaller");
      double all =
          larger ? Arrays.stream(scales).max().orElse(1) : Arrays.stream(scales).min().orElse(1);
      Arrays.fill(scales, all);
    }
    return scales;
  }

  private static Value along(
      Call c,
      Value x,
      int axis,
      ResizeAxis.Mode mode,
      int m,
      double scale,
      double[] roi,
      double beyond) {
    boolean crops = mode.place().equals("tf_crop_and_resize");
    if (scale == 1 && !crops) {
      return x;
    }
    int n = x.shape(0).axis(axis);
    ResizeAxis places = new ResizeAxis(mode, n, m, scale, crops ? roi : null);
    if (mode.kind().equals("nearest") && !crops) {
      return c.emit(new Gather(axis), x, c.to().integers(places.nearest()));
    }
    Tensor weights = Tensor.zeros(DType.F32, KnownLimits.small(Shape.of(m, n)));
    Tensor border = Tensor.zeros(DType.F32, KnownLimits.small(Shape.of(m)));
    for (int j = 0; j < m; j++) {
      double[] row = places.weights(j);
      if (row == null) {
        border.set(j, beyond);
      } else {
        for (int i = 0; i < n; i++) {
          weights.set(j * n + i, row[i]);
        }
      }
    }
    int[] order = new int[x.rank()];
    Arrays.setAll(order, i -> i);
    order[axis] = x.rank() - 1;
    order[x.rank() - 1] = axis;
    Value turned = LayoutOperators.permute(c, x, order);
    Value mixed =
        c.emit(
            new Linear(),
            turned,
            c.to().constant(OnnxType.FLOAT, weights),
            c.to().constant(OnnxType.FLOAT, border));
    return LayoutOperators.permute(c, mixed, order);
  }
}
