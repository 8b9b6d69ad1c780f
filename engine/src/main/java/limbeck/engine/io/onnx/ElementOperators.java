package limbeck.engine.io.onnx;

import java.util.Map;
import limbeck.engine.op.Abs;
import limbeck.engine.op.Add;
import limbeck.engine.op.Clamp;
import limbeck.engine.op.Cos;
import limbeck.engine.op.Div;
import limbeck.engine.op.Elu;
import limbeck.engine.op.Erf;
import limbeck.engine.op.Exp;
import limbeck.engine.op.Gelu;
import limbeck.engine.op.GeluTanh;
import limbeck.engine.op.HardSwish;
import limbeck.engine.op.LeakyRelu;
import limbeck.engine.op.Log;
import limbeck.engine.op.Maximum;
import limbeck.engine.op.Minimum;
import limbeck.engine.op.Mish;
import limbeck.engine.op.Mul;
import limbeck.engine.op.Op;
import limbeck.engine.op.Relu;
import limbeck.engine.op.Round;
import limbeck.engine.op.Scale;
import limbeck.engine.op.Shift;
import limbeck.engine.op.Sigmoid;
import limbeck.engine.op.Silu;
import limbeck.engine.op.Sin;
import limbeck.engine.op.Softplus;
import limbeck.engine.op.Sqrt;
import limbeck.engine.op.Sub;
import limbeck.engine.op.Tanh;
import limbeck.engine.op.index.Compare;
import limbeck.engine.op.index.Compare.Relation;
import limbeck.engine.op.index.IntegerMath;
import limbeck.engine.op.index.IntegerMath.Operation;
import limbeck.engine.op.layout.MaskFill;

/** Operators of one operand that treat each element by itself. */
final class ElementOperators {
  private ElementOperators() {}

  static void addTo(Map<String, Operator> table) {
    plain(table, "Relu", new Relu());
    plain(table, "Tanh", new Tanh());
    plain(table, "Sigmoid", new Sigmoid());
    plain(table, "Exp", new Exp());
    plain(table, "Log", new Log());
    plain(table, "Sqrt", new Sqrt());
    plain(table, "Sin", new Sin());
    plain(table, "Cos", new Cos());
    plain(table, "Erf", new Erf());
    plain(table, "Softplus", new Softplus());
    plain(table, "Mish", new Mish());
    plain(table, "HardSwish", new HardSwish());
    plain(table, "Floor", new Round(Round.Mode.FLOOR));
    plain(table, "Ceil", new Round(Round.Mode.CEIL));
    plain(table, "Round", new Round(Round.Mode.NEAREST));
    Operator.add(table, "LeakyRelu", c -> c.emit(new LeakyRelu(c.number("alpha", 0.01)), c.in(0)));
    Operator.add(table, "Elu", c -> c.emit(new Elu(c.number("alpha", 1)), c.in(0)));
    Operator.add(table, "Selu", ElementOperators::selu);
    Operator.add(table, "Celu", ElementOperators::celu);
    Operator.add(table, "HardSigmoid", ElementOperators::hardSigmoid);
    Operator.add(table, "Gelu", ElementOperators::gelu);
    Operator.add(table, "Swish", ElementOperators::swish);
    Operator.add(table, "Softsign", ElementOperators::softsign);
    Operator.add(table, "ThresholdedRelu", ElementOperators::thresholdedRelu);
    Operator.add(table, "Shrink", ElementOperators::shrink);
    Operator.add(table, "Abs", ElementOperators::abs);
    Operator.add(table, "Neg", ElementOperators::neg);
    Operator.add(table, "Sign", ElementOperators::sign);
    Operator.add(table, "Reciprocal", c -> c.emit(new Div(), c.to().constant(1), c.in(0)));
    Operator.add(table, "Tan", c -> c.emit(new Div(), sin(c), c.emit(new Cos(), c.in(0))));
    Operator.add(table, "Sinh", c -> hyperbolic(c, new Sub()));
    Operator.add(table, "Cosh", c -> hyperbolic(c, new Add()));
    Operator.add(table, "Clip", ElementOperators::clip);
    Operator.add(table, "Not", ElementOperators::not);
    Operator.add(table, "IsNaN", c -> compare(c, Relation.NOT_EQUAL, c.in(0), c.in(0)));
    Operator.add(table, "IsInf", ElementOperators::isInf);
  }

  private static void plain(Map<String, Operator> table, String name, Op op) {
    Operator.add(table, name, c -> c.emit(op, c.in(0)));
  }

  private static Value compare(Call c, Relation relation, Value a, Value b) {
    return c.emit(OnnxType.BOOL, new Compare(relation), a, b);
  }

  private static Value sin(Call c) {
    return c.emit(new Sin(), c.in(0));
  }

  private static Value selu(Call c) {
    double alpha = c.number("alpha", 1.67326319217681884765625);
    double gamma = c.number("gamma", 1.05070102214813232421875);
    return c.emit(new Scale(gamma), c.emit(new Elu(alpha), c.in(0)));
  }

