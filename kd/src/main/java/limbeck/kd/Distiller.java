package limbeck.kd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.kd.doctor.Doctor;
import limbeck.kd.measure.Measured;
import limbeck.kd.measure.Results;
import limbeck.kd.recipe.Arm;
import limbeck.kd.report.ReportJson;
import limbeck.kd.report.Run;
import limbeck.kd.report.RunReport;
import limbeck.kd.report.TextReport;
import limbeck.kd.report.html.HtmlReport;
import limbeck.kd.train.Evaluation;
import limbeck.kd.train.Listener;
import limbeck.kd.train.RunFolder;
import limbeck.kd.train.Trained;
import limbeck.kd.train.Trainer;

/**
 * Runs an experiment: trains every arm with every seed, reads the evaluation set once at the end,
 * and reports. The baseline has the student's network, seed, data order, epochs and schedule.
 */
public final class Distiller implements AutoCloseable {
  private final Experiment experiment;
  private final RunFolder folder;
  private final Listener listener;
  private final String command;
  private final Trainer trainer;

  /**
   * A distiller for an experiment.
   *
   * @param out the run's folder
   * @param reused folders of other runs whose networks may be taken over where they are the same
   * @param command how to run it again, for the report
   * @throws IOException if the folder cannot be used
   */
  public Distiller(
      Experiment experiment, Path out, List<Path> reused, String command, Listener listener)
      throws IOException {
    this.experiment = experiment;
    experiment.check(); // what contradicts itself must not leave a folder
    this.listener = listener;
    this.command = command;
    this.folder = RunFolder.open(out, description(experiment), reused);
    try {
      this.trainer = new Trainer(experiment, folder, listener);
    } catch (Throwable t) {
      folder.close(); // nobody else can, and it is locked
      throw t;
    }
  }

  /** Keeps what teachers say in a folder that runs share, instead of in the run's own. */
  public void cache(Path shared) {
    folder.cache(shared);
  }

  private static Map<String, Object> description(Experiment e) {
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("recipe", e.recipe().name());
    run.put("settings", e.settings().values());
    run.put("seeds", e.seeds());
    run.put("train", e.train().digest());
    run.put("evaluation", e.evaluation().digest());
    return run;
  }

  /**
   * The first of {@code base}, {@code base-2}, {@code base-3} … that holds no run, or this very
   * one.
   */
  public static Path freeFolder(Experiment experiment, Path base) {
    return RunFolder.free(base, description(experiment));
  }

  /**
   * Asks for an end: what is running is saved, and {@link #run} throws {@link StoppedException}.
   */
  public void stop() {
    trainer.stop();
  }

  /**
   * Runs to the end and writes {@code report.json}, {@code report.txt} and {@code report.html}. The
   * report gives the first start and the seconds of all starts of this run.
   *
   * @param started now, ISO 8601
   * @throws StoppedException if {@link #stop} was called
   * @throws Exception whatever training threw
   */
  public RunReport run(String started) throws Exception {
    long start = System.nanoTime();
    String first = folder.started(started);
    try {
      List<Trained> trained = trainer.run(Workers.shared().count());
      listener.note("measuring on " + experiment.evaluation().name());
      RunReport report = report(measure(trained), first, folder.secondsBefore() + since(start));
      ReportJson.write(report, folder.root().resolve("report.json"));
      TextReport.write(report, folder.root().resolve("report.txt"));
      HtmlReport.write(report, folder.root().resolve("report.html"));
      folder.finished(since(start));
      return report;
    } catch (Throwable t) {
      try {
        folder.stopped(since(start));
      } catch (IOException e) {
        t.addSuppressed(e); // the first says more
      }
      throw t;
    }
  }

  private static double since(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }

  private RunReport report(List<Measured> measured, String started, double seconds) {
    Doctor doctor = Doctor.examine();
    Run run =
        new Run(
            experiment.recipe().name(),
            experiment.recipe().summary(),
            started,
            seconds,
            experiment.seeds(),
            folder.interruptions(),
            command);
    return new Reporting(new Results(experiment, measured), folder.kept())
        .report(run, doctor.environment());
  }

  private List<Measured> measure(List<Trained> trained) throws StoppedException {
    OpContext context = new OpContext(Workers.shared());
    List<Measured> measured = new ArrayList<>();
    for (Trained t : trained) {
      if (trainer.stopping()) {
        throw new StoppedException();
      }
      measured.add(
          new Measured(
              t,
              Evaluation.logits(
                  t.network(),
                  experiment.evaluation(),
                  experiment.evaluation().outputs(),
                  context)));
    }
    return measured;
  }

  /**
   * The file of a finished network.
   *
   * @throws IllegalArgumentException if there is no such arm
   */
  public Path model(String arm, long seed) {
    for (Arm a : experiment.arms()) {
      if (a.id().equals(arm)) {
        return folder.model(a, seed);
      }
    }
    throw new IllegalArgumentException("recipe: no arm \"" + arm + "\"");
  }

  /** Frees the run's folder for other processes. */
  @Override
  public void close() throws IOException {
    folder.close();
  }
}
