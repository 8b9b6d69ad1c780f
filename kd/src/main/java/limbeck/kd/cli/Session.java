package limbeck.kd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import limbeck.kd.Distiller;
import limbeck.kd.Experiment;
import limbeck.kd.StopSignal;
import limbeck.kd.StoppedException;
import limbeck.kd.report.ReportJson;
import limbeck.kd.report.RunReport;
import limbeck.kd.report.TextReport;
import picocli.CommandLine.Model.CommandSpec;

/**
 * One run from the command line: progress on standard error, the report on standard output, Ctrl-C
 * saves.
 */
final class Session {
  private final CommandSpec spec;
  private final boolean json;
  private final Experiment experiment;
  private final RunOptions options;
  private final Path folder;
  private final String command;

  /**
   * A session that runs an experiment.
   *
   * @param typed the command without the options that all runs have, such as {@code demo}
   */
  Session(
      CommandSpec spec,
      boolean json,
      Experiment experiment,
      RunOptions options,
      List<String> typed) {
    this.spec = spec;
    this.json = json;
    this.experiment = experiment;
    this.options = options;
    this.folder = folder();
    List<String> words = new ArrayList<>(List.of(Terminal.command()));
    words.addAll(typed);
    words.addAll(options.words(folder));
    this.command = ShellWords.join(words);
  }

  private Path folder() {
    if (options.out() != null) {
      return options.out();
    }
    Path usual = Path.of("runs", experiment.recipe().name());
    Path free = Distiller.freeFolder(experiment, usual);
    if (!free.equals(usual)) {
      err().println("  " + usual + " holds another run; this one is in " + free);
    }
    return free;
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Runs to the end, prints the report, and returns the file of a network. */
  Path run(String arm, long seed) throws Exception {
    ConsoleProgress progress = new ConsoleProgress(err());
    try (Distiller distiller =
        new Distiller(experiment, folder, options.reuse(), command, progress)) {
      distiller.cache(options.cache());
      return StopSignal.during(() -> run(distiller, progress, arm, seed), distiller::stop, err());
    }
  }

  private Path run(Distiller distiller, ConsoleProgress progress, String arm, long seed)
      throws Exception {
    try {
      progress.note("working in " + folder + "; Ctrl-C saves, the same command goes on");
      RunReport report = distiller.run(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
      progress.note("report: " + folder.resolve("report.html"));
      progress.close();
      print(report);
      return distiller.model(arm, seed);
    } catch (StoppedException e) {
      progress.close();
      err().println("limbeck: stopped and saved; go on with:  " + command);
      throw e;
    } finally {
      progress.close();
    }
  }

  /** The folder of the run. */
  Path root() {
    return folder;
  }

  private void print(RunReport report) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? ReportJson.toJson(report) : text(report));
    out.flush();
  }

  private static String text(RunReport report) {
    return Terminal.utf8() ? TextReport.of(report) : TextReport.ascii(report);
  }
}
