package limbeck.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text file of the project as the source rules see it.
 *
 * @param path relative to the project's root, with slashes: {@code engine/src/main/java/…}
 * @param text what the file holds
 * @param code for Java, the text with comments and the contents of literals blanked, every
 *     character else in its place; for other files empty
 */
record SourceFile(String path, String text, String code) {
  private static final Pattern COMMENT_OR_LITERAL =
      Pattern.compile(
          "//[^\n]*"
              + "|/\\*.*?\\*/"
              + "|\"\"\"[^\\\\\"]*+(?:(?:\\\\.|\"(?!\"\"))[^\\\\\"]*+)*+\"\"\"" // no recursion
              + "|\"(?:[^\"\\\\\n]|\\\\.)*\""
              + "|'(?:[^'\\\\\n]|\\\\.)+'",
          Pattern.DOTALL);
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package\\s+([\\w.]+)\\s*;");

  static SourceFile of(String path, String text) {
    return new SourceFile(path, text, path.endsWith(".java") ? blank(text) : "");
  }

  private static String blank(String text) {
    StringBuilder code = new StringBuilder(text);
    Matcher m = COMMENT_OR_LITERAL.matcher(text);
    while (m.find()) {
      for (int i = m.start(); i < m.end(); i++) {
        if (text.charAt(i) != '\n') {
          code.setCharAt(i, ' ');
        }
      }
    }
    return code.toString();
  }

  boolean isJava() {
    return path.endsWith(".java");
  }

  /** Whether this is Java that ships, not a test. */
  boolean isMain() {
    return isJava() && path.contains("/src/main/java/");
  }

  boolean isTest() {
    return isJava() && path.contains("/src/test/java/");
  }

  /** The Maven module's folder: {@code engine}, {@code kd} …; empty for files of the root. */
  String module() {
    int slash = path.indexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** The folder, without a slash at its end. */
  String folder() {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** The file's name without {@code .java}. */
  String name() {
    String file = path.substring(path.lastIndexOf('/') + 1);
    return isJava() ? file.substring(0, file.length() - ".java".length()) : file;
  }

  /** The Java package; empty if there is none. */
  String pack() {
    Matcher m = PACKAGE.matcher(code);
    return m.find() ? m.group(1) : "";
  }

  /** Whether the Java package is one of {@code roots} or lies below one. */
  boolean within(String... roots) {
    String pack = pack();
    for (String root : roots) {
      if (pack.equals(root) || pack.startsWith(root + ".")) {
        return true;
      }
    }
    return false;
  }

  /** The number, from 1, of the line that holds character {@code index}. */
  int line(int index) {
    return 1 + (int) text.substring(0, index).chars().filter(c -> c == '\n').count();
  }
}
