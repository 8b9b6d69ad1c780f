package limbeck.bench.peers;

import limbeck.bench.Product;
import limbeck.bench.workload.CaseRun;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.KernelProvider;

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
  public boolean can(Task t) {
    return true;
  }

  @Override
  public Job start(Task t) {
    if (t instanceof Task.Step step) {
      return CaseRun.of(step.of(), workers)::run;
    }
    Product product = new Product(((Task.Multiply) t).product());
    Gemm gemm = KernelProvider.f32().newGemm();
    return () -> product.run(gemm, workers);
  }
}
