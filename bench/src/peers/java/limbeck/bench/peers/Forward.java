package limbeck.bench.peers;

import limbeck.bench.workload.Case;
import limbeck.autograd.Summary;
import limbeck.bench.workload.Workload;
import limbeck.bench.workload.Workloads;
import limbeck.engine.tensor.DType;

/** The arithmetic of a forward pass. */
final class Forward {
  private Forward() {}

  /** Multiply-adds of a case's forward pass. */
  static long multiplyAdds(Case c) {
    Workload w = Workloads.named(c.workload());
    Summary one = Summary.of(w.network().get().init(1), DType.F32, c.example());
    return one.multiplyAdds() * c.input()[0];
  }
}
