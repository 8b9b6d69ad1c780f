package limbeck.engine.io.onnx;

import java.util.Arrays;
import java.util.Map;
import java.util.function.IntFunction;
import limbeck.engine.op.index.Compare;
import limbeck.engine.op.index.Compare.Relation;
import limbeck.engine.op.index.ToFloats;
import limbeck.engine.op.index.ToIntegers;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** Operators of shapes and types: what changes neither the elements nor their order. */
final class ShapeOperators {
  private ShapeOperators() {}

  static void addTo(Map<String, Operator> table) {
    Operator.add(table, "Identity", c -> c.in(0));
    table.put("Dropout", ShapeOperators::dropout);
    Operator.add(table, "Shape", ShapeOperators::shape);
    Operator.add(table, "Size", c -> integers(c, s -> Tensor.of(Shape.SCALAR, size(c, s))));
    Operator.add(table, "Reshape", ShapeOperators::reshape);
    Operator.add(table, "Flatten", ShapeOperators::flatten);
    Operator.add(table, "Squeeze", ShapeOperators::squeeze);
    Operator.add(table, "Unsqueeze", ShapeOperators::unsqueeze);
    Operator.add(table, "Expand", ShapeOperators::expand);
    Operator.add(table, "Constant", ShapeOperators::constant);
    Operator.add(table, "ConstantOfShape", ShapeOperators::constantOfShape);
    Operator.add(table, "Range", ShapeOperators::range);
    Operator.add(table, "EyeLike", ShapeOperators::eye);
    Operator.add(table, "Cast", c -> cast(c, c.in(0), type(c.integer("to", 1))));
    Operator.add(table, "CastLike", c -> cast(c, c.in(0), c.in(1).type()));
  }

  /** At inference there is none, and the mask says that all is kept. */
  private static Value[] dropout(Call c) {
    if (c.has(2) && c.number(2) != 0 && !(c.has(1) && c.number(1) == 0)) {
      throw new UnsupportedException("is in training mode, where results are random");
    }
    if (!c.wants(1)) {
      return new Value[] {c.in(0)};
    }
    Value x = c.in(0);
    Value ones = c.to().constant(OnnxType.BOOL, Tensor.of(Shape.SCALAR, 1));
    return new Value[] {x, c.to().expand(ones, x, c.shapes(x::shape))};
  }

  private static Value integers(Call c, IntFunction<Tensor> ofSample) {
    Tensor[] known = new Tensor[c.to().samples()];
    Arrays.setAll(known, ofSample);
    return Value.known(OnnxType.INT64, known);
  }

  private static int size(Call c, int sample) {
    return c.in(0).shape(sample).size();
  }

  private static Value shape(Call c) {
    int rank = c.in(0).rank();
    int from = clamped(c.integer("start", 0), rank);
    int to = Math.max(from, clamped(c.integer("end", rank), rank));
    return integers(
        c,
        s ->
            Tensor.of(
                Shape.of(to - from), Arrays.copyOfRange(c.in(0).shape(s).toArray(), from, to)));
  }

  private static int clamped(int axis, int rank) {
    return Math.max(0, Math.min(rank, axis < 0 ? axis + rank : axis));
  }

  private static Value reshape(Call c) {
    Value x = c.in(0);
    boolean zeroes = c.flag("allowzero", false);
    Shape[] shapes =
        c.shapes(
            s -> {
              int[] axes = c.opset() < 5 ? c.integers("shape").clone() : c.integers(1, s).clone();
              return filled(x.shape(s), axes, zeroes);
            });
    return c.to().reshape(x, shapes);
  }

  /** What 0 and −1 stand for is put in their place. */
  private static Shape filled(Shape x, int[] axes, boolean zeroes) {
    int free = -1;
    long named = 1;
    for (int i = 0; i < axes.length; i++) {
      if (axes[i] == 0 && !zeroes && i < x.rank()) {
        axes[i] = x.axis(i);
      }
      if (axes[i] == -1 && free < 0) {
        free = i;
      } else if (axes[i] < 0) {
        throw new UnsupportedException("has the shape " + Arrays.toString(axes));
      } else {
        named *= axes[i];
      }
    }
    if (free >= 0) {
      axes[free] = named == 0 ? 0 : (int) (x.size() / named);
    }
    return Shape.of(axes);
  }

  private static Value flatten(Call c) {
    int axis = c.integer("axis", 1);
    int rank = c.in(0).rank();
    int at = axis < 0 ? axis + rank : axis;
    return c.to()
        .reshape(
            c.in(0),
            c.shapes(
                s -> {
                  Shape x = c.in(0).shape(s);
                  int rows = 1;
                  for (int i = 0; i < at; i++) {
                    rows *= x.axis(i);
                  }
                  int columns = 1;
                  for (int i = at; i < rank; i++) {
                    columns *= x.axis(i);
                  }
                  return Shape.of(rows, columns);
                }));
  }

