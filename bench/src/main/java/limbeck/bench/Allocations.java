package limbeck.bench;

import java.util.Locale;
import limbeck.autograd.Module;
import limbeck.autograd.Tape;
import limbeck.autograd.Tracer;
import limbeck.autograd.Var;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.Dropout;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Sequential;
import limbeck.autograd.optim.MaxNorm;
import limbeck.autograd.optim.Optimizer;
import limbeck.autograd.optim.Sgd;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.program.Program;
import limbeck.engine.program.Runner;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Prints what training and inference allocate on the heap, over all threads that live, once
 * compiled: bytes for a training step of 784-1200-1200-10 with dropout, max-norm and Nesterov's
 * momentum at batch 100, and for a run of the traced network at several batch sizes, seen before.
 *
 * <p>Until the compiler has seen a loop often enough, its vectors are objects: the first figures
 * show that, the last ones what stays.
 */
public final class Allocations {
  private static final int BATCH = 100;
  private static final int STEPS = 20;
  private static final int TURNS = 8;
  private static final int[] BATCHES = {1, 8, 64, 100, 500};
  private static final int RUNS = 400;

  private final Linear first = new Linear(784, 1200);
  private final Linear second = new Linear(1200, 1200);
  private final Module model =
      new Sequential(
          new Dropout(0.2),
          first,
          Activation.relu(),
          new Dropout(0.5),
          second,
          Activation.relu(),
          new Dropout(0.5),
          new Linear(1200, 10));

  private Allocations() {}

  /**
   * @param args the number of workers; 2 if there is none
   */
  public static void main(String[] args) {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 2;
    try (Workers workers = Workers.of(count)) {
      Allocations all = new Allocations();
      all.model.init(1);
      System.out.printf(Locale.ROOT, "%d workers; asking allocates %d%n", count, HeapMeter.least());
      all.training(new OpContext(workers));
      all.inference(workers);
    }
  }

  private void training(OpContext context) {
    Optimizer optimizer = new Sgd(model.parameters(), 0.01, 0.9, true, 0);
    Var x = Var.of(normal(BATCH, 784));
    Var labels = Var.of(Tensor.zeros(DType.I32, Shape.of(BATCH)));
    int step = 0;
    for (int turn = 0; turn < TURNS; turn++) {
      long before = HeapMeter.allocated();
      for (int i = 0; i < STEPS; i++) {
        model.train(1, step++);
        try (Tape tape = Tape.open(context)) {
          tape.backward(model.forward(x).apply(new CrossEntropy(), labels));
        }
        optimizer.step(context.workers());
        MaxNorm.apply(context.workers(), first.weight(), 3);
        MaxNorm.apply(context.workers(), second.weight(), 3);
      }
      long each = (HeapMeter.allocated() - before - HeapMeter.least()) / STEPS;
      System.out.printf(Locale.ROOT, "training, to step %d: %d bytes a step%n", step, each);
    }
  }

  private void inference(Workers workers) {
    model.evaluate();
    Program program = Tracer.trace(model, DType.F32, Shape.of(784));
    Runner runner = program.runner(workers);
    for (int batch : BATCHES) {
      float[] in = normal(batch, 784).floats();
      float[] out = new float[batch * 10];
      for (int turn = 0; turn < 3; turn++) {
        long before = HeapMeter.allocated();
        for (int i = 0; i < RUNS; i++) {
          runner.run(in, out);
        }
        long bytes = Math.max(0, HeapMeter.allocated() - before - HeapMeter.least());
        System.out.printf(
            Locale.ROOT,
            "inference, batch %d, runs %d to %d: %d bytes in all%n",
            batch,
            turn * RUNS + 1,
            (turn + 1) * RUNS,
            bytes);
      }
    }
  }

  private static Tensor normal(int... axes) {
    Tensor t = Tensor.zeros(DType.F32, Shape.of(axes));
    Philox draws = new Philox(3);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, draws.normal(i));
    }
    return t;
  }
}
