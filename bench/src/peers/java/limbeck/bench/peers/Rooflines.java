package limbeck.bench.peers;

import java.util.Locale;
import java.util.stream.Stream;
import limbeck.autograd.Summary;
import limbeck.bench.workload.Case;
import limbeck.bench.workload.Workload;
import limbeck.bench.workload.Workloads;
import limbeck.engine.tensor.DType;

/**
 * Prints, in Markdown, what each workload asks of a machine and what that takes at the rates that
 * are measured on the spot: multiply-adds in registers, and bytes if no cache held anything from
 * one pass over them to the next.
 *
 * <p>Passes over parameters: 1 in inference; in training 3 for the products (forward, backward, the
 * gradient written) and, gradient, weights and state read and the latter two written, 5 for SGD
 * with momentum and 7 for Adam. Passes over activations: 2 in inference, written and read; 4 in
 * training, with their gradients. The time of the multiply-adds cannot be undercut; that of the
 * bytes can, by as much as stays in caches.
 */
final class Rooflines {
  private static final double MB = 1e6;

  private Rooflines() {}

  /**
   * @param args the number of threads
   */
  public static void main(String[] args) {
    int threads = Integer.parseInt(args[0]);
    MachineLimits limits = MachineLimits.measure(threads);
    System.out.printf(
        Locale.ROOT,
        "%d threads, %.1f G multiply-adds/s, %.1f GB/s%n%n",
        threads,
        limits.multiplyAdds() * 1e-9,
        limits.bytes() * 1e-9);
    System.out.println(
        "| workload | M multiply-adds | ms | parameters MB | activations MB | bytes, ms |\n"
            + "|---|---|---|---|---|---|");
    Stream.of(Case.TRAIN, Case.INFER).flatMap(l -> l.stream()).forEach(c -> line(c, limits));
  }

  private static void line(Case c, MachineLimits limits) {
    Workload w = Workloads.named(c.workload());
    Summary one = Summary.of(w.network().get().init(1), DType.F32, c.example());
    double multiplyAdds = new Task.Step(c).multiplyAdds();
    double parameters = one.parameterBytes();
    double activations = (double) one.activationBytes() * c.input()[0];
    boolean adam = c.workload().startsWith("b");
    double bytes =
        c.training()
            ? parameters * (adam ? 10 : 8) + activations * 4
            : parameters + activations * 2;
    System.out.printf(
        Locale.ROOT,
        "| %s %s | %.1f | %.3f | %.2f | %.2f | %.3f |%n",
        c.phase(),
        c.title(),
        multiplyAdds * 1e-6,
        multiplyAdds / limits.multiplyAdds() * 1e3,
        parameters / MB,
        activations / MB,
        bytes / limits.bytes() * 1e3);
  }
}