  private static Value squeeze(Call c) {
    Value x = c.in(0);
    int[] named = c.integers("axes", 1);
    boolean[] gone = new boolean[x.rank()];
    for (int i = 0; i < gone.length; i++) {
      gone[i] = named == null && x.isFixed(i) && x.shape(0).axis(i) == 1;
    }
    for (int axis : named == null ? new int[0] : Call.axes(named, x.rank())) {
      gone[axis] = true;
    }
    return c.to()
        .reshape(
            x,
            c.shapes(
                s -> {
                  int[] axes = new int[x.rank()];
                  int n = 0;
                  for (int i = 0; i < gone.length; i++) {
                    if (!gone[i]) {
                      axes[n++] = x.shape(s).axis(i);
                    }
                  }
                  return Shape.of(Arrays.copyOf(axes, n));
                }));
  }

  private static Value unsqueeze(Call c) {
    int[] named = c.integers("axes", 1);
    if (named == null) {
      throw new UnsupportedException("names no axes");
    }
    return unsqueeze(c, c.in(0), named);
  }

  /** Adds axes of size 1, which are numbered as in the result. */
  static Value unsqueeze(Call c, Value x, int... named) {
    boolean[] added = new boolean[x.rank() + named.length];
    for (int axis : Call.axes(named, added.length)) {
      added[axis] = true;
    }
    return c.to()
        .reshape(
            x,
            c.shapes(
                s -> {
                  int[] axes = new int[added.length];
                  int next = 0;
                  for (int i = 0; i < axes.length; i++) {
                    axes[i] = added[i] ? 1 : x.shape(s).axis(next++);
                  }
                  return Shape.of(axes);
                }));
  }

  private static Value expand(Call c) {
    Value x = c.in(0);
    Shape[] shapes = c.shapes(s -> Reshaping.broadcast(x.shape(s), Shape.of(c.integers(1, s))));
    return c.to().expand(x, null, shapes);
  }

  private static Value constant(Call c) {
    OnnxTensor tensor = c.tensor("value");
    if (tensor != null) {
      return c.to().constant(tensor.type(), tensor.value());
    }
    if (c.has("value_float")) {
      return c.to().constant(c.number("value_float", 0));
    }
    if (c.has("value_int")) {
      return c.to().constant(OnnxType.INT64, Tensor.of(Shape.SCALAR, c.integer("value_int", 0)));
    }
    if (c.has("value_ints")) {
      return c.to().integers(c.integers("value_ints"));
    }
    float[] numbers = c.numbers("value_floats");
    if (numbers == null) {
      throw new UnsupportedException("holds no number");
    }
    return c.to().constant(OnnxType.FLOAT, Tensor.of(Shape.of(numbers.length), numbers));
  }

  private static Value constantOfShape(Call c) {
    OnnxTensor one = c.tensor("value");
    OnnxType type = one == null ? OnnxType.FLOAT : one.type();
    Tensor[] known = new Tensor[c.to().samples()];
    for (int s = 0; s < known.length; s++) {
      Shape shape = KnownLimits.small(Shape.of(c.integers(0, s)));
      known[s] = Tensor.zeros(type.stored(), shape);
      known[s].fill(one == null ? 0 : one.value().get(0));
    }
    return Value.known(type, known);
  }

  private static Value range(Call c) {
    OnnxType type = c.in(0).type();
    double start = c.number(0);
    double limit = c.number(1);
    double delta = c.number(2);
    double count = Math.max(0, Math.ceil((limit - start) / delta));
    if (!(count < Integer.MAX_VALUE)) {
      throw new UnsupportedException("counts from " + start + " to " + limit + " by " + delta);
    }
    Tensor t = Tensor.zeros(type.stored(), KnownLimits.small(Shape.of((int) count)));
    for (int i = 0; i < t.size(); i++) {
      t.set(i, start + i * delta);
    }
    return c.to().constant(type, t);
  }

  private static Value eye(Call c) {
    Value x = c.in(0);
    if (!x.isFixed() || x.rank() != 2) {
      throw new UnsupportedException("is of a shape that is not known");
    }
    OnnxType type = c.has("dtype") ? type(c.integer("dtype", 1)) : x.type();
    Tensor t = Tensor.zeros(type.stored(), KnownLimits.small(x.shape(0)));
    int k = c.integer("k", 0);
    int columns = x.shape(0).axis(1);
    for (int row = 0; row < x.shape(0).axis(0); row++) {
      if (row + (long) k >= 0 && row + (long) k < columns) {
        t.set(row * columns + row + k, 1);
      }
    }
    return c.to().constant(type, t);
  }

  private static OnnxType type(int number) {
    OnnxType type = OnnxType.of(number);
    if (type == null) {
      throw new UnsupportedException("makes elements of type " + number + ", which are not known");
    }
    return type;
  }

  /** Conversion: numbers are cut off towards 0 where whole ones are made. */
  static Value cast(Call c, Value x, OnnxType to) {
    if (to == OnnxType.BOOL && x.type() != OnnxType.BOOL) {
      return c.emit(to, new Compare(Relation.NOT_EQUAL), x, c.to().constant(0));
    }
    if (to.isFloating()) {
      return toFloats(c, x, to);
    }
    if (!x.type().isFloating()) {
      return PairOperators.wrapped(c, x.as(to));
    }
    return PairOperators.wrapped(c, c.emit(to, new ToIntegers(false), x));
  }

  private static Value toFloats(Call c, Value x, OnnxType to) {
    if (x.isKnown()) {
      return Value.known(to, c.to().converted(x, DType.F32));
    }
    boolean done = x.stored().isFloating();
    return done ? x.as(to) : c.emit(to, new ToFloats(false), x);
  }
}
