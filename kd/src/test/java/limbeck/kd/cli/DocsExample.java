package limbeck.kd.cli;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import limbeck.engine.tensor.Tensor;

/**
 * One example of a page: source files, and edits of the project's own sources, that are compiled
 * together and run. The notes that make blocks part of an example are described in CONTRIBUTING.md.
 */
final class DocsExample {
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package\\s+([\\w.]+)\\s*;");
  private static final Pattern TYPE =
      Pattern.compile(
          "(?m)^(?:public\\s+)?(?:final\\s+|abstract\\s+|sealed\\s+)*"
              + "(?:class|interface|record|enum)\\s+(\\w+)");
  private static final Pattern TEST_METHOD = Pattern.compile("@Test\\s+void\\s+(\\w+)\\s*\\(");
  private static final Pattern PARAMETERIZED =
      Pattern.compile(
          "@ParameterizedTest\\s+@MethodSource\\(\"(\\w+)\"\\)\\s+void\\s+(\\w+)\\s*\\(");

  private final String name;
  private final Path root;
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, String> resources = new LinkedHashMap<>();
  private final List<List<String>> runs = new ArrayList<>();
  private boolean engineAlone;

  /**
   * @param root the project's top folder
   */
  DocsExample(String name, Path root) {
    this.name = name;
    this.root = root;
  }

  String name() {
    return name;
  }

  /**
   * Adds a block.
   *
   * @param how {@code file}, {@code insert PATH}, {@code edit PATH} or {@code resource PATH}
   */
  void add(String how, String text) throws IOException {
    String[] words = how.split("\\s+");
    if (how.equals("file")) {
      sources.put(path(text), text);
    } else if (words.length == 2 && words[0].equals("resource")) {
      resources.put(words[1].substring(words[1].lastIndexOf("/resources/") + 11), text);
    } else if (words.length == 2 && words[0].equals("insert")) {
      sources.put(inner(words[1]), inserted(source(words[1]), text));
    } else if (words.length == 2 && words[0].equals("edit")) {
      String edited = source(words[1]);
      for (String part : text.split("(?m)^@@.*\n")) {
        edited = edited(words[1], edited, part);
      }
      sources.put(inner(words[1]), edited);
    } else {
      throw new IllegalArgumentException(
          "\"" + how + "\": file, insert PATH, edit PATH or resource PATH expected");
    }
  }

  /**
   * Adds what stands after the block's kind: {@code run CLASS ARGS}, {@code test CLASS}, {@code
   * with PATH} or {@code engine alone}.
   */
  void option(String option) throws IOException {
    String[] words = option.split("\\s+");
    if (option.equals("engine alone")) {
      engineAlone = true;
    } else if (words.length >= 2 && words[0].equals("run")) {
      runs.add(List.of(words).subList(1, words.length));
    } else if (words.length == 2 && words[0].equals("with")) {
      include(root.resolve(words[1]));
    } else if (words.length == 2 && words[0].equals("test")) {
      runs.add(List.of(addTestRunner(words[1])));
    } else {
      throw new IllegalArgumentException(
          "\"" + option + "\": run CLASS ARGS, test CLASS, with PATH or engine alone expected");
    }
  }

  private static String path(String text) {
    Matcher pack = PACKAGE.matcher(text);
    Matcher type = TYPE.matcher(text);
    String folder = pack.find() ? pack.group(1).replace('.', '/') + "/" : "";
    if (text.startsWith("module ") || text.contains("\nmodule ")) {
      return "module-info.java";
    }
    if (!type.find()) {
      throw new IllegalArgumentException("no type is declared at the start of a line:\n" + text);
    }
    return folder + type.group(1) + ".java";
  }

  /** The path below the source folder, where the compiler wants it. */
  private static String inner(String path) {
    int at = path.lastIndexOf("/java/");
    if (at < 0) {
      throw new IllegalArgumentException(path + ": not below a folder src/main/java");
    }
    return path.substring(at + "/java/".length());
  }

  private String source(String path) throws IOException {
    String known = sources.get(inner(path));
    return known != null ? known : Files.readString(root.resolve(path));
  }

