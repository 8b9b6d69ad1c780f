package limbeck.nlp.text;

import java.util.Arrays;

/** Characters of a text on its way through a tokenizer: a list of code points that grows. */
final class CodePoints {
  private static final int LEAST = 16;

  private int[] values;
  private int size;

  /** An empty list with room for so many. */
  CodePoints(int room) {
    values = new int[Math.max(LEAST, room)];
  }

  void add(int codePoint) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.multiplyExact(2, size));
    }
    values[size++] = codePoint;
  }

  int get(int i) {
    return values[i];
  }

  int size() {
    return size;
  }

  /** The array behind, of which the first {@link #size} count. */
  int[] array() {
    return values;
  }

  @Override
  public String toString() {
    return new String(values, 0, size);
  }
}
