package limbeck.engine.io.onnx;

import java.util.Map;
import limbeck.engine.op.Maximum;
import limbeck.engine.op.Minimum;
import limbeck.engine.op.Mul;
import limbeck.engine.op.Op;
import limbeck.engine.op.index.IntegerMath.Operation;
import limbeck.engine.op.layout.Scatter;
import limbeck.engine.op.layout.ScatterAdd;
import limbeck.engine.op.layout.TakeAlong;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** Operators that put elements where numbers say. */
final class ScatterOperators {
  /** Updates that are combined one after another, where there is no op that does them at once. */
  private static final int MOST_UPDATES = 256;

  private ScatterOperators() {}

  static void addTo(Map<String, Operator> table) {
    Operator.add(table, "ScatterElements", ScatterOperators::scatterElements);
    Operator.add(table, "Scatter", ScatterOperators::scatterElements);
    Operator.add(table, "ScatterND", ScatterOperators::scatterNd);
  }

  private static Value scatterNd(Call c) {
    Value x = c.in(0);
    int k = c.in(1).shape(0).last();
    Value numbers = IndexOperators.rowNumbers(c, x, c.in(1), k);
    Value table = IndexOperators.rows(c, x, k);
    Shape all = table.shape(0);
    int n = numbers.shape(0).size();
    int each = all.axis(0) == 0 ? 0 : all.size() / all.axis(0);
    Shape flat = Shape.of(n, each);
    Value index = c.to().reshape(numbers, c.shapes(s -> Shape.of(n, 1)));
    index = c.to().expand(index, null, c.shapes(s -> flat));
    Value updates = c.to().reshape(c.in(2), c.shapes(s -> flat));
    Value into = c.to().reshape(table, c.shapes(s -> Shape.of(all.axis(0), each)));
    Value made = scatter(c, into, 0, index, updates, c.text("reduction", "none"));
    return c.to().reshape(made, c.shapes(x::shape));
  }

  private static Value scatterElements(Call c) {
    Value x = c.in(0);
    int axis = Call.axis(c.integer("axis", 0), x.rank());
    Value index = IndexOperators.fromZero(c, x, axis, c.in(1));
    String reduction = c.text("reduction", "none");
    boolean fits = true;
    for (int i = 0; i < x.rank(); i++) {
      fits &= i == axis || x.shape(0).axis(i) == index.shape(0).axis(i);
    }
    if (fits) {
      return scatter(c, x, axis, index, c.in(2), reduction);
    }
    if (!x.isFixed() || !index.isFixed()) {
      throw new UnsupportedException("scatters into a tensor whose shape is not fixed");
    }
    // fewer lines than x has: by the number of the element in all of x
    Shape shape = x.shape(0);
    Tensor base = Tensor.zeros(DType.I32, KnownLimits.small(index.shape(0)));
    for (int e = 0; e < base.size(); e++) {
      int at = 0;
      for (int i = 0; i < shape.rank(); i++) {
        int inner = base.shape().inner(i);
        at += i == axis ? 0 : e / inner % base.shape().axis(i) * shape.inner(i);
      }
      base.set(e, at);
    }
    Value step = PairOperators.scalar(c, shape.inner(axis));
    Value place =
        IndexOperators.integer(
            c,
            Operation.ADD,
            c.to().constant(OnnxType.INT64, base),
            IndexOperators.integer(c, Operation.MUL, index, step));
    Shape line = Shape.of(base.size());
    Value flat = c.to().reshape(x, c.shapes(s -> Shape.of(shape.size())));
    Value updates = c.to().reshape(c.in(2), c.shapes(s -> line));
    Value places = c.to().reshape(place, c.shapes(s -> line));
    Value made = scatter(c, flat, 0, places, updates, reduction);
    return c.to().reshape(made, c.shapes(s -> shape));
  }

  private static Value scatter(
      Call c, Value x, int axis, Value index, Value updates, String reduction) {
    return switch (reduction) {
      case "none" -> c.emit(new Scatter(axis), x, index, updates);
      case "add" -> c.emit(new ScatterAdd(axis), x, index, updates);
      case "mul" -> oneByOne(c, x, axis, index, updates, new Mul());
      case "max" -> oneByOne(c, x, axis, index, updates, new Maximum());
      case "min" -> oneByOne(c, x, axis, index, updates, new Minimum());
      default -> throw new UnsupportedException("has the reduction " + reduction);
    };
  }

  /** Elements may be named several times: so entry after entry of the axis. */
  private static Value oneByOne(Call c, Value x, int axis, Value index, Value updates, Op combine) {
    int n = index.shape(0).axis(axis);
    if (!index.isFixed(axis) || n > MOST_UPDATES) {
      throw new UnsupportedException("combines more than " + MOST_UPDATES + " updates");
    }
    Value y = x;
    for (int j = 0; j < n; j++) {
      Value at = LayoutOperators.cut(c, index, axis, j, j + 1, 1);
      Value update = LayoutOperators.cut(c, updates, axis, j, j + 1, 1);
      Value now = c.emit(new TakeAlong(axis), y, at);
      y = c.emit(new Scatter(axis), y, at, c.emit(combine, now, update));
    }
    return y;
  }
}
