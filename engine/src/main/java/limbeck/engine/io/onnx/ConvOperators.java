package limbeck.engine.io.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import limbeck.engine.op.Add;
import limbeck.engine.op.layout.Slice;
import limbeck.engine.op.nn.Conv;
import limbeck.engine.op.nn.ConvTranspose;

/** Convolutions over one or two axes of space. */
final class ConvOperators {
  private ConvOperators() {}

  static void addTo(Map<String, Operator> table) {
    Operator.add(table, "Conv", ConvOperators::conv);
    Operator.add(table, "ConvTranspose", ConvOperators::transposed);
  }

  /** The sizes of the window: those of the weights' axes of space. */
  private static int[] sizes(Value w) {
    int[] sizes = new int[w.rank() - 2];
    for (int i = 0; i < sizes.length; i++) {
      if (!w.isFixed(i + 2)) {
        throw new UnsupportedException("has weights whose shape is not fixed");
      }
      sizes[i] = w.shape(0).axis(i + 2);
    }
    if (sizes.length < 1 || sizes.length > 2) {
      throw new UnsupportedException(
          "has " + sizes.length + " axes of space, one or two are known");
    }
    return sizes;
  }

  private static Value conv(Call c) {
    Value x = c.in(0);
    Value w = c.in(1);
    Windows windows = Windows.of(c, x, sizes(w));
    int[] padding = windows.before;
    if (!windows.isEven()) {
      x = LayoutOperators.padded(c, x, front(windows.before), front(windows.after), 0);
      padding = new int[windows.space()];
    }
    Conv op = new Conv(windows.list(padding), c.integer("group", 1), c.has(2));
    return c.has(2) ? c.emit(op, x, w, c.in(2)) : c.emit(op, x, w);
  }

  /** Numbers for axes of space, with zeros for batch and channels before them. */
  private static int[] front(int... space) {
    int[] all = new int[space.length + 2];
    System.arraycopy(space, 0, all, 2, space.length);
    return all;
  }

  private static Value transposed(Call c) {
    Value x = c.in(0);
    Value w = c.in(1);
    Windows windows = Windows.of(c, x, sizes(w));
    int space = windows.space();
    int[] extra = c.integers("output_padding", new int[space]);
    fitOutput(c, x, windows, extra);
    int groups = c.integer("group", 1);
    boolean direct = windows.isEven();
    for (int i = 0; i < space; i++) {
      direct &= windows.before[i] >= 0 && extra[i] < windows.stride[i];
    }
    List<Integer> none = Arrays.stream(new int[space]).boxed().toList();
    if (direct) {
      List<Integer> added = Arrays.stream(extra).boxed().toList();
      var op = new ConvTranspose(windows.list(windows.before), added, groups, c.has(2));
      return c.has(2) ? c.emit(op, x, w, c.in(2)) : c.emit(op, x, w);
    }
    Value y = c.emit(new ConvTranspose(windows.list(new int[space]), none, groups, false), x, w);
    y = LayoutOperators.padded(c, y, new int[space + 2], front(extra), 0);
    for (int i = 0; i < space; i++) {
      int end = windows.after[i] == 0 ? Slice.END : -windows.after[i];
      if (windows.before[i] != 0 || windows.after[i] != 0) {
        y = c.emit(new Slice(i + 2, windows.before[i], end), y);
      }
    }
    return c.has(2) ? c.emit(new Add(), y, NormOperators.perChannel(c, c.in(2), y.rank())) : y;
  }

  /** Padding that gives the output the shape asked for, or one of stride times the input's. */
  private static void fitOutput(Call c, Value x, Windows windows, int[] extra) {
    String auto = c.text("auto_pad", "NOTSET");
    boolean same = auto.startsWith("SAME");
    int[] wanted = c.integers("output_shape", (int[]) null);
    if (wanted == null && !same) {
      return;
    }
    for (int i = 0; i < windows.space(); i++) {
      int n = Windows.length(x, i);
      int stride = windows.stride[i];
      int length = wanted == null ? n * stride : wanted[wanted.length - windows.space() + i];
      int total = stride * (n - 1) + extra[i] + windows.reach(i) - length;
      if (total < 0) {
        extra[i] -= total;
        total = 0;
      }
      int half = total / 2;
      windows.before[i] = auto.equals("SAME_UPPER") ? half : total - half;
      windows.after[i] = total - windows.before[i];
    }
  }
}
