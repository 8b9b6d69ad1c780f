package limbeck.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One rule that every source file keeps.
 *
 * @param name what the rule is about, in a word or two
 * @param check a file to its violations
 */
record SourceRule(String name, Function<SourceFile, List<Violation>> check) {

  /** A place that breaks a rule: its line, and what is wrong with it and what to do instead. */
  record Violation(int line, String message) {}

  /** Messages of the form {@code path:line: [rule] what is wrong; what to do}. */
  List<String> violations(SourceFile file) {
    return check.apply(file).stream()
        .map(v -> file.path() + ":" + v.line + ": [" + name + "] " + v.message)
        .toList();
  }

  /**
   * In the code (not in comments and literals) of the files that {@code where} picks, nothing
   * matches.
   */
  static SourceRule code(String name, Predicate<SourceFile> where, String regex, String instead) {
    return matching(name, where.and(SourceFile::isJava), SourceFile::code, regex, instead);
  }

  /** Nowhere in the files that {@code where} picks, comments included, does anything match. */
  static SourceRule text(String name, Predicate<SourceFile> where, String regex, String instead) {
    return matching(name, where, SourceFile::text, regex, instead);
  }

  private static SourceRule matching(
      String name,
      Predicate<SourceFile> where,
      Function<SourceFile, String> part,
      String regex,
      String instead) {
    Pattern pattern = Pattern.compile(regex, Pattern.MULTILINE);
    return new SourceRule(
        name,
        file -> {
          List<Violation> found = new ArrayList<>();
          if (where.test(file)) {
            Matcher m = pattern.matcher(part.apply(file));
            while (m.find()) {
              String what = m.group().strip().replaceAll("\\s+", " ");
              String shown = what.length() > 60 ? what.substring(0, 60) + "…" : what;
              found.add(new Violation(file.line(m.start()), "\"" + shown + "\": " + instead));
            }
          }
          return found;
        });
  }

  /** In the files that {@code where} picks, {@code bad} does not hold. */
  static SourceRule file(
      String name, Predicate<SourceFile> where, Predicate<SourceFile> bad, String message) {
    return new SourceRule(
        name,
        file ->
            where.test(file) && bad.test(file) ? List.of(new Violation(1, message)) : List.of());
  }
}
