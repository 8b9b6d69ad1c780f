package limbeck.kd.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What all runs can be told. */
final class RunOptions {
  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "N",
      description = "seeds, one run of every network each (default: 1,2,3)")
  private List<Long> seeds = List.of(1L, 2L, 3L);

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      parameterConsumer = Assignments.class,
      description = "change settings, one or several; see: recipes NAME")
  private List<String> set = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "folder of the run; the same command resumes it (default: runs/NAME, or runs/NAME-2 and"
              + " so on if that holds another run)")
  private Path out;

  @Option(
      names = "--reuse",
      paramLabel = "DIR",
      description = "take over networks of another run's folder where they are the very same")
  private List<Path> reuse = new ArrayList<>();

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description =
          "folder for what teachers say, shared by runs: a teacher that was asked before, by"
              + " another run too, is not asked again (default: in the run's folder)")
  private Path cache;

  /** The folder for what teachers say; null: the run's own. */
  Path cache() {
    return cache;
  }

  List<Long> seeds() {
    return seeds;
  }

  List<String> set() {
    return set;
  }

  /** The folder that was asked for; null if it is left to us. */
  Path out() {
    return out;
  }

  List<Path> reuse() {
    return reuse;
  }

  /** These options as words of a command, with the folder that was chosen. */
  List<String> words(Path folder) {
    List<String> words = new ArrayList<>();
    words.add("--seeds");
    words.add(String.join(",", seeds.stream().map(String::valueOf).toList()));
    set.forEach(x -> words.addAll(List.of("--set", x)));
    reuse.forEach(x -> words.addAll(List.of("--reuse", x.toString())));
    if (cache != null) {
      words.addAll(List.of("--cache", cache.toString()));
    }
    words.addAll(List.of("--out", folder.toString()));
    return words;
  }
}
