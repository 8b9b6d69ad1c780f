package limbeck.engine.io.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import limbeck.engine.op.Abs;
import limbeck.engine.op.Div;
import limbeck.engine.op.Mul;
import limbeck.engine.op.Op;
import limbeck.engine.op.Pow;
import limbeck.engine.op.Scale;
import limbeck.engine.op.Shift;
import limbeck.engine.op.index.IntegerMath;
import limbeck.engine.op.index.IntegerMath.Operation;
import limbeck.engine.op.layout.Gather;
import limbeck.engine.op.nn.AvgPool;
import limbeck.engine.op.nn.GlobalAvgPool;
import limbeck.engine.op.nn.MaxPool;
import limbeck.engine.op.reduce.ArgMax;
import limbeck.engine.op.reduce.Max;
import limbeck.engine.op.reduce.Sum;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Pooling. What the ops for images do not know (three axes of space, dilation, uneven padding) is
 * done axis by axis: the elements of all windows are gathered, then reduced.
 */
final class PoolOperators {
  private PoolOperators() {}

  static void addTo(Map<String, Operator> table) {
    table.put("MaxPool", PoolOperators::maxPool);
    Operator.add(table, "AveragePool", PoolOperators::averagePool);
    Operator.add(table, "LpPool", PoolOperators::lpPool);
    Operator.add(table, "GlobalAveragePool", PoolOperators::globalAverage);
    Operator.add(table, "GlobalMaxPool", c -> c.emit(new Max(space(c), true), c.in(0)));
    Operator.add(
        table, "GlobalLpPool", c -> norm(c, c.in(0), x -> c.emit(new Sum(space(c), true), x)));
    Operator.add(table, "LRN", PoolOperators::localResponse);
  }

  private static List<Integer> space(Call c) {
    Integer[] axes = new Integer[c.in(0).rank() - 2];
    Arrays.setAll(axes, i -> i + 2);
    return List.of(axes);
  }

  private static Value globalAverage(Call c) {
    int[] added = new int[c.in(0).rank() - 2];
    Arrays.setAll(added, i -> i + 2);
    return ShapeOperators.unsqueeze(c, c.emit(new GlobalAvgPool(), c.in(0)), added);
  }

  private static Value[] maxPool(Call c) {
    Value x = c.in(0);
    Windows w = Windows.of(c, x, c.integers("kernel_shape"));
    if (c.wants(1)) {
      return withPlaces(c, x, w);
    }
    if (w.isPlainPool(x)) {
      return new Value[] {c.emit(new MaxPool(w.list(w.before)), x)};
    }
    Value y = c.to().numbers(x);
    for (int i = 0; i < w.space(); i++) {
      y = c.emit(new Max(List.of(i + 3), false), gathered(c, y, w, i, i + 2, lowest(x)));
    }
    return new Value[] {y};
  }

  /** What no element is below; whole numbers have no infinity. */
  private static double lowest(Value x) {
    return x.type().isFloating() ? Double.NEGATIVE_INFINITY : -(1 << 24);
  }

  /** All elements of the windows along one axis: that axis becomes positions, elements. */
  private static Value gathered(Call c, Value x, Windows w, int i, int axis, double border) {
    int n = Windows.length(x, axis - 2);
    int positions = w.positions(i, n);
    int reach = (positions - 1) * w.stride[i] + w.reach(i);
    int[] before = new int[x.rank()];
    int[] after = new int[x.rank()];
    before[axis] = w.before[i];
    after[axis] = Math.max(w.after[i], reach - n - w.before[i]);
    Value padded = LayoutOperators.padded(c, x, before, after, border);
    Tensor index = Tensor.zeros(DType.I32, KnownLimits.small(Shape.of(positions, w.size[i])));
    for (int e = 0; e < index.size(); e++) {
      index.set(e, e / w.size[i] * w.stride[i] + e % w.size[i] * w.dilation[i]);
    }
    return c.emit(new Gather(axis), padded, c.to().constant(OnnxType.INT64, index));
  }

  /** The sums of all windows. */
  private static Value sums(Call c, Value x, Windows w) {
    Value y = x;
    for (int i = 0; i < w.space(); i++) {
      y = c.emit(new Sum(List.of(i + 3), false), gathered(c, y, w, i, i + 2, 0));
    }
    return y;
  }

  private static Value averagePool(Call c) {
    Value x = c.in(0);
    Windows w = Windows.of(c, x, c.integers("kernel_shape"));
    boolean padding = c.flag("count_include_pad", false);
    if (w.isPlainPool(x)) {
      return c.emit(new AvgPool(w.list(w.before), padding), x);
    }
    Value y = sums(c, x, w);
    for (int i = 0; i < w.space(); i++) {
      int n = Windows.length(x, i);
      int[] sizes = new int[w.space() - i];
      Arrays.fill(sizes, 1);
      sizes[0] = w.positions(i, n);
      Tensor counts = Tensor.zeros(DType.F32, KnownLimits.small(Shape.of(sizes)));
      for (int p = 0; p < counts.size(); p++) {
        counts.set(p, count(w, i, p, n, padding));
      }
      y = c.emit(new Div(), y, c.to().constant(OnnxType.FLOAT, counts));
    }
    return y;
  }

  /** How many elements of a window count: those of the axis, or of its padding too. */
  private static int count(Windows w, int i, int position, int n, boolean padding) {
    int first = padding ? -w.before[i] : 0;
    int end = padding ? n + w.after[i] : n;
    int count = 0;
    for (int t = 0; t < w.size[i]; t++) {
      int at = position * w.stride[i] - w.before[i] + t * w.dilation[i];
      count += at >= first && at < end ? 1 : 0;
    }
    return count;
  }

