package limbeck.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every source of every module keeps the rules of {@link SourceRules}, and every rule can fail. */
class SourceRulesTest {
  private static final Set<String> FOLDERS_LEFT_OUT = Set.of(".git", ".idea", "target", "runs");
  private static final Set<String> TEXT_FILES =
      Set.of(
          "java", "xml", "md", "properties", "toml", "json", "sh", "html", "css", "js", "py", "c");

  @Test
  void sourcesKeepTheRules() throws IOException {
    Path root = root();
    List<SourceRule> rules = SourceRules.all(path -> Files.exists(root.resolve(path)));
    List<String> violations = new ArrayList<>();
    List<SourceFile> files = sources(root);
    for (SourceFile file : files) {
      rules.forEach(rule -> violations.addAll(rule.violations(file)));
    }
    assertTrue(files.size() > 20, "found only " + files.size() + " files below " + root);
    if (!violations.isEmpty()) {
      fail(violations.size() + " violations\n" + String.join("\n", violations));
    }
  }

  @TestFactory
  Stream<DynamicTest> eachBadExampleBreaksItsRule() {
    return SourceRuleExamples.BAD.stream()
        .map(e -> DynamicTest.dynamicTest(e.rule() + ": " + e.firstLine(), () -> assertBreaks(e)));
  }

  private static void assertBreaks(SourceRuleExamples.Example example) {
    List<String> violations = violations(example);
    String start = example.path() + ":" + example.line() + ": [" + example.rule() + "] ";
    assertTrue(
        violations.stream().anyMatch(v -> v.startsWith(start)),
        () -> "expected " + start + "… but found " + violations);
  }

  @TestFactory
  Stream<DynamicTest> noGoodExampleBreaksItsRule() {
    return SourceRuleExamples.GOOD.stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.rule() + ": " + e.firstLine(),
                    () ->
                        assertEquals(
                            List.of(),
                            violations(e).stream()
                                .filter(v -> v.contains("[" + e.rule()))
                                .toList())));
  }

  @Test
  void everyRuleHasABadExample() {
    Set<String> rules =
        SourceRules.all(path -> false).stream()
            .map(SourceRule::name)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> shown =
        SourceRuleExamples.BAD.stream()
            .map(SourceRuleExamples.Example::rule)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(rules, shown);
  }

  private static List<String> violations(SourceRuleExamples.Example example) {
    SourceFile file = SourceFile.of(example.path(), example.text());
    return SourceRules.all(path -> path.startsWith("engine/")).stream()
        .flatMap(rule -> rule.violations(file).stream())
        .toList();
  }

  /** The folder of the parent POM: where tests run from, or above. */
  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isRegularFile(folder.resolve("engine/pom.xml"))) {
      folder = folder.getParent();
    }
    assertTrue(folder != null, "not run inside the project");
    return folder;
  }

  private static List<SourceFile> sources(Path root) throws IOException {
    List<Path> paths = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return FOLDERS_LEFT_OUT.contains(String.valueOf(folder.getFileName()))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isText(file.getFileName().toString())) {
              paths.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    List<SourceFile> files = new ArrayList<>();
    for (Path path : paths.stream().sorted().toList()) {
      String relative = root.relativize(path).toString().replace('\\', '/');
      files.add(SourceFile.of(relative, Files.readString(path)));
    }
    return files;
  }

  private static boolean isText(String name) {
    return TEXT_FILES.contains(name.substring(name.lastIndexOf('.') + 1))
        || Set.of("limbeck", "run").contains(name);
  }
}
