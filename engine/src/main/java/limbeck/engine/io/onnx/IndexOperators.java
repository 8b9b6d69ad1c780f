package limbeck.engine.io.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import limbeck.engine.op.Add;
import limbeck.engine.op.CumSum;
import limbeck.engine.op.Scale;
import limbeck.engine.op.index.Compare;
import limbeck.engine.op.index.Compare.Relation;
import limbeck.engine.op.index.IntegerMath;
import limbeck.engine.op.index.IntegerMath.Operation;
import limbeck.engine.op.index.TopK;
import limbeck.engine.op.layout.Flip;
import limbeck.engine.op.layout.Gather;
import limbeck.engine.op.layout.TakeAlong;
import limbeck.engine.op.reduce.ArgMax;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** Operators that take or find elements by their number. */
final class IndexOperators {
  private IndexOperators() {}

  static void addTo(Map<String, Operator> table) {
    Operator.add(table, "Gather", c -> gather(c, c.integer("axis", 0)));
    Operator.add(table, "GatherElements", IndexOperators::gatherElements);
    Operator.add(table, "GatherND", IndexOperators::gatherNd);
    Operator.add(table, "ArgMax", c -> arg(c, c.in(0)));
    Operator.add(table, "ArgMin", c -> arg(c, c.emit(new Scale(-1), c.in(0))));
    table.put("TopK", IndexOperators::topK);
    Operator.add(table, "Hardmax", IndexOperators::hardmax);
    Operator.add(table, "OneHot", IndexOperators::oneHot);
    Operator.add(table, "CumSum", IndexOperators::cumSum);
    Operator.add(table, "ReverseSequence", IndexOperators::reverse);
  }

  static Value integer(Call c, Operation operation, Value a, Value b) {
    return c.emit(OnnxType.INT64, new IntegerMath(operation), a, b);
  }

  /** Indices of which those below 0 count from the end of an axis. */
  static Value fromZero(Call c, Value x, int axis, Value index) {
    if (index.isConstant()) {
      Tensor given = index.tensor(0);
      if (smallest(given) >= 0) {
        return index;
      }
    }
    if (!x.isFixed(axis)) {
      throw new UnsupportedException("may count from the end of an axis whose size is not fixed");
    }
    Value n = PairOperators.scalar(c, x.shape(0).axis(axis));
    Value below = c.emit(OnnxType.BOOL, new Compare(Relation.LESS), index, c.to().constant(0));
    return integer(c, Operation.ADD, index, integer(c, Operation.MUL, below, n));
  }

  private static double smallest(Tensor t) {
    double smallest = 0;
    for (int i = 0; i < t.size(); i++) {
      smallest = Math.min(smallest, t.get(i));
    }
    return smallest;
  }

  private static Value gather(Call c, int named) {
    int axis = Call.axis(named, c.in(0).rank());
    return c.emit(new Gather(axis), c.in(0), fromZero(c, c.in(0), axis, c.in(1)));
  }

  private static Value gatherElements(Call c) {
    int axis = Call.axis(c.integer("axis", 0), c.in(0).rank());
    Value index = fromZero(c, c.in(0), axis, c.in(1));
    Value x = c.in(0);
    for (int i = 0; i < x.rank(); i++) {
      if (i != axis && x.isFixed(i) && index.isFixed(i)) {
        x = LayoutOperators.cut(c, x, i, 0, index.shape(0).axis(i), 1);
      }
    }
    return c.emit(new TakeAlong(axis), x, index);
  }

  /** The tensor with its first axes, which an index of k numbers is for, as one. */
  static Value rows(Call c, Value x, int k) {
    return c.to()
        .reshape(
            x,
            c.shapes(
                s -> {
                  int[] axes = x.shape(s).toArray();
                  int rows = 1;
                  for (int i = 0; i < k; i++) {
                    rows *= axes[i];
                  }
                  int[] rest = Arrays.copyOfRange(axes, k - 1, axes.length);
                  rest[0] = rows;
                  return Shape.of(rest);
                }));
  }

  /** Rows by numbers, of indices [n, k]. */
  static Value rowNumbers(Call c, Value x, Value index, int k) {
    if (!x.isFixed()) {
      throw new UnsupportedException("indexes a tensor whose shape is not fixed");
    }
    Value sum = null;
    for (int i = 0; i < k; i++) {
      Value part = LayoutOperators.cut(c, index, index.rank() - 1, i, i + 1, 1);
      part = fromZero(c, x, i, part);
      int step = 1;
      for (int j = i + 1; j < k; j++) {
        step *= x.shape(0).axis(j);
      }
      Value term = integer(c, Operation.MUL, part, PairOperators.scalar(c, step));
      sum = sum == null ? term : integer(c, Operation.ADD, sum, term);
    }
    Value numbers = sum;
    return c.to()
        .reshape(
            numbers,
            c.shapes(
                s -> {
                  int[] axes = numbers.shape(s).toArray();
                  return Shape.of(Arrays.copyOf(axes, axes.length - 1));
                }));
  }

  private static Value gatherNd(Call c) {
    if (c.integer("batch_dims", 0) != 0) {
      throw new UnsupportedException("has batch_dims");
    }
    int k = c.in(1).shape(0).last();
    Value numbers = rowNumbers(c, c.in(0), c.in(1), k);
    return c.emit(new Gather(0), rows(c, c.in(0), k), numbers);
  }