  /** max(0, x) + min(0, α·(exp(x/α) − 1)): an ELU of another width. */
  private static Value celu(Call c) {
    double alpha = c.number("alpha", 1);
    Value x = c.emit(new Scale(1 / alpha), c.in(0));
    return c.emit(new Scale(alpha), c.emit(new Elu(1), x));
  }

  private static Value hardSigmoid(Call c) {
    Value x = c.emit(new Scale(c.number("alpha", 0.2)), c.in(0));
    return c.emit(new Clamp(0, 1), c.emit(new Shift(c.number("beta", 0.5)), x));
  }

  private static Value gelu(Call c) {
    String approximate = c.text("approximate", "none");
    return c.emit(approximate.equals("tanh") ? new GeluTanh() : new Gelu(), c.in(0));
  }

  private static Value swish(Call c) {
    double alpha = c.number("alpha", 1);
    if (alpha == 1) {
      return c.emit(new Silu(), c.in(0));
    }
    Value gate = c.emit(new Sigmoid(), c.emit(new Scale(alpha), c.in(0)));
    return c.emit(new Mul(), c.in(0), gate);
  }

  private static Value softsign(Call c) {
    return c.emit(new Div(), c.in(0), c.emit(new Shift(1), c.emit(new Abs(), c.in(0))));
  }

  private static Value thresholdedRelu(Call c) {
    Value above = compare(c, Relation.GREATER, c.in(0), c.to().constant(c.number("alpha", 1)));
    return c.emit(new MaskFill(0), c.in(0), above);
  }

  /** x + bias below −λ, x − bias above λ, else 0. */
  private static Value shrink(Call c) {
    double lambda = c.number("lambd", 0.5);
    double bias = c.number("bias", 0);
    Value below = compare(c, Relation.LESS, c.in(0), c.to().constant(-lambda));
    Value above = compare(c, Relation.GREATER, c.in(0), c.to().constant(lambda));
    Value lower = c.emit(new MaskFill(0), c.emit(new Shift(bias), c.in(0)), below);
    Value upper = c.emit(new MaskFill(0), c.emit(new Shift(-bias), c.in(0)), above);
    return c.emit(new Add(), lower, upper);
  }

  private static Value abs(Call c) {
    if (c.in(0).type().isFloating()) {
      return c.emit(new Abs(), c.in(0));
    }
    return c.emit(new IntegerMath(Operation.MAX), c.in(0), neg(c));
  }

  private static Value neg(Call c) {
    if (c.in(0).type().isFloating()) {
      return c.emit(new Scale(-1), c.in(0));
    }
    Value zero =
        c.to()
            .constant(
                c.in(0).type(),
                c.to().integers(0).tensor(0).reshape(limbeck.engine.tensor.Shape.SCALAR));
    return c.emit(new IntegerMath(Operation.SUB), zero, c.in(0));
  }

  private static Value sign(Call c) {
    Value zero = c.to().constant(0);
    Value above = compare(c, Relation.GREATER, c.in(0), zero);
    Value below = compare(c, Relation.LESS, c.in(0), zero);
    return c.emit(new Sub(), above.as(c.in(0).type()), below);
  }

  private static Value hyperbolic(Call c, Op op) {
    Value up = c.emit(new Exp(), c.in(0));
    Value down = c.emit(new Exp(), c.emit(new Scale(-1), c.in(0)));
    return c.emit(new Scale(0.5), c.emit(op, up, down));
  }

  private static Value clip(Call c) {
    boolean low = c.has(1) || c.has("min");
    boolean high = c.has(2) || c.has("max");
    boolean known = (!c.has(1) || c.in(1).isConstant()) && (!c.has(2) || c.in(2).isConstant());
    if (known && c.in(0).type().isFloating()) {
      double from = c.has(1) ? c.number(1) : c.number("min", Double.NEGATIVE_INFINITY);
      double to = c.has(2) ? c.number(2) : c.number("max", Double.POSITIVE_INFINITY);
      if (from <= to) {
        return low || high ? c.emit(new Clamp(from, to), c.in(0)) : c.in(0);
      }
    }
    Value x = c.in(0);
    x = c.has(1) ? c.emit(new Maximum(), x, c.in(1)) : x;
    return c.has(2) ? c.emit(new Minimum(), x, c.in(2)) : x;
  }

  private static Value not(Call c) {
    return compare(c, Relation.EQUAL, c.in(0), c.to().constant(0));
  }

  private static Value isInf(Call c) {
    Value up = c.to().constant(Double.POSITIVE_INFINITY);
    Value down = c.to().constant(Double.NEGATIVE_INFINITY);
    boolean positive = c.flag("detect_positive", true);
    boolean negative = c.flag("detect_negative", true);
    if (positive && negative) {
      return compare(c, Relation.EQUAL, c.emit(new Abs(), c.in(0)), up);
    }
    Value wanted = positive ? up : negative ? down : c.to().constant(Double.NaN);
    return compare(c, Relation.EQUAL, c.in(0), wanted);
  }
}
