package limbeck.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which module may use what: the table of the architecture, as a rule. */
final class DependencyRule {
  private static final Map<String, List<String>> MODULES =
      Map.of(
          "engine", List.of("engine"),
          "autograd", List.of("autograd", "engine"),
          "kd", List.of("kd", "autograd", "engine"),
          "nlp", List.of("nlp", "kd", "autograd", "engine"),
          "bench", List.of("bench", "nlp", "kd", "autograd", "engine"));

  /** Libraries by module; those of a command line come in {@link #mayUse}. */
  private static final Map<String, List<String>> LIBRARIES =
      Map.of("kd", List.of("org.joml"), "nlp", List.of("it.unimi.dsi.fastutil"));

  private static final List<String> TEST_LIBRARIES =
      List.of("org.junit", "org.opentest4j", "net.jqwik");

  /** Packages of java.base that engine and autograd may use: no other module of the JDK. */
  private static final Pattern BASE =
      Pattern.compile(
          "java\\.(io|lang|math|net|nio|security|text|time|util)\\."
              + "(?!(logging|prefs|http|instrument|management)\\.).*");

  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import\\s+(?:static\\s+)?([\\w.]+(?:\\.\\*)?)\\s*;");
  private static final Pattern QUALIFIED =
      Pattern.compile(
          "(?<![\\w.])((?:limbeck\\.\\w+|picocli|org\\.joml|org\\.tomlj|it\\.unimi)\\.[\\w.]+)");

  private DependencyRule() {}

  /** Checks imports, and qualified names of ours and of libraries in the code. */
  static SourceRule rule() {
    return new SourceRule("dependency", DependencyRule::violations);
  }

  private static List<SourceRule.Violation> violations(SourceFile file) {
    Map<Integer, SourceRule.Violation> byLine = new TreeMap<>();
    if ((file.isMain() || file.isTest()) && MODULES.containsKey(file.module())) {
      for (Pattern pattern : List.of(IMPORT, QUALIFIED)) {
        Matcher m = pattern.matcher(file.code());
        while (m.find()) {
          if (!mayUse(file, m.group(1))) {
            int line = file.line(m.start());
            String message = m.group(1) + " is not for " + where(file) + "; " + allowed(file);
            byLine.putIfAbsent(line, new SourceRule.Violation(line, message));
          }
        }
      }
    }
    return List.copyOf(byLine.values());
  }

  private static String where(SourceFile file) {
    return file.pack() + (file.isTest() ? " (tests)" : "");
  }

  private static String allowed(SourceFile file) {
    List<String> may = new ArrayList<>();
    may.add(onlyBase(file) ? "java.base" : "the JDK");
    MODULES.get(file.module()).forEach(module -> may.add("limbeck." + module));
    may.addAll(LIBRARIES.getOrDefault(file.module(), List.of()));
    return "it may use "
        + String.join(", ", may)
        + " (and picocli in kd.cli and nlp.cli,"
        + " tomlj in kd.recipe.file)";
  }

  private static boolean mayUse(SourceFile file, String name) {
    if (name.startsWith("limbeck.")) {
      return MODULES.get(file.module()).contains(name.split("\\.")[1]);
    }
    if (name.startsWith("jdk.incubator.")) {
      return true; // has a rule of its own
    }
    if (file.module().equals("bench")) {
      return true;
    }
    if (file.isTest() && startsWithAny(name, TEST_LIBRARIES)) {
      return true;
    }
    if (name.startsWith("picocli.")) {
      return file.within("limbeck.kd.cli", "limbeck.nlp.cli");
    }
    if (name.startsWith("org.tomlj.")) {
      return file.within("limbeck.kd.recipe.file");
    }
    return isJdk(file, name)
        || startsWithAny(name, LIBRARIES.getOrDefault(file.module(), List.of()));
  }

  private static boolean isJdk(SourceFile file, String name) {
    return onlyBase(file)
        ? BASE.matcher(name).matches()
        : startsWithAny(name, List.of("java", "javax", "com.sun", "jdk"));
  }

  private static boolean onlyBase(SourceFile file) {
    return file.isMain() && List.of("engine", "autograd").contains(file.module());
  }

  private static boolean startsWithAny(String name, List<String> roots) {
    return roots.stream().anyMatch(root -> name.startsWith(root + "."));
  }
}
