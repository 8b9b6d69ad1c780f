package limbeck.bench.peers;

import limbeck.autograd.Module;
import limbeck.autograd.Tape;
import limbeck.autograd.Tracer;
import limbeck.autograd.Var;
import limbeck.autograd.optim.Optimizer;
import limbeck.bench.workload.Workload;
import limbeck.bench.workload.Workloads;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.program.Runner;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

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
    return c.training() ? new Training(c) : new Inference(c);
  }

  private final class Training implements Job {
    private final Module network;
    private final Optimizer optimizer;
    private final OpContext context = new OpContext(workers);
    private final Var x;
    private final Var labels;
    private long step;

    Training(Case c) {
      Workload w = Workloads.named(c.workload());
      network = w.network().get().init(1);
      optimizer = w.optimizer().apply(network.parameters());
      x = Var.of(Tensor.of(Shape.of(c.input()), c.values()));
      labels = Var.of(Tensor.zeros(DType.I32, Shape.of(c.input()[0])));
    }

    @Override
    public void run() {
      network.train(1, step++);
      try (Tape tape = Tape.open(context)) {
        Var loss = network.forward(x).apply(new CrossEntropy(), labels);
        tape.backward(loss);
        loss.item();
      }
      optimizer.step(workers);
    }

    @Override
    public void close() {}
  }

  private final class Inference implements Job {
    private final Runner runner;
    private final float[] in;
    private final float[] out;

    Inference(Case c) {
      Workload w = Workloads.named(c.workload());
      int[] example = java.util.Arrays.copyOfRange(c.input(), 1, c.input().length);
      Module network = w.network().get().init(1);
      runner = Tracer.trace(network, DType.F32, Shape.of(example)).runner(workers);
      in = c.values();
      out = new float[c.input()[0] * w.classes()];
    }

    @Override
    public void run() {
      runner.run(in, out);
    }

    @Override
    public void close() {}
  }
}
