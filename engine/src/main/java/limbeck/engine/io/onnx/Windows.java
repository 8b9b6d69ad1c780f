package limbeck.engine.io.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import limbeck.engine.kernel.composite.Window;

/**
 * How windows slide over the axes of space of a node's first input, as ONNX's settings say:
 * strides, dilations, padding before and after, and whether a last position may reach beyond the
 * padding.
 */
final class Windows {
  final int[] size;
  final int[] stride;
  final int[] dilation;
  final int[] before;
  final int[] after;
  final boolean ceil;

  private Windows(
      int[] size, int[] stride, int[] dilation, int[] before, int[] after, boolean ceil) {
    this.size = size;
    this.stride = stride;
    this.dilation = dilation;
    this.before = before;
    this.after = after;
    this.ceil = ceil;
  }

  /**
   * The windows of a node.
   *
   * @param x [batch, channels, space …]
   * @param size elements of the window along each axis
   */
  static Windows of(Call c, Value x, int... size) {
    int space = size.length;
    if (x.rank() != space + 2) {
      throw new UnsupportedException("has windows of " + space + " axes for rank " + x.rank());
    }
    int[] stride = c.integers("strides", filled(space, 1));
    int[] dilation = c.integers("dilations", filled(space, 1));
    int[] pads = c.integers("pads", new int[2 * space]);
    int[] before = Arrays.copyOf(pads, space);
    int[] after = Arrays.copyOfRange(pads, space, 2 * space);
    Windows w = new Windows(size, stride, dilation, before, after, c.flag("ceil_mode", false));
    String auto = c.text("auto_pad", "NOTSET");
    if (auto.equals("VALID")) {
      Arrays.fill(before, 0);
      Arrays.fill(after, 0);
    } else if (auto.startsWith("SAME")) {
      w.padToSame(x, auto.equals("SAME_UPPER"));
    }
    return w;
  }

  private static int[] filled(int n, int value) {
    int[] values = new int[n];
    Arrays.fill(values, value);
    return values;
  }

  /** As much padding as gives ⌈n / stride⌉ positions; an odd element at the end, or before. */
  private void padToSame(Value x, boolean upper) {
    for (int i = 0; i < size.length; i++) {
      int n = length(x, i);
      int positions = (n + stride[i] - 1) / stride[i];
      int total = Math.max(0, (positions - 1) * stride[i] + reach(i) - n);
      before[i] = upper ? total / 2 : total - total / 2;
      after[i] = total - before[i];
    }
  }

  /** The size of an axis of space, which must be fixed. */
  static int length(Value x, int i) {
    if (!x.isFixed(i + 2)) {
      throw new UnsupportedException("needs the size of axis " + (i + 2) + "; give it");
    }
    return x.shape(0).axis(i + 2);
  }

  int space() {
    return size.length;
  }

  /** Elements that a window spans along an axis. */
  int reach(int i) {
    return Math.addExact(Math.multiplyExact(size[i] - 1, dilation[i]), 1);
  }

  /** Positions along an axis of n elements. */
  int positions(int i, int n) {
    int left = Math.toIntExact((long) n + before[i] + after[i] - reach(i));
    if (left < 0) {
      throw new UnsupportedException("has a window longer than its axis with padding");
    }
    int positions = (ceil ? (left + stride[i] - 1) / stride[i] : left / stride[i]) + 1;
    boolean beyond = ceil && (positions - 1) * stride[i] >= n + before[i];
    return beyond ? positions - 1 : positions; // none starts in the padding at the end
  }

  /** Whether padding is the same at both ends everywhere. */
  boolean isEven() {
    return Arrays.equals(before, after);
  }

  /** Whether a window of the ops for pools can do this. */
  boolean isPlainPool(Value x) {
    boolean plain = space() <= 2 && isEven();
    for (int i = 0; plain && i < space(); i++) {
      plain = dilation[i] == 1 && 2 * before[i] <= size[i];
      if (plain && ceil) {
        int n = length(x, i);
        plain = (n + 2 * before[i] - size[i]) % stride[i] == 0;
      }
    }
    return plain;
  }

  /** The windows as ops take them, with this padding on both sides. */
  List<Window> list(int... padding) {
    List<Window> list = new ArrayList<>();
    for (int i = 0; i < space(); i++) {
      list.add(new Window(size[i], stride[i], padding[i], dilation[i]));
    }
    return list;
  }
}
