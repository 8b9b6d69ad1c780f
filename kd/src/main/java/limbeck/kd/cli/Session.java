package limbeck.kd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import limbeck.kd.Distiller;
import limbeck.kd.Experiment;
import limbeck.kd.report.ReportJson;
import limbeck.kd.report.RunReport;
import limbeck.kd.report.TextReport;
import picocli.CommandLine.Model.CommandSpec;

/**
 * One run from the command line: progress on standard error, the report on standard output, Ctrl-C
 * saves.
 */
final class Session {
  private static final long SAVE_SECONDS = 60;

  private final CommandSpec spec;
  private final boolean json;
  private final CountDownLatch ended = new CountDownLatch(1);

  Session(CommandSpec spec, boolean json) {
    this.spec = spec;
    this.json = json;
  }

  RunReport run(Experiment experiment, RunOptions options, String command) throws Exception {
    String name = experiment.recipe().name();
    ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
    Distiller distiller =
        new Distiller(experiment, options.out(name), options.reuse(), command, progress);
    Thread hook = new Thread(() -> stop(distiller, command), "limbeck-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      RunReport report = distiller.run(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
      progress.close();
      print(report);
      return report;
    } finally {
      progress.close();
      ended.countDown();
      unhook(hook);
    }
  }

  private void print(RunReport report) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? ReportJson.toJson(report) : text(report));
    out.flush();
  }

  private static String text(RunReport report) {
    return Terminal.utf8() ? TextReport.of(report) : TextReport.ascii(report);
  }

  private void stop(Distiller distiller, String command) {
    distiller.stop();
    try {
      if (ended.await(SAVE_SECONDS, TimeUnit.SECONDS)) {
        spec.commandLine().getErr().println("\nlimbeck: saved. Go on with:  " + command);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void unhook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the JVM is going down already: the hook is what waits for us
    }
  }
}
