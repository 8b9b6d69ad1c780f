package limbeck.engine.io.onnx;

import java.util.Map;
import limbeck.engine.op.Add;
import limbeck.engine.op.Div;
import limbeck.engine.op.Mul;
import limbeck.engine.op.Scale;
import limbeck.engine.op.Shift;
import limbeck.engine.op.Sqrt;
import limbeck.engine.op.Sub;

/**
 * Optimizers, as the preview of ONNX's training operators has them: inputs are rate, step, and then
 * parameters, gradients and states, as many of each.
 */
final class TrainingOperators {
  private static final String DOMAIN = "ai.onnx.preview.training:";

  private TrainingOperators() {}

  static void addTo(Map<String, Operator> table) {
    table.put(DOMAIN + "Adagrad", TrainingOperators::adagrad);
    table.put(DOMAIN + "Adam", TrainingOperators::adam);
    table.put(DOMAIN + "Momentum", TrainingOperators::momentum);
  }

  private static Value sum(Call c, Value a, Value b) {
    return c.emit(new Add(), a, b);
  }

  private static Value scaled(Call c, double factor, Value v) {
    return c.emit(new Scale(factor), v);
  }

  /** The gradient, with that of the squared norm of the parameters. */
  private static Value gradient(Call c, Value x, Value g) {
    return sum(c, g, scaled(c, c.number("norm_coefficient", 0), x));
  }

  private static int count(Call c, int kinds) {
    if ((c.inputs() - 2) % kinds != 0) {
      throw new UnsupportedException("has " + c.inputs() + " inputs");
    }
    return (c.inputs() - 2) / kinds;
  }

  private static Value[] adagrad(Call c) {
    int n = count(c, 3);
    double decay = c.number("decay_factor", 0);
    double rate = c.number(0) / (1 + c.number(1) * decay);
    Value[] out = new Value[2 * n];
    for (int k = 0; k < n; k++) {
      Value x = c.in(2 + k);
      Value g = gradient(c, x, c.in(2 + n + k));
      Value h = sum(c, c.in(2 + 2 * n + k), c.emit(new Mul(), g, g));
      Value root = c.emit(new Shift(c.number("epsilon", 1e-6)), c.emit(new Sqrt(), h));
      out[k] = c.emit(new Sub(), x, scaled(c, rate, c.emit(new Div(), g, root)));
      out[n + k] = h;
    }
    return out;
  }

  private static Value[] adam(Call c) {
    int n = count(c, 4);
    double alpha = c.number("alpha", 0.9);
    double beta = c.number("beta", 0.999);
    double step = c.number(1);
    double rate = c.number(0);
    double corrected =
        step > 0
            ? rate * Math.sqrt(1 - StrictMath.pow(beta, step)) / (1 - StrictMath.pow(alpha, step))
            : rate;
    Value[] out = new Value[3 * n];
    for (int k = 0; k < n; k++) {
      Value x = c.in(2 + k);
      Value g = gradient(c, x, c.in(2 + n + k));
      Value v = sum(c, scaled(c, alpha, c.in(2 + 2 * n + k)), scaled(c, 1 - alpha, g));
      Value square = c.emit(new Mul(), g, g);
      Value h = sum(c, scaled(c, beta, c.in(2 + 3 * n + k)), scaled(c, 1 - beta, square));
      Value root = c.emit(new Shift(c.number("epsilon", 1e-6)), c.emit(new Sqrt(), h));
      Value moved = c.emit(new Sub(), x, scaled(c, corrected, c.emit(new Div(), v, root)));
      out[k] = scaled(c, 1 - c.number("norm_coefficient_post", 0), moved);
      out[n + k] = v;
      out[2 * n + k] = h;
    }
    return out;
  }

  private static Value[] momentum(Call c) {
    int n = count(c, 3);
    double alpha = c.number("alpha", 0);
    double beta = c.number(1) > 0 ? c.number("beta", 0) : 1;
    boolean nesterov = c.text("mode", "standard").equals("nesterov");
    Value[] out = new Value[2 * n];
    for (int k = 0; k < n; k++) {
      Value x = c.in(2 + k);
      Value g = gradient(c, x, c.in(2 + n + k));
      Value v = sum(c, scaled(c, alpha, c.in(2 + 2 * n + k)), scaled(c, beta, g));
      Value step = nesterov ? sum(c, g, scaled(c, alpha, v)) : v;
      out[k] = c.emit(new Sub(), x, scaled(c, c.number(0), step));
      out[n + k] = v;
    }
    return out;
  }
}
