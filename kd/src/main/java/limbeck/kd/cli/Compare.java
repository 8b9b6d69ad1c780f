package limbeck.kd.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import limbeck.kd.report.ComparisonText;
import limbeck.kd.report.ReportJson;
import limbeck.kd.report.RunComparison;
import limbeck.kd.report.RunReport;
import limbeck.kd.report.html.HtmlComparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limbeck compare RUN…}. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Compare finished runs on the same data, seed by seed, each with the first one named.")
final class Compare implements Callable<Integer> {
  private static final String REPORT = "report.json";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "2..*",
      paramLabel = "RUN",
      description =
          "folder of a run, or its report.json; the first is what others are compared with")
  private List<Path> runs;

  @Option(
      names = "--arm",
      paramLabel = "ID",
      description = "arm to compare (default: the one that each run's verdict is about)")
  private String arm;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "page to write (default: compare.html)")
  private Path out = Path.of("compare.html");

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws IOException {
    RunComparison comparison = RunComparison.of(reports(), arm);
    HtmlComparison.write(comparison, out);
    if (json.on()) {
      JsonOption.print(spec, comparison.json());
    } else {
      String text =
          Terminal.utf8() ? ComparisonText.of(comparison) : ComparisonText.ascii(comparison);
      spec.commandLine().getOut().print(text);
      spec.commandLine().getOut().flush();
    }
    spec.commandLine().getErr().println("  drawn in " + out);
    spec.commandLine().getErr().flush();
    return 0;
  }

  /** The reports by name: the folder's own, or its path where two are named alike. */
  private Map<String, RunReport> reports() throws IOException {
    List<Path> folders = new ArrayList<>();
    for (Path run : runs) {
      folders.add(folder(run));
    }
    Map<String, RunReport> reports = new LinkedHashMap<>();
    for (int i = 0; i < folders.size(); i++) {
      Path folder = folders.get(i);
      String name = String.valueOf(folder.getFileName());
      boolean twice =
          folders.stream().filter(f -> String.valueOf(f.getFileName()).equals(name)).count() > 1;
      Path file = Files.isDirectory(runs.get(i)) ? runs.get(i).resolve(REPORT) : runs.get(i);
      if (Files.isDirectory(runs.get(i)) && !Files.exists(file)) {
        throw new IllegalArgumentException(
            runs.get(i) + ": is no folder of a finished run (it has no " + REPORT + ")");
      }
      reports.put(twice ? folder.toString() : name, ReportJson.read(file));
    }
    return reports;
  }

  private static Path folder(Path run) {
    Path absolute = run.toAbsolutePath().normalize();
    boolean file = absolute.endsWith(REPORT) && absolute.getParent() != null;
    return file ? absolute.getParent() : absolute;
  }
}
