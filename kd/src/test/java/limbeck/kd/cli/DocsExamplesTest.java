package limbeck.kd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import limbeck.kd.data.IdxWriter;
import limbeck.kd.data.RenderedDigits;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What README.md and CONTRIBUTING.md show is true: their Java compiles and runs, their commands
 * parse, and the files and names they mention exist. Nothing is passed over: a block that is not
 * checked says why, in the comment before it.
 */
class DocsExamplesTest {
  private static final List<String> PAGES =
      List.of("README.md", "CONTRIBUTING.md", "bench/PERFORMANCE.md", "bench/results/README.md");
  private static final String EXAMPLE = "example (\\w+): .*";

  /** Names that are the JDK's, and those of {@link #values}. */
  private static final Set<String> KNOWN = Set.of("JDK_JAVA_OPTIONS", "DATA", "MODEL", "OUT");

  @TempDir static Path folder;
  private static Path root;
  private static Map<String, String> values;

  @BeforeAll
  static void drawData() throws IOException {
    root = root();
    Path data = Files.createDirectories(folder.resolve("data"));
    IdxWriter.write(data, "train", RenderedDigits.of(1, 300), true);
    IdxWriter.write(data, "t10k", RenderedDigits.of(2, 100), true);
    values =
        Map.of(
            "DATA", data.toString(),
            "MODEL", folder.resolve("student.safetensors").toString(),
            "OUT", folder.resolve("run").toString());
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

  private static List<DocsPage> pages() throws IOException {
    List<DocsPage> pages = new ArrayList<>();
    for (String name : PAGES) {
      DocsPage page = DocsPage.read(root.resolve(name));
      pages.add(new DocsPage(name, page.lines()));
    }
    return pages;
  }

  @TestFactory
  List<DynamicTest> everyBlockIsCheckedOrSaysWhyNot() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (DocsPage page : pages()) {
      for (DocsPage.Block block : page.blocks()) {
        tests.add(
            dynamicTest(
                page.name() + ":" + block.line() + " " + block.language(),
                () -> assertTrue(isCovered(block), "unknown language, or note \"" + block.note())));
      }
    }
    return tests;
  }

  private static boolean isCovered(DocsPage.Block block) {
    return switch (block.language()) {
      case "java", "diff", "toml" -> block.note().matches(EXAMPLE);
      case "sh" -> block.note().isEmpty();
      case "text" ->
          block.note().matches("example (\\w+): output") || block.note().matches("not checked: .+");
      default -> false;
    };
  }

