package limbeck.kd.objective;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.TapShapes;

/** Losses of features alone, at taps {@code s0}, {@code s1} … and {@code t0}, {@code t1} … */
final class FeatureLoss {
  private FeatureLoss() {}

  /** The loss of one pair of taps. */
  static double of(Objective objective, Tensor student, Tensor teacher) {
    return of(objective, new Tensor[] {student}, new Tensor[] {teacher});
  }

  static double of(Objective objective, Tensor[] student, Tensor[] teacher) {
    return Module.infer(
            new OpContext(Workers.inline()),
            () -> objective.loss(outputs("s", student), outputs("t", teacher), null))
        .get(0);
  }

  /** Constants under the names of taps; logits do not count. */
  static Outputs outputs(String prefix, Tensor... features) {
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (int i = 0; i < features.length; i++) {
      named.put(prefix + i, features[i]);
    }
    return Outputs.detached(features[0], named);
  }

  /** One feature that asks for its gradient. */
  static Outputs input(String tap, Var feature) {
    return new Outputs(feature, Map.of(tap, feature));
  }

  /** The shapes of a network with these taps. */
  static TapShapes shapes(String network, String prefix, Shape... shapes) {
    Map<String, Shape> named = new LinkedHashMap<>();
    for (int i = 0; i < shapes.length; i++) {
      named.put(prefix + i, shapes[i]);
    }
    return new TapShapes(network, named, 10);
  }

  static Tensor tensor(Shape shape, double... values) {
    return Tensor.of(shape, values);
  }

  static Tensor filled(Shape shape, IntToDoubleFunction value) {
    double[] values = new double[shape.size()];
    Arrays.setAll(values, value);
    return Tensor.of(shape, values);
  }

  /** Standard normal numbers. */
  static Tensor normal(long stream, int... axes) {
    Philox random = new Philox(23, stream);
    return filled(Shape.of(axes), random::normal);
  }

  static Tensor map(Tensor t, DoubleUnaryOperator f) {
    return filled(t.shape(), i -> f.applyAsDouble(t.get(i)));
  }

  /** Rows [batch, n] after a turn by an angle of each two neighbouring features. */
  static Tensor turned(Tensor rows, double angle) {
    Tensor y = rows.own();
    int n = rows.shape().last();
    double c = StrictMath.cos(angle);
    double s = StrictMath.sin(angle);
    for (int row = 0; row < rows.shape().rows(); row++) {
      for (int i = row * n; i < row * n + n - 1; i++) {
        double a = y.get(i);
        double b = y.get(i + 1);
        y.set(i, c * a - s * b);
        y.set(i + 1, s * a + c * b);
      }
    }
    return y;
  }

  /** Draws what an objective learns, in float64. */
  static Objective drawn(Objective fitted) {
    fitted.learned().values().forEach(m -> m.allocate(DType.F64).init(5));
    return fitted;
  }
}
