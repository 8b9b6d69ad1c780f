package limbeck.engine.io.onnx;

import java.util.Arrays;

/** Whole numbers, or bits of others, one after another: a list that boxes nothing. */
final class LongList {
  /** The most there may be: a list, as it grows and is copied, takes some 28 bytes for each. */
  private static final int MOST =
      (int) Math.min(Integer.MAX_VALUE - 16, Runtime.getRuntime().maxMemory() / 64);

  private long[] values = {};
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(8, size + (size >> 1)));
    }
    values[size++] = value;
  }

  /** Whether there is no room for another. */
  boolean isFull() {
    return size >= MOST;
  }

  int size() {
    return size;
  }

  long[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
