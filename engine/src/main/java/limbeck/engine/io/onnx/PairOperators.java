package limbeck.engine.io.onnx;

import java.util.Map;
import limbeck.engine.op.Abs;
import limbeck.engine.op.Add;
import limbeck.engine.op.Div;
import limbeck.engine.op.Exp;
import limbeck.engine.op.Log;
import limbeck.engine.op.Maximum;
import limbeck.engine.op.Minimum;
import limbeck.engine.op.Mul;
import limbeck.engine.op.Op;
import limbeck.engine.op.Pow;
import limbeck.engine.op.Round;
import limbeck.engine.op.Scale;
import limbeck.engine.op.Sub;
import limbeck.engine.op.index.Compare;
import limbeck.engine.op.index.Compare.Relation;
import limbeck.engine.op.index.IntegerMath;
import limbeck.engine.op.index.IntegerMath.Operation;
import limbeck.engine.op.layout.Where;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** Operators of several operands that treat each element by itself, broadcasting as NumPy does. */
final class PairOperators {
  private PairOperators() {}

  static void addTo(Map<String, Operator> table) {
    Operator.add(table, "Add", c -> pair(c, new Add(), Operation.ADD));
    Operator.add(table, "Sub", c -> pair(c, new Sub(), Operation.SUB));
    Operator.add(table, "Mul", c -> pair(c, new Mul(), Operation.MUL));
    Operator.add(table, "Div", c -> pair(c, new Div(), Operation.DIV));
    Operator.add(table, "Max", c -> fold(c, new Maximum(), Operation.MAX));
    Operator.add(table, "Min", c -> fold(c, new Minimum(), Operation.MIN));
    Operator.add(table, "Sum", c -> fold(c, new Add(), Operation.ADD));
    Operator.add(table, "Mean", PairOperators::mean);
    Operator.add(table, "Mod", PairOperators::mod);
    Operator.add(table, "Pow", PairOperators::pow);
    Operator.add(table, "And", c -> logic(c, Operation.AND));
    Operator.add(table, "Or", c -> logic(c, Operation.OR));
    Operator.add(table, "Xor", c -> logic(c, Operation.XOR));
    Operator.add(table, "Equal", c -> compare(c, Relation.EQUAL));
    Operator.add(table, "Less", c -> compare(c, Relation.LESS));
    Operator.add(table, "LessOrEqual", c -> compare(c, Relation.LESS_OR_EQUAL));
    Operator.add(table, "Greater", c -> compare(c, Relation.GREATER));
    Operator.add(table, "GreaterOrEqual", c -> compare(c, Relation.GREATER_OR_EQUAL));
    Operator.add(table, "Where", c -> where(c, c.in(0), c.in(1), c.in(2)));
    Operator.add(table, "PRelu", PairOperators::prelu);
  }

  private static Value pair(Call c, Op op, Operation integers) {
    return combine(c, op, integers, c.in(0), c.in(1));
  }

  /** Floating, or whole numbers, which wrap around in their type. */
  private static Value combine(Call c, Op op, Operation integers, Value a, Value b) {
    if (a.type().isFloating()) {
      return c.emit(op, a, b);
    }
    return wrapped(c, c.emit(new IntegerMath(integers), a, b));
  }

  /** Types of fewer than 32 bits have what fits them. */
  static Value wrapped(Call c, Value v) {
    int mask =
        switch (v.type()) {
          case UINT8, INT8 -> 0xff;
          case UINT16, INT16 -> 0xffff;
          default -> 0;
        };
    if (mask == 0) {
      return v;
    }
    if (v.type() == OnnxType.UINT8 || v.type() == OnnxType.UINT16) {
      return c.emit(new IntegerMath(Operation.AND), v, scalar(c, mask));
    }
    Value half = scalar(c, mask / 2 + 1);
    Value up = c.emit(new IntegerMath(Operation.ADD), v, half);
    Value low = c.emit(new IntegerMath(Operation.AND), up, scalar(c, mask));
    return c.emit(new IntegerMath(Operation.SUB), low, half);
  }

  static Value scalar(Call c, int value) {
    return c.to().constant(OnnxType.INT32, Tensor.of(Shape.SCALAR, value));
  }