  /** Adds a file of the project, or the files of a folder, but for those that are edited. */
  private void include(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path, 1)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        String name = inner(file.toString().replace('\\', '/'));
        sources.putIfAbsent(name, Files.readString(file));
      }
    }
  }

  private static String inserted(String source, String members) {
    int end = source.lastIndexOf('}');
    return source.substring(0, end) + "\n" + members + source.substring(end);
  }

  /** Replaces a diff's lines with a minus by those with a plus, where the others are around. */
  private static String edited(String path, String source, String diff) {
    StringBuilder before = new StringBuilder();
    StringBuilder after = new StringBuilder();
    for (String line : diff.split("\n")) {
      String text = line.isEmpty() ? "" : line.substring(1);
      if (!line.startsWith("+")) {
        before.append(text).append('\n');
      }
      if (!line.startsWith("-")) {
        after.append(text).append('\n');
      }
    }
    int at = source.indexOf(before.toString());
    if (at < 0 || source.indexOf(before.toString(), at + 1) >= 0) {
      throw new IllegalArgumentException(
          path + " does not hold these lines exactly once:\n" + before);
    }
    return source.substring(0, at) + after + source.substring(at + before.length());
  }

  /** A main method for a test class, so that it runs without the test framework. */
  private String addTestRunner(String test) {
    String file = test.replace('.', '/') + ".java";
    String text = sources.get(file);
    if (text == null) {
      throw new IllegalArgumentException(test + ": no block of example " + name + " declares it");
    }
    StringBuilder calls = new StringBuilder();
    for (Matcher m = TEST_METHOD.matcher(text); m.find(); ) {
      calls.append("    new ").append(test).append("().").append(m.group(1)).append("();\n");
    }
    for (Matcher m = PARAMETERIZED.matcher(text); m.find(); ) {
      calls
          .append("    for (var x : ")
          .append(test)
          .append('.')
          .append(m.group(1))
          .append("()) {\n");
      calls
          .append("      new ")
          .append(test)
          .append("().")
          .append(m.group(2))
          .append("(x);\n    }\n");
    }
    if (calls.isEmpty()) {
      throw new IllegalArgumentException(test + ": no test method without a modifier");
    }
    int dot = test.lastIndexOf('.');
    String runner = test.substring(dot + 1) + "Runner";
    sources.put(
        file.replace(".java", "Runner.java"),
        (dot < 0 ? "" : "package " + test.substring(0, dot) + ";\n")
            + ("public class " + runner + " {\n  public static void main(String[] args)")
            + (" throws Exception {\n" + calls + "  }\n}\n"));
    return test + "Runner";
  }

  /** Compiles into {@code folder}; the error's message says what the compiler said. */
  void compile(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    Path source = folder.resolve("source");
    for (Map.Entry<String, String> entry : sources.entrySet()) {
      Path file = source.resolve(entry.getKey());
      Files.createDirectories(file.getParent());
      files.add(Files.writeString(file, entry.getValue()));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(found, null, null)) {
      var units = manager.getJavaFileObjectsFromPaths(files);
      Path classes = Files.createDirectories(folder.resolve("classes"));
      for (Map.Entry<String, String> entry : resources.entrySet()) {
        Path file = classes.resolve(entry.getKey());
        Files.createDirectories(file.getParent());
        Files.writeString(file, entry.getValue());
      }
      compiler.getTask(null, manager, found, options(classes), null, units).call();
    }
    List<String> faults =
        found.getDiagnostics().stream().filter(DocsExample::isFault).map(String::valueOf).toList();
    if (!faults.isEmpty()) {
      throw new AssertionError(
          "example " + name + " does not compile:\n" + String.join("\n", faults));
    }
  }

  private List<String> options(Path classes) {
    List<String> options = new ArrayList<>(List.of("--release", "17", "-proc:none"));
    options.add("-Xlint:all,-classfile,-path,-exports,-requires-automatic");
    options.addAll(List.of("--add-modules", "jdk.incubator.vector", "-d", classes.toString()));
    boolean module = sources.containsKey("module-info.java");
    options.addAll(List.of(module ? "--module-path" : "--class-path", classPath()));
    return options;
  }

  private static boolean isFault(Diagnostic<?> d) {
    boolean incubating = String.valueOf(d.getMessage(null)).contains("incubat");
    return d.getKind() != Diagnostic.Kind.NOTE && !incubating;
  }

  private String classPath() {
    return engineAlone ? engine().toString() : System.getProperty("java.class.path");
  }

  private static Path engine() {
    try {
      return Path.of(Tensor.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Runs what the notes ask for, in order, and returns what was printed. The classes are loaded
   * anew, so that edited ones win.
   *
   * @param values what words such as {@code DATA} in arguments stand for
   */
  String run(Path folder, Map<String, String> values) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      ClassLoader loader = loader(folder);
      for (List<String> words : runs) {
        String[] arguments =
            words.stream().skip(1).map(w -> values.getOrDefault(w, w)).toArray(String[]::new);
        Class<?> main = Class.forName(words.get(0), true, loader);
        main.getMethod("main", String[].class).invoke(null, (Object) arguments);
      }
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** Stays open: an idle worker thread of the example may load a class when it ends. */
  private ClassLoader loader(Path folder) throws IOException {
    List<URL> urls = new ArrayList<>();
    urls.add(folder.resolve("classes").toUri().toURL());
    for (String entry : classPath().split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }
}
