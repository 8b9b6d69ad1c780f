package limbeck.bench.workload;

import java.util.Arrays;
import limbeck.autograd.Module;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.autograd.optim.Optimizer;
import limbeck.bench.HeapMeter;
import limbeck.engine.exec.Workers;
import limbeck.engine.io.WeightHash;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.loss.CrossEntropy;

/**
 * A workload trained for some steps on a set that is small enough to learn by heart.
 *
 * @param network as trained
 * @param losses of each step's batch
 * @param bytes allocated on the heap by a step, all threads, at the least among the last steps: the
 *     compiler is at work in the others
 * @param milliseconds of a step, the median of the last half
 */
public record TrainingRun(Module network, double[] losses, long bytes, double milliseconds) {
  private static final long SEED = 1;

  /** Trains from scratch, the same in every detail for any workers. */
  public static TrainingRun of(Workload w, Examples set, int batch, int steps, Workers workers) {
    Module network = w.network().get().init(SEED);
    Optimizer optimizer = w.optimizer().apply(network.parameters());
    OpContext context = new OpContext(workers);
    double[] losses = new double[steps];
    double[] times = new double[steps];
    long bytes = Long.MAX_VALUE;
    long asking = HeapMeter.least();
    for (int step = 0; step < steps; step++) {
      Var x = Var.of(set.batch(step, batch));
      Var labels = Var.of(set.labelBatch(step, batch));
      long start = System.nanoTime();
      long before = HeapMeter.allocated();
      network.train(SEED, step);
      try (Tape tape = Tape.open(context)) {
        Var loss = network.forward(x).apply(new CrossEntropy(), labels);
        tape.backward(loss);
        losses[step] = loss.item();
      }
      optimizer.step(workers);
      bytes = step < steps / 2 ? bytes : Math.min(bytes, HeapMeter.allocated() - before - asking);
      times[step] = (System.nanoTime() - start) * 1e-6;
    }
    return new TrainingRun(network, losses, bytes, median(times, steps / 2));
  }

  /** The mean loss of {@code n} steps from {@code from} on. */
  public double meanLoss(int from, int n) {
    double sum = 0;
    for (int i = from; i < from + n; i++) {
      sum += losses[i];
    }
    return sum / n;
  }

  /** The digest of the weights. */
  public String hash() {
    return WeightHash.of(network.state());
  }

  private static double median(double[] times, int from) {
    double[] last = Arrays.copyOfRange(times, from, times.length);
    Arrays.sort(last);
    return last[last.length / 2];
  }
}