  private static Value fold(Call c, Op op, Operation integers) {
    Value result = c.in(0);
    for (int k = 1; k < c.inputs(); k++) {
      result = combine(c, op, integers, result, c.in(k));
    }
    return result;
  }

  private static Value mean(Call c) {
    return c.emit(new Scale(1.0 / c.inputs()), fold(c, new Add(), Operation.ADD));
  }

  private static Value mod(Call c) {
    boolean sign = c.flag("fmod", false);
    if (!c.in(0).type().isFloating()) {
      return pair(c, null, sign ? Operation.REMAINDER : Operation.MODULO);
    }
    if (!sign) {
      throw new UnsupportedException("is of floating type without fmod, which ONNX does not allow");
    }
    Value quotient = c.emit(new Div(), c.in(0), c.in(1)); // cut off towards 0
    Value size = c.emit(new Round(Round.Mode.FLOOR), c.emit(new Abs(), quotient));
    Value zero = c.to().constant(0);
    Value negative = c.emit(OnnxType.BOOL, new Compare(Relation.LESS), quotient, zero);
    Value whole = where(c, negative, c.emit(new Scale(-1), size), size);
    return c.emit(new Sub(), c.in(0), c.emit(new Mul(), whole, c.in(1)));
  }

  private static Value pow(Call c) {
    Value x = c.in(0);
    Value p = c.in(1);
    if (p.isConstant() && p.tensor(0).size() == 1 && p.rank() <= x.rank()) {
      Value y = c.emit(new Pow(p.tensor(0).get(0)), x);
      return x.type().isFloating() ? y : c.to().asIntegers(y);
    }
    // |x|ᵖ = exp(p·ln|x|), 1 for p = 0; with the sign of x where p is odd; no number for others
    Value size = c.emit(new Abs(), c.to().numbers(x));
    Value power = c.emit(new Exp(), c.emit(new Mul(), c.emit(new Log(), size), p));
    Value zero = c.to().constant(0);
    Value one = c.to().constant(1);
    power = where(c, compare(c, Relation.EQUAL, p, zero), one, power);
    Value floor = c.emit(new Round(Round.Mode.FLOOR), p);
    Value halves = c.emit(new Scale(0.5), p);
    Value even = compare(c, Relation.EQUAL, halves, c.emit(new Round(Round.Mode.FLOOR), halves));
    Value odd =
        where(
            c,
            compare(c, Relation.EQUAL, p, floor),
            c.to().constant(-1),
            c.to().constant(Double.NaN));
    Value sign = where(c, even, one, odd);
    Value negative = compare(c, Relation.LESS, x, zero);
    Value y = c.emit(x.type(), new Mul(), where(c, negative, sign, one), power);
    return x.type().isFloating() ? y : c.to().asIntegers(c.emit(new Round(Round.Mode.NEAREST), y));
  }

  private static Value logic(Call c, Operation operation) {
    return c.emit(OnnxType.BOOL, new IntegerMath(operation), c.in(0), c.in(1));
  }

  private static Value compare(Call c, Relation relation) {
    return compare(c, relation, c.in(0), c.in(1));
  }

  private static Value compare(Call c, Relation relation, Value a, Value b) {
    return c.emit(OnnxType.BOOL, new Compare(relation), a, b);
  }

  /** Choice with all three broadcast to each other. */
  static Value where(Call c, Value mask, Value a, Value b) {
    Shape[] shapes =
        c.shapes(
            s -> Reshaping.broadcast(mask.shape(s), Reshaping.broadcast(a.shape(s), b.shape(s))));
    Value x = c.to().expand(c.to().numbers(a), mask, shapes);
    Value y = c.to().expand(c.to().numbers(b), mask, shapes);
    return c.emit(a.type(), new Where(), mask, x, y);
  }

  private static Value prelu(Call c) {
    Value zero = c.to().constant(0);
    Value above = c.emit(new Maximum(), c.in(0), zero);
    Value below = c.emit(new Minimum(), c.in(0), zero);
    return c.emit(new Add(), above, c.emit(new Mul(), below, c.in(1)));
  }
}
