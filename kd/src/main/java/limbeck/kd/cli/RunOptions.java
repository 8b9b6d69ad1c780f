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
      description = "change a setting; see: limbeck recipes NAME")
  private List<String> set = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder of the run (default: runs/NAME); the same command resumes it")
  private Path out;

  @Option(
      names = "--reuse",
      paramLabel = "DIR",
      description = "take over networks of another run's folder where they are the very same")
  private List<Path> reuse = new ArrayList<>();

  List<Long> seeds() {
    return seeds;
  }

  List<String> set() {
    return set;
  }

  Path out(String recipe) {
    return out == null ? Path.of("runs", recipe) : out;
  }

  List<Path> reuse() {
    return reuse;
  }

  /** These options as they would be typed. */
  String typed(String recipe) {
    StringBuilder s = new StringBuilder();
    s.append(" --seeds ").append(String.join(",", seeds.stream().map(String::valueOf).toList()));
    set.forEach(x -> s.append(" --set ").append(x));
    reuse.forEach(x -> s.append(" --reuse ").append(x));
    return s.append(" --out ").append(out(recipe)).toString();
  }
}
