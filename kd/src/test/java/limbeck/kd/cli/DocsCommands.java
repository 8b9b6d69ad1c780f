package limbeck.kd.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import limbeck.kd.recipe.Recipe;
import picocli.CommandLine;

/** Checks commands of the documentation without running them. Unknown ones are errors. */
final class DocsCommands {
  private static final Set<String> GOALS =
      Set.of(
          "compile",
          "test-compile",
          "test",
          "package",
          "verify",
          "install",
          "exec:exec",
          "org.pitest:pitest-maven:mutationCoverage",
          "spotless:apply");
  private static final Set<String> FLAGS =
      Set.of("-q", "-o", "-am", "-DskipTests", "-Dsurefire.failIfNoSpecifiedTests=false");

  private static final String READ = ".*/(?!Docs)[^/]*(\\.java|\\.xml|/limbeck|/run)";

  private static final String TEXT_COMMANDS = "nlp/src/main/java/limbeck/nlp/cli";
  private static final String TEXT_RECIPES = "nlp/src/main/resources/limbeck/nlp/recipe";

  private final Path root;
  private String everything;

  /**
   * @param root the project's top folder
   */
  DocsCommands(Path root) {
    this.root = root;
  }

  /** The commands of a shell block: comments dropped, continued lines joined. */
  static List<String> commands(String block) {
    List<String> commands = new ArrayList<>();
    for (String line : block.replace("\\\n", " ").split("\n")) {
      String command = line.replaceFirst("(^|\\s)#.*$", "").strip();
      if (!command.isEmpty()) {
        commands.add(command);
      }
    }
    return commands;
  }

  /**
   * Checks one command.
   *
   * @throws Exception if it names something that does not exist
   */
  void check(String command) throws Exception {
    List<String> words = new ArrayList<>(List.of(command.split("\\s+")));
    while (words.get(0).matches("[A-Z_]+=\\S*")) {
      words.remove(0);
    }
    String program = words.remove(0);
    switch (program) {
      case "./limbeck" -> limbeckOrText(words);
      case "mvn" -> maven(words);
      case "java" -> java(words);
      case ".ci/run",
          "bench/checks/cliffs.sh",
          "bench/checks/fingerprints.sh",
          "bench/checks/kill.sh",
          "bench/checks/report.sh",
          "bench/checks/settings.sh",
          "bench/checks/startup.sh",
          "bench/peers/openblas/compare.sh",
          "bench/peers/run.sh" ->
          require(Files.isExecutable(root.resolve(program)), program);
      case "python" ->
          require(words.stream().allMatch(w -> Files.exists(root.resolve(w))), command);
      case "export", "git", "jfr" -> require(!words.isEmpty(), command);
      default -> throw new IllegalArgumentException("no check for " + program);
    }
  }

  /** Commands and recipes of the module for texts, which is not here, are looked up as files. */
  private void limbeckOrText(List<String> words) throws IOException {
    boolean known =
        words.isEmpty()
            || words.get(0).startsWith("-")
            || new CommandLine(new Main()).getSubcommands().containsKey(words.get(0));
    if (!known) {
      String source = textCommand(words.get(0));
      for (String word : words) {
        require(!word.startsWith("--") || source.contains('"' + word + '"'), word);
      }
    } else if (isTextRecipe(words)) {
      new CommandLine(new Main()).parseArgs(words.toArray(String[]::new));
    } else {
      limbeck(words);
    }
  }

  private boolean isTextRecipe(List<String> words) {
    if (words.size() < 2 || !Set.of("run", "study").contains(words.get(0))) {
      return false;
    }
    String before = words.get(0).equals("study") ? "study-" : "";
    return Files.exists(root.resolve(TEXT_RECIPES).resolve(before + words.get(1) + ".toml"));
  }