  @TestFactory
  List<DynamicTest> examplesCompileAndRun() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (DocsPage page : pages()) {
      Map<String, List<DocsPage.Block>> examples = new LinkedHashMap<>();
      for (DocsPage.Block block : page.blocks()) {
        if (block.note().matches(EXAMPLE)) {
          String name = block.note().replaceFirst(EXAMPLE, "$1");
          examples.computeIfAbsent(name, n -> new ArrayList<>()).add(block);
        }
      }
      examples.forEach(
          (name, blocks) ->
              tests.add(dynamicTest(page.name() + " " + name, () -> check(name, blocks))));
    }
    assertFalse(tests.isEmpty());
    return tests;
  }

  private static void check(String name, List<DocsPage.Block> blocks) throws Exception {
    DocsExample example = new DocsExample(name, root);
    String expected = null;
    List<String> options = new ArrayList<>();
    for (DocsPage.Block block : blocks) {
      String[] parts = block.note().split(": ", 2)[1].split(";\\s*");
      if (block.language().equals("text")) {
        expected = block.text();
        continue;
      }
      example.add(parts[0], block.text());
      options.addAll(List.of(parts).subList(1, parts.length));
    }
    for (String option : options) {
      example.option(option);
    }
    Path work = Files.createTempDirectory(folder, name);
    example.compile(work);
    String printed = example.run(work, values);
    if (expected != null) {
      assertEquals(expected.strip(), printed.replace("\r\n", "\n").strip());
    }
  }

  @TestFactory
  Stream<DynamicTest> commandsParse() throws IOException {
    DocsCommands commands = new DocsCommands(root);
    return pages().stream()
        .flatMap(
            page ->
                page.blocks().stream()
                    .filter(block -> block.language().equals("sh"))
                    .flatMap(
                        block ->
                            DocsCommands.commands(block.text()).stream()
                                .map(c -> commandTest(page, block, c, commands))));
  }

  private static DynamicTest commandTest(
      DocsPage page, DocsPage.Block block, String command, DocsCommands commands) {
    String name = page.name() + ":" + block.line() + " " + command;
    return dynamicTest(name, () -> commands.check(command));
  }

  @TestFactory
  List<DynamicTest> linksLeadSomewhere() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (DocsPage page : pages()) {
      for (DocsPage.Piece link : page.links()) {
        if (!link.text().startsWith("https://")) {
          String name = page.name() + ":" + link.line() + " " + link.text();
          tests.add(dynamicTest(name, () -> assertTrue(leadsSomewhere(page, link.text()))));
        }
      }
    }
    return tests;
  }

  private static boolean leadsSomewhere(DocsPage page, String target) throws IOException {
    String[] parts = target.split("#", 2);
    Path here = root.resolve(page.name());
    Path file = parts[0].isEmpty() ? here : here.resolveSibling(parts[0]);
    return Files.exists(file)
        && (parts.length < 2 || DocsPage.read(file).anchors().contains(parts[1]));
  }

  @TestFactory
  List<DynamicTest> namesAndFilesExist() throws IOException {
    DocsCommands commands = new DocsCommands(root);
    List<DynamicTest> tests = new ArrayList<>();
    for (DocsPage page : pages()) {
      for (DocsPage.Piece span : page.spans()) {
        String name = page.name() + ":" + span.line() + " " + span.text();
        tests.add(dynamicTest(name, () -> checkSpan(span.text(), commands)));
      }
    }
    return tests;
  }

  /** Commands parse; settings, files, properties, packages, classes and methods exist. */
  private static void checkSpan(String span, DocsCommands commands) throws Exception {
    if (span.startsWith("--set ")) {
      List<String> set = List.of(span.substring(6));
      assertTrue(
          limbeck.kd.recipe.Recipes.all().stream()
              .anyMatch(r -> r.defaults().values().containsKey(set.get(0).replaceAll("=.*", ""))),
          "no recipe has this setting");
    } else if (span.startsWith("./limbeck") || span.startsWith("mvn ")) {
      commands.check(span);
    } else if (span.matches("[\\w.-]+(/[\\w.-]+)*/?") && span.contains("/")) {
      boolean made = span.startsWith("runs/") || span.contains("target/");
      assertTrue(made || Files.exists(root.resolve(span)), "no such file");
    } else if (span.matches("(limbeck\\.)?[A-Za-z_][\\w.]*(\\(.*\\))?")) {
      String name = span.replaceFirst("\\(.*\\)$", "");
      String last = name.substring(name.lastIndexOf('.') + 1);
      assertTrue(
          KNOWN.contains(last) || commands.mentioned(last),
          "nothing in the project is called " + last);
    }
  }

  @Test
  void jarsHaveTheVersionOfTheProject() throws IOException {
    String pom = Files.readString(root.resolve("pom.xml"));
    String version = pom.replaceFirst("(?s).*?<version>(.*?)</version>.*", "$1");
    for (DocsPage page : pages()) {
      String text = String.join("\n", page.lines());
      Matcher jar = Pattern.compile("limbeck-\\w+-([\\w.]+)\\.jar").matcher(text);
      while (jar.find()) {
        assertEquals(version, jar.group(1), page.name());
      }
    }
  }

  /** The checks can fail. */
  @Test
  void wrongDocumentationIsFound() throws IOException {
    DocsCommands commands = new DocsCommands(root);
    assertThrows(Exception.class, () -> commands.check("./limbeck dance"));
    assertThrows(Exception.class, () -> commands.check("./limbeck demo --set student.rat=1"));
    assertThrows(Exception.class, () -> commands.check("./limbeck run hinton --data DIR"));
    assertThrows(Exception.class, () -> commands.check("mvn -q -Pnone verify"));
    assertThrows(Exception.class, () -> commands.check("java -Dlimbeck.sind=off App"));
    assertThrows(Exception.class, () -> commands.check("rm -r target"));
    DocsExample broken = new DocsExample("broken", root);
    broken.add("file", "class A {\n  int x = \"text\";\n}\n");
    assertThrows(AssertionError.class, () -> broken.compile(folder.resolve("broken")));
    assertThrows(Exception.class, () -> broken.add("edit engine/src/main/java/A.java", "-x\n"));
    assertFalse(isCovered(new DocsPage.Block(1, "java", "", "class A {}")));
    assertFalse(isCovered(new DocsPage.Block(1, "text", "", "hello")));
  }
}
