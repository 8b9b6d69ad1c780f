package limbeck.nlp.text;

import java.util.Arrays;

/** A list of ints that grows: code points of a text on its way through a tokenizer, or tokens. */
final class Ints {
  private static final int LEAST = 16;

  private int[] values;
  private int size;

  /** An empty list with room for so many. */
  Ints(int room) {
    values = new int[Math.max(LEAST, room)];
  }

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.multiplyExact(2, size));
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  /** The array behind, of which the first {@link #size} count. */
  int[] array() {
    return values;
  }

  /** Forgets all but the first so many. */
  void cut(int to) {
    size = to;
  }

  int[] toArray() {
    return Arrays.copyOf(values, size);
  }

  /** The text, of code points. */
  @Override
  public String toString() {
    return new String(values, 0, size);
  }
}