  private String textCommand(String name) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(TEXT_COMMANDS))) {
      for (Path file : files.toList()) {
        String source = Files.readString(file);
        if (source.contains("name = \"" + name + "\"")) {
          return source;
        }
      }
    }
    throw new IllegalArgumentException(name + ": there is no such command");
  }

  /** Parses as the command line would, and looks up recipes and settings. */
  static void limbeck(List<String> typed) {
    int redirection = typed.indexOf(">");
    List<String> words = redirection < 0 ? typed : typed.subList(0, redirection);
    CommandLine.ParseResult given =
        new CommandLine(new Main()).parseArgs(words.toArray(String[]::new));
    CommandLine.ParseResult command = given.subcommand();
    Recipe recipe = recipe(command);
    if (command != null && command.commandSpec().findOption("--set") != null) {
      List<String> assignments = command.commandSpec().findOption("--set").getValue();
      recipe.defaults().with(assignments);
    }
  }

  private static Recipe recipe(CommandLine.ParseResult command) {
    String name = command == null ? "" : command.commandSpec().name();
    boolean named =
        Set.of("run", "recipes").contains(name)
            && command.hasMatchedPositional(0)
            && !command.matchedPositionalValue(0, "").endsWith(".toml");
    return named
        ? limbeck.kd.recipe.Recipes.named(command.matchedPositionalValue(0, ""))
        : new limbeck.kd.recipe.Demo();
  }

  private void maven(List<String> words) throws IOException {
    String pom = Files.readString(root.resolve("pom.xml"));
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("-pl")) {
        for (String module : words.get(++i).split(",")) {
          require(pom.contains("<module>" + module + "</module>"), "module " + module);
        }
      } else if (word.equals("-f")) {
        String folder = words.get(++i);
        require(Files.exists(root.resolve(folder).resolve("pom.xml")), "project " + folder);
      } else if (word.startsWith("-Djqwik.tries.default=")) {
        require(sources("LossProps.java"), "properties");
      } else if (word.startsWith("-P")) {
        require(profile(word.substring(2)), "profile " + word);
      } else if (word.startsWith("-Dtest=")) {
        require(sources(word.substring(7) + ".java"), "test class " + word.substring(7));
      } else if (word.startsWith("-Dlimbeck.") || word.startsWith("-DargLine=")) {
        property(word.replace("-DargLine=", ""));
      } else if (!word.startsWith("-DspotlessFiles=")) {
        require(FLAGS.contains(word) || GOALS.contains(word), "maven goal or flag " + word);
      }
    }
  }

  private void java(List<String> words) throws IOException {
    for (String word : words) {
      if (word.startsWith("-D")) {
        property(word);
      } else if (word.matches("limbeck(\\.\\w+)+|\\w+Bench")) {
        require(sources(word.substring(word.lastIndexOf('.') + 1) + ".java"), "class " + word);
      } else if (word.endsWith(".jar")) {
        require(mentioned(word.substring(word.lastIndexOf('/') + 1)), word);
      }
    }
  }

  private void property(String word) throws IOException {
    String name = word.substring(2).replaceFirst("=.*", "");
    require(mentioned(name), "property " + name);
  }

  /** Whether some source, test or build file, but for this test's own, holds this name. */
  boolean mentioned(String name) throws IOException {
    if (everything == null) {
      StringBuilder all = new StringBuilder();
      try (Stream<Path> files = files()) {
        for (Path file : files.sorted().toList()) {
          all.append(file.getFileName()).append('\n');
          if (file.toString().replace('\\', '/').matches(READ)) {
            all.append(Files.readString(file)).append('\n');
          }
        }
      }
      everything = all.toString();
    }
    return Pattern.compile("(?<!\\w)" + Pattern.quote(name) + "(?!\\w)").matcher(everything).find();
  }

  /** Whether the parent, or a module, has a profile. */
  private boolean profile(String id) throws IOException {
    try (Stream<Path> files = files()) {
      for (Path pom : files.filter(f -> f.endsWith("pom.xml")).toList()) {
        if (Files.readString(pom).contains("<id>" + id + "</id>")) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean sources(String name) throws IOException {
    try (Stream<Path> files = files()) {
      return files.anyMatch(f -> f.endsWith(name));
    }
  }

  private Stream<Path> files() throws IOException {
    return Files.walk(root)
        .filter(f -> !root.relativize(f).toString().matches("(.*/)?(target|\\.git|runs)(/.*)?"))
        .filter(Files::isRegularFile);
  }

  private static void require(boolean good, String what) {
    if (!good) {
      throw new IllegalArgumentException(what + ": there is no such thing");
    }
  }
}
