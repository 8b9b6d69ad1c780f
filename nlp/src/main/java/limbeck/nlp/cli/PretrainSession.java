package limbeck.nlp.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import limbeck.engine.op.OpContext;
import limbeck.kd.StopSignal;
import limbeck.kd.StoppedException;

/** How the commands that pretrain run: what they say, and what Ctrl-C does. */
final class PretrainSession {
  /** Seconds of training between checkpoints. */
  static final double CHECKPOINT_SECONDS = 60;

  private PretrainSession() {}

  /** A pretraining that is ready to run. */
  interface Work {
    /**
     * Runs it to the end.
     *
     * @throws StoppedException if it was asked to stop
     */
    void run(OpContext context) throws Exception;
  }

  /**
   * Runs a pretraining.
   *
   * @param stop asks it to save and stop; called from another thread
   * @param out its folder
   * @return the exit code
   * @throws StoppedException if the JVM was told to go down meanwhile; all is saved
   */
  static int run(Work work, Runnable stop, Path out, PrintWriter err) throws Exception {
    return StopSignal.during(() -> run(work, out, err), stop, err);
  }

  private static int run(Work work, Path out, PrintWriter err) throws Exception {
    err.println("  working in " + out + "; Ctrl-C saves, the same command goes on");
    try {
      work.run(new OpContext());
    } catch (StoppedException e) {
      err.println("limbeck: stopped and saved; the same command goes on");
      throw e;
    }
    err.println("  model: " + out);
    return 0;
  }
}
