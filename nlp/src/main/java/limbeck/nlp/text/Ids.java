package limbeck.nlp.text;

import java.util.Arrays;

/** Numbers of tokens while they are collected. */
final class Ids {
  private int[] values;
  private int size;

  Ids(int room) {
    values = new int[Math.max(16, room)];
  }

  void add(int id) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.multiplyExact(2, size));
    }
    values[size++] = id;
  }

  int size() {
    return size;
  }

  /** Forgets all but the first so many. */
  void cut(int to) {
    size = to;
  }

  int[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
