package limbeck.engine.program;

import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.math.Fma;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Workspace;

/**
 * What a {@link Runner} runs with: plain loops for the first few runs of a small program, then the
 * kernels of this JVM. In a JVM that has just started, loops over vectors are interpreted, each
 * vector an object, and their classes are loaded first: that takes a tenth of a second and more,
 * where plain loops take a few milliseconds. For the same reason weights are not packed before
 * these runs. The bits are the same.
 *
 * <p>Who sets the property {@value KernelProvider#PROPERTY} to anything but {@code off} gets what
 * it says at once.
 */
final class FirstRuns {
  /** Runs by plain loops: what a process asks for that ends soon. */
  private static final int RUNS = 8;

  /** Multiply-adds of one example up to which a program is small: a millisecond when compiled. */
  private static final long SMALL = 1 << 20;

  private final Workers workers;
  private OpContext context;
  private int left;

  private FirstRuns(Workers workers, OpContext context, int runs) {
    this.workers = workers;
    this.context = context;
    this.left = runs;
  }

  /** For a program on this JVM's kernels. */
  static FirstRuns of(Program program, Workers workers) {
    String simd = System.getProperty(KernelProvider.PROPERTY);
    boolean vectors = simd != null && !simd.equals("off");
    if (vectors || multiplyAdds(program) > SMALL) {
      return none(new OpContext(workers));
    }
    Fma.checkProperty(); // as the choice of kernels will, later
    OpContext plain = new OpContext(KernelProvider.plainF32(), workers, new Workspace());
    return new FirstRuns(workers, plain, RUNS);
  }

  /** No first runs: the context from the start. */
  static FirstRuns none(OpContext context) {
    return new FirstRuns(context.workers(), context, -1);
  }

  private static long multiplyAdds(Program program) {
    Shape[] shapes = program.infer(program.signature().batches(1));
    long sum = 0;
    for (int i = 0; i < program.steps().size(); i++) {
      sum += program.steps().get(i).op().multiplyAdds(program.operands(i, shapes));
    }
    return sum;
  }

  /** What to run with. */
  OpContext context() {
    return context;
  }

  /** Whether there are any still to come. */
  boolean areAhead() {
    return left >= 0;
  }

  /** Counts a run; true once, when {@link #context} is another than before. */
  boolean areOver() {
    if (left < 0) {
      return false;
    }
    left--;
    if (left < 0) {
      context = new OpContext(workers);
    }
    return left < 0;
  }
}
