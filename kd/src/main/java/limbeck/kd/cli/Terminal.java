package limbeck.kd.cli;

import java.util.Locale;

/** What the terminal can show and how the command is called, as the launcher found it. */
final class Terminal {
  private Terminal() {}

  /** Whether standard error is a terminal. */
  static boolean interactive() {
    return Boolean.getBoolean("limbeck.tty");
  }

  /** The terminal's width, or a usual one. */
  static int columns() {
    int columns = Integer.getInteger("limbeck.columns", 80);
    return columns > 20 ? columns : 80;
  }

  /** What was typed to start this program. */
  static String command() {
    return System.getProperty("limbeck.command", "limbeck");
  }

  /** Whether text outside ASCII arrives whole. */
  static boolean utf8() {
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = System.getenv(name);
      if (value != null && !value.isEmpty()) {
        return value.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
      }
    }
    return false;
  }
}
