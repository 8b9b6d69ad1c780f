package limbeck.engine.io.onnx;

import java.util.Arrays;

/** Whole numbers, or bits of others, one after another: a list that boxes nothing. */
final class LongList {
  private long[] values = {};
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(8, size + (size >> 1)));
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  long[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
