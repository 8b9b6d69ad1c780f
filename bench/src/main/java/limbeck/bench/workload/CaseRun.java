package limbeck.bench.workload;

import limbeck.autograd.Module;
import limbeck.autograd.Tape;
import limbeck.autograd.Tracer;
import limbeck.autograd.Var;
import limbeck.autograd.optim.Optimizer;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.program.Runner;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** A {@link Case} made ready to be run again and again. */
public final class CaseRun {
  private CaseRun() {}

  /** Each run is a training step on the same batch, or an inference. */
  public static Runnable of(Case c, Workers workers) {
    Workload w = Workloads.named(c.workload());
    Module network = w.network().get().init(1);
    if (c.training()) {
      Tensor x = Tensor.of(Shape.of(c.input()), c.values());
      return training(
          network, w.optimizer().apply(network.parameters()), x, new OpContext(workers));
    }
    Runner runner = Tracer.trace(network, DType.F32, c.example()).runner(workers);
    float[] in = c.values();
    float[] out = new float[c.input()[0] * w.classes()];
    return () -> runner.run(in, out);
  }

  /** Each run is a training step on x, whose labels are all 0. */
  static Runnable training(Module network, Optimizer optimizer, Tensor x, OpContext context) {
    return new Training(network, optimizer, x, context);
  }

  private static final class Training implements Runnable {
    private final Module network;
    private final Optimizer optimizer;
    private final OpContext context;
    private final Var x;
    private final Var labels;
    private long step;

    Training(Module network, Optimizer optimizer, Tensor x, OpContext context) {
      this.network = network;
      this.optimizer = optimizer;
      this.context = context;
      this.x = Var.of(x);
      this.labels = Var.of(Tensor.zeros(DType.I32, Shape.of(x.shape().axis(0))));
    }

    @Override
    public void run() {
      network.train(1, step++);
      try (Tape tape = Tape.open(context)) {
        Var loss = network.forward(x).apply(new CrossEntropy(), labels);
        tape.backward(loss);
        loss.item();
      }
      optimizer.step(context.workers());
    }
  }
}