  @FunctionalInterface
  private interface Step {
    Value of(Value x);
  }

  private static Value lpPool(Call c) {
    Windows w = Windows.of(c, c.in(0), c.integers("kernel_shape"));
    return norm(c, c.in(0), x -> sums(c, x, w));
  }

  /** (Σ |x|ᵖ)^(1/p). */
  private static Value norm(Call c, Value x, Step sum) {
    int p = c.integer("p", 2);
    Value powers = c.emit(new Pow(p), c.emit(new Abs(), x));
    return c.emit(new Pow(1.0 / p), sum.of(powers));
  }

  /** x / (bias + α/size · Σ x²)^β, the sum over neighbouring channels. */
  private static Value localResponse(Call c) {
    Value x = c.in(0);
    if (!x.isFixed(1)) {
      throw new UnsupportedException("has channels whose number is not fixed");
    }
    int size = c.integer("size", 1);
    int channels = x.shape(0).axis(1);
    int[] before = new int[x.rank()];
    int[] after = new int[x.rank()];
    before[1] = (size - 1) / 2;
    after[1] = size - 1 - before[1];
    Value padded = LayoutOperators.padded(c, c.emit(new Mul(), x, x), before, after, 0);
    Tensor index = Tensor.zeros(DType.I32, KnownLimits.small(Shape.of(channels, size)));
    for (int e = 0; e < index.size(); e++) {
      index.set(e, e / size + e % size);
    }
    Value near = c.emit(new Gather(1), padded, c.to().constant(OnnxType.INT64, index));
    Value sum = c.emit(new Sum(List.of(2), false), near);
    Value scaled = c.emit(new Scale(c.number("alpha", 1e-4) / size), sum);
    Op power = new Pow(-c.number("beta", 0.75));
    return c.emit(new Mul(), x, c.emit(power, c.emit(new Shift(c.number("bias", 1)), scaled)));
  }

  /** The maxima, and the number of each one's element in the whole input. */
  private static Value[] withPlaces(Call c, Value x, Windows w) {
    if (!x.isFixed() || c.integer("storage_order", 0) != 0) {
      throw new UnsupportedException("numbers elements by column, or of a shape that is not fixed");
    }
    Shape shape = x.shape(0);
    Value y = c.to().numbers(x);
    for (int i = 0; i < w.space(); i++) { // [batch, channels, positions and elements by turns]
      y = gathered(c, y, w, i, 2 + 2 * i, lowest(x));
    }
    int space = w.space();
    int[] order = new int[2 + 2 * space];
    order[1] = 1;
    int[] sizes = new int[3 + space];
    int taps = 1;
    for (int i = 0; i < space; i++) {
      order[2 + i] = 2 + 2 * i;
      order[2 + space + i] = 3 + 2 * i;
      taps *= w.size[i];
    }
    Value apart = LayoutOperators.permute(c, y, order);
    for (int i = 0; i < 2 + space; i++) {
      sizes[i] = apart.shape(0).axis(i);
    }
    sizes[2 + space] = taps;
    Value lines = c.to().reshape(apart, c.shapes(s -> Shape.of(sizes)));
    Value best = c.emit(OnnxType.INT64, new ArgMax(-1, false), lines);
    Shape out = Shape.of(Arrays.copyOf(sizes, 2 + space));
    Tensor first = Tensor.zeros(DType.I32, KnownLimits.small(out));
    int positions = out.inner(1);
    for (int e = 0; e < out.size(); e++) {
      first.set(e, e % positions * taps);
    }
    Value rows = c.to().constant(OnnxType.INT64, first);
    Value line = c.emit(OnnxType.INT64, new IntegerMath(Operation.ADD), rows, best);
    Tensor places = places(w, shape, out, taps);
    Value found =
        c.emit(OnnxType.INT64, new Gather(0), c.to().constant(OnnxType.INT64, places), line);
    Tensor planes = Tensor.zeros(DType.I32, KnownLimits.small(out));
    for (int e = 0; e < out.size(); e++) {
      planes.set(e, e / positions * shape.inner(1));
    }
    Value plane = c.to().constant(OnnxType.INT64, planes);
    Value place = c.emit(OnnxType.INT64, new IntegerMath(Operation.ADD), plane, found);
    return new Value[] {c.emit(new Max(List.of(-1), false), lines), place};
  }

  /** For each position and element of its window, the number of that element in a plane. */
  private static Tensor places(Windows w, Shape x, Shape out, int taps) {
    int space = w.space();
    int n = KnownLimits.small((long) out.inner(1) * taps);
    Tensor places = Tensor.zeros(DType.I32, Shape.of(n));
    for (int e = 0; e < places.size(); e++) {
      int position = e / taps;
      int tap = e % taps;
      int at = 0;
      for (int i = space - 1, inner = 1; i >= 0; i--) {
        int p = position % out.axis(2 + i);
        int t = tap % w.size[i];
        position /= out.axis(2 + i);
        tap /= w.size[i];
        int place = p * w.stride[i] - w.before[i] + t * w.dilation[i];
        at += Math.max(0, Math.min(x.axis(2 + i) - 1, place)) * inner;
        inner *= x.axis(2 + i);
      }
      places.set(e, at);
    }
    return places;
  }
}
