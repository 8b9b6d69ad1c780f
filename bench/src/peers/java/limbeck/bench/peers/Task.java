package limbeck.bench.peers;

import limbeck.autograd.Summary;
import limbeck.bench.Product;
import limbeck.bench.workload.Case;
import limbeck.bench.workload.Workload;
import limbeck.bench.workload.Workloads;
import limbeck.engine.tensor.DType;

/** Something that parties are timed at. */
public sealed interface Task {
  /** As it is called in tables: {@code resnet20 64x3x32x32}, {@code gemm nt 100x1200x784}. */
  String workload();

  /** {@code train}, {@code infer} or {@code gemm}. */
  String phase();

  /** Its multiply-adds. */
  double multiplyAdds();

  /** Seconds after which ours is compiled. */
  double warmUpSeconds();

  /**
   * A training step or an inference of a workload.
   *
   * @param of which one
   */
  record Step(Case of) implements Task {
    private static final int TRAINING_PRODUCTS = 3;

    @Override
    public String workload() {
      return of.title();
    }

    @Override
    public String phase() {
      return of.phase();
    }

    /** In training three times those of the forward pass: each product has two gradients. */
    @Override
    public double multiplyAdds() {
      Workload w = Workloads.named(of.workload());
      Summary one = Summary.of(w.network().get().init(1), DType.F32, of.example());
      return (double) one.multiplyAdds() * of.input()[0] * (of.training() ? TRAINING_PRODUCTS : 1);
    }

    @Override
    public double warmUpSeconds() {
      return 4;
    }
  }

  /**
   * A matrix product that workloads compute.
   *
   * @param product its text, see {@link Product}
   */
  record Multiply(String product) implements Task {
    @Override
    public String workload() {
      String[] parts = product.split(":", 2);
      return "gemm " + parts[0] + " " + parts[1].replace(':', 'x');
    }

    @Override
    public String phase() {
      return "gemm";
    }

    @Override
    public double multiplyAdds() {
      return new Product(product).operations() / 2;
    }

    @Override
    public double warmUpSeconds() {
      return 1;
    }
  }
}