  private static Value arg(Call c, Value x) {
    int axis = Call.axis(c.integer("axis", 0), x.rank());
    boolean keep = c.flag("keepdims", true);
    if (!c.flag("select_last_index", false)) {
      return c.emit(OnnxType.INT64, new ArgMax(axis, keep), x);
    }
    if (!x.isFixed(axis)) {
      throw new UnsupportedException("counts from the end of an axis whose size is not fixed");
    }
    Value turned = c.emit(new Flip(List.of(axis)), x);
    Value fromEnd = c.emit(OnnxType.INT64, new ArgMax(axis, keep), turned);
    Value last = PairOperators.scalar(c, x.shape(0).axis(axis) - 1);
    return integer(c, Operation.SUB, last, fromEnd);
  }

  private static Value[] topK(Call c) {
    Value x = c.in(0);
    int axis = Call.axis(c.integer("axis", -1), x.rank());
    int k = c.opset() < 10 ? c.integer("k", 1) : (int) c.number(1);
    boolean largest = c.flag("largest", true);
    Value ordered = largest ? x : c.emit(new Scale(-1), x);
    Value index = c.emit(OnnxType.INT64, new TopK(k, axis), ordered);
    return new Value[] {c.emit(new TakeAlong(axis), x, index), index};
  }

  private static Value hardmax(Call c) {
    Value x = c.in(0);
    int axis = Call.axis(c.integer("axis", c.opset() < 13 ? 1 : -1), x.rank());
    if (c.opset() < 13 && axis != x.rank() - 1) {
      throw new UnsupportedException("flattens its operand, as versions before 13 do");
    }
    Value largest = c.emit(OnnxType.INT64, new ArgMax(axis, true), x);
    return hot(c, x, axis, largest).as(x.type());
  }

  /** 1 where the number along an axis of x is the index, else 0. */
  private static Value hot(Call c, Value x, int axis, Value index) {
    if (!x.isFixed(axis)) {
      throw new UnsupportedException("numbers an axis whose size is not fixed");
    }
    int[] sizes = new int[x.rank()];
    Arrays.fill(sizes, 1);
    sizes[axis] = x.shape(0).axis(axis);
    Tensor numbers = Tensor.zeros(DType.I32, KnownLimits.small(Shape.of(sizes)));
    for (int i = 0; i < numbers.size(); i++) {
      numbers.set(i, i);
    }
    Value count = c.to().constant(OnnxType.INT64, numbers);
    return c.emit(OnnxType.BOOL, new Compare(Relation.EQUAL), index, count);
  }

  private static Value oneHot(Call c) {
    Value index = c.in(0);
    int depth = (int) c.number(1);
    int rank = index.rank() + 1;
    int axis = Call.axis(c.integer("axis", -1), rank);
    Value column = ShapeOperators.unsqueeze(c, index, axis);
    int[] sizes = new int[rank];
    Arrays.fill(sizes, 1);
    sizes[axis] = depth;
    Tensor numbers = Tensor.zeros(DType.I32, KnownLimits.small(Shape.of(sizes)));
    for (int i = 0; i < depth; i++) {
      numbers.set(i, i);
    }
    Value count = c.to().constant(OnnxType.INT64, numbers);
    Compare equal = new Compare(Relation.EQUAL);
    Value low = c.emit(OnnxType.BOOL, equal, column, count);
    Value n = c.to().constant(OnnxType.INT64, Tensor.of(Shape.SCALAR, depth));
    Value end = c.emit(OnnxType.INT64, new Add(), column, n); // those below 0 count from the end
    Value hot = integer(c, Operation.OR, low, c.emit(OnnxType.BOOL, equal, end, count));
    Tensor values = c.known(2);
    Value off = c.to().constant(c.in(2).type(), scalarOf(c.in(2), values.get(0)));
    Value on = c.to().constant(c.in(2).type(), scalarOf(c.in(2), values.get(1)));
    return PairOperators.where(c, hot, on, off);
  }

  private static Tensor scalarOf(Value like, double value) {
    Tensor t = Tensor.zeros(like.type().stored(), Shape.SCALAR);
    t.set(0, value);
    return t;
  }

  private static Value cumSum(Call c) {
    int axis = Call.axis((long) c.number(1), c.in(0).rank());
    return c.emit(new CumSum(axis, c.flag("exclusive", false), c.flag("reverse", false)), c.in(0));
  }

  /** Lines of an axis turned round up to a length: by the number of each element. */
  private static Value reverse(Call c) {
    Value x = c.in(0);
    int[] lengths = c.integers(1);
    int batch = c.integer("batch_axis", 1);
    int time = c.integer("time_axis", 0);
    if (!x.isFixed()) {
      throw new UnsupportedException("turns sequences round whose shape is not fixed");
    }
    Shape shape = x.shape(0);
    Tensor index = Tensor.zeros(DType.I32, KnownLimits.small(shape));
    for (int e = 0; e < index.size(); e++) {
      int t = e / shape.inner(time) % shape.axis(time);
      int length = lengths[e / shape.inner(batch) % shape.axis(batch)];
      index.set(e, t < length ? length - 1 - t : t);
    }
    return c.emit(new TakeAlong(time), x, c.to().constant(OnnxType.INT64, index));
  }
}
