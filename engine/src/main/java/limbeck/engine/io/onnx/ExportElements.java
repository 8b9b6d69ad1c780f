package limbeck.engine.io.onnx;

import static limbeck.engine.io.onnx.GraphWriter.set;

import limbeck.engine.op.Clamp;
import limbeck.engine.op.Elu;
import limbeck.engine.op.LeakyRelu;
import limbeck.engine.op.LogSoftmax;
import limbeck.engine.op.Pow;
import limbeck.engine.op.Round;
import limbeck.engine.op.Scale;
import limbeck.engine.op.Shift;
import limbeck.engine.op.Softmax;
import limbeck.engine.op.index.Compare;
import limbeck.engine.op.index.IntegerMath;

/** Ops that treat each element, or each row, by itself. */
final class ExportElements {
  private static final double ROOT_2 = Math.sqrt(2);

  private ExportElements() {}

  /** The result's name; null if the op is none of these. */
  static String export(Exporter e) {
    String x = e.in(0);
    return switch (e.op().spec().name()) {
      case "relu" -> e.node("Relu", x);
      case "tanh" -> e.node("Tanh", x);
      case "sigmoid" -> e.node("Sigmoid", x);
      case "exp" -> e.node("Exp", x);
      case "log" -> e.node("Log", x);
      case "sqrt" -> e.node("Sqrt", x);
      case "rsqrt" -> e.node("Reciprocal", e.node("Sqrt", x));
      case "abs" -> e.node("Abs", x);
      case "erf" -> e.node("Erf", x);
      case "sin" -> e.node("Sin", x);
      case "cos" -> e.node("Cos", x);
      case "softplus" -> e.node("Softplus", x);
      case "hardSwish" -> e.node("HardSwish", x);
      case "hardSigmoid" -> hardSigmoid(e, x);
      case "silu" -> e.mul(x, e.node("Sigmoid", x));
      case "mish" -> e.mul(x, e.node("Tanh", e.node("Softplus", x)));
      case "gelu" -> gelu(e, x);
      case "geluTanh" -> geluTanh(e, x);
      case "add" -> e.add(x, e.in(1));
      case "sub" -> e.sub(x, e.in(1));
      case "mul" -> e.mul(x, e.in(1));
      case "div" -> e.node("Div", x, e.in(1));
      case "maximum" -> e.node("Max", x, e.in(1));
      case "minimum" -> e.node("Min", x, e.in(1));
      default -> withSettings(e, x);
    };
  }

  private static String withSettings(Exporter e, String x) {
    if (e.op() instanceof LeakyRelu op) {
      return e.with("LeakyRelu", set("alpha", op.slope()), x);
    }
    if (e.op() instanceof Elu op) {
      return e.with("Elu", set("alpha", op.alpha()), x);
    }
    if (e.op() instanceof Pow op) {
      return e.node("Pow", x, e.graph().number(op.exponent()));
    }
    if (e.op() instanceof Clamp op) {
      return e.node("Clip", x, e.graph().number(op.low()), e.graph().number(op.high()));
    }
    if (e.op() instanceof Scale op) {
      return e.mul(x, e.graph().number(op.factor()));
    }
    if (e.op() instanceof Shift op) {
      return e.add(x, e.graph().number(op.term()));
    }
    if (e.op() instanceof Softmax op) {
      return e.with("Softmax", set("axis", -1), e.mul(x, 1 / op.temperature()));
    }
    if (e.op() instanceof LogSoftmax op) {
      return e.with("LogSoftmax", set("axis", -1), e.mul(x, 1 / op.temperature()));
    }
    if (e.op() instanceof Round op) {
      return e.node(op.spec().onnx(), x);
    }
    return integers(e, x);
  }

  private static String integers(Exporter e, String x) {
    if (e.op() instanceof Compare op) {
      boolean differs = op.relation() == Compare.Relation.NOT_EQUAL;
      String holds = e.node(differs ? "Equal" : op.spec().onnx(), x, e.in(1));
      return e.cast(differs ? e.node("Not", holds) : holds, OnnxType.INT32);
    }
    if (e.op() instanceof IntegerMath op) {
      return switch (op.operation()) {
        case AND, OR, XOR -> null; // which work bit by bit, ONNX's on booleans alone
        case REMAINDER -> e.with("Mod", set("fmod", 1), x, e.in(1));
        default -> e.node(op.spec().onnx(), x, e.in(1));
      };
    }
    return switch (e.op().spec().name()) {
      case "toFloats" -> e.cast(x, OnnxType.FLOAT);
      case "toIntegers" -> e.cast(x, OnnxType.INT32);
      default -> null;
    };
  }

  private static String hardSigmoid(Exporter e, String x) {
    String line = e.add(e.mul(x, 1.0 / 6), e.graph().number(0.5));
    return e.node("Clip", line, e.graph().number(0), e.graph().number(1));
  }

  /** x·(1 + erf(x/√2))/2, as ONNX's own operator came late, with version 20. */
  private static String gelu(Exporter e, String x) {
    String erf = e.node("Erf", e.mul(x, 1 / ROOT_2));
    return e.mul(e.mul(x, e.add(erf, e.graph().number(1))), 0.5);
  }

  /** x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))/2. */
  private static String geluTanh(Exporter e, String x) {
    String cube = e.mul(e.mul(e.mul(x, x), x), 0.044715);
    String tanh = e.node("Tanh", e.mul(e.add(x, cube), Math.sqrt(2 / Math.PI)));
    return e.mul(e.mul(x, e.add(tanh, e.graph().number(1))), 0.5);
  }
}
