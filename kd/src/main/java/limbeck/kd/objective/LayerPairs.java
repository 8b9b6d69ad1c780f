package limbeck.kd.objective;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which layers of a student learn from which of its teacher's, counted from 1. */
final class LayerPairs {
  private static final Pattern PAIR = Pattern.compile("(\\d{1,3}):(\\d{1,3})");

  private LayerPairs() {}

  /**
   * A pair of layers.
   *
   * @param student number of the student's layer
   * @param teacher number of the teacher's
   */
  record Pair(int student, int teacher) {
    /** As a recipe writes it. */
    @Override
    public String toString() {
      return student + ":" + teacher;
    }
  }

  /**
   * Checks pairs that a recipe gives, such as {@code 1:3}.
   *
   * @return a copy
   */
  static List<String> checked(String method, Collection<String> pairs) {
    for (String pair : pairs) {
      Settings.require(
          PAIR.matcher(pair).matches(), method, "pairs", "\"" + pair + "\"", "such as \"1:3\"");
    }
    return List.copyOf(pairs);
  }

  /**
   * Given pairs as numbers.
   *
   * @throws IllegalArgumentException if a network has no such layer
   */
  static List<Pair> given(List<String> pairs, Encoder student, Encoder teacher) {
    List<Pair> read = new ArrayList<>();
    for (String pair : pairs) {
      Matcher m = PAIR.matcher(pair);
      if (!m.matches()) {
        throw new IllegalArgumentException(student.method() + ": pair \"" + pair + "\"");
      }
      Pair p = new Pair(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
      student.requireLayer(p.student, "pair \"" + pair + "\"");
      teacher.requireLayer(p.teacher, "pair \"" + pair + "\"");
      read.add(p);
    }
    return read;
  }

  /** Layer m of M learns from layer ⌊m · N / M⌋ of N, which for M above N is an error. */
  static int spread(Encoder student, Encoder teacher, int layer) {
    requireNoMore(student, teacher);
    return layer * teacher.layers() / student.layers();
  }

  /** Requires that the student has no more layers than the teacher. */
  static void requireNoMore(Encoder student, Encoder teacher) {
    if (student.layers() > teacher.layers()) {
      throw new IllegalArgumentException(
          student.method()
              + ": "
              + student.shapes().network()
              + " has "
              + student.layers()
              + " layers, "
              + teacher.shapes().network()
              + " only "
              + teacher.layers()
              + "; say which learn from which: pairs = [\"1:1\", …]");
    }
  }
}
