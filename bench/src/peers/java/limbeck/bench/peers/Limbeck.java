package limbeck.bench.peers;

import limbeck.bench.workload.Case;
import limbeck.bench.workload.CaseRun;
import limbeck.engine.exec.Workers;

/** Ourselves. */
final class Limbeck implements Party {
  private final Workers workers;

  Limbeck(Workers workers) {
    this.workers = workers;
  }

  @Override
  public String name() {
    return "Limbeck";
  }

  @Override
  public boolean can(Case c) {
    return true;
  }

  @Override
  public Job start(Case c) {
    Runnable run = CaseRun.of(c, workers);
    return new Job() {
      @Override
      public void run() {
        run.run();
      }

      @Override
      public void close() {}
    };
  }
}
