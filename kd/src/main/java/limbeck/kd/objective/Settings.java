package limbeck.kd.objective;

import java.util.List;

/** Checks of hyperparameters, which name the method and the hyperparameter. */
final class Settings {
  private Settings() {}

  static void requireGiven(String method, String name, Object value) {
    require(value != null, method, name, value, "a value");
  }

  static void requireTaps(String method, String studentTap, String teacherTap) {
    requireTap(method, "studentTap", studentTap);
    requireTap(method, "teacherTap", teacherTap);
  }

  private static void requireTap(String method, String name, String tap) {
    require(tap != null && !tap.isBlank(), method, name, "\"" + tap + "\"", "the name of a tap");
  }

  /** A copy of the list. */
  static List<String> studentTaps(String method, List<String> taps) {
    return taps(method, "studentTaps", taps);
  }

  /** A copy of the list, of which the first belongs to the student's first, and so on. */
  static List<String> teacherTaps(String method, List<String> taps, List<String> studentTaps) {
    List<String> copy = taps(method, "teacherTaps", taps);
    require(
        copy.size() == studentTaps.size(),
        method,
        "teacherTaps",
        copy,
        "as many taps as studentTaps has (" + studentTaps.size() + ")");
    return copy;
  }

  private static List<String> taps(String method, String name, List<String> taps) {
    require(taps != null && !taps.isEmpty(), method, name, taps, "names of taps");
    taps.forEach(tap -> requireTap(method, name, tap));
    return List.copyOf(taps);
  }

  static void requirePositive(String method, String name, double value) {
    require(value > 0 && value <= 1e30, method, name, value, "a number above 0");
  }

  static void requireNotNegative(String method, String name, double value) {
    require(value >= 0 && value <= 1e30, method, name, value, "a number from 0 on");
  }

  static void requireAtLeast(String method, String name, int value, int least) {
    require(value >= least, method, name, value, "a whole number from " + least + " on");
  }

  static void require(
      boolean condition, String method, String name, Object value, String expected) {
    if (!condition) {
      throw new IllegalArgumentException(
          method + ": " + name + " is " + value + "; " + expected + " expected");
    }
  }
}
