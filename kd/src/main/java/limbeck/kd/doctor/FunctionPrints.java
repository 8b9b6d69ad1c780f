package limbeck.kd.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import limbeck.autograd.Module;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Selu;
import limbeck.autograd.module.Sequential;
import limbeck.autograd.optim.Adadelta;
import limbeck.autograd.optim.Adagrad;
import limbeck.autograd.optim.Lamb;
import limbeck.autograd.optim.Optimizer;
import limbeck.autograd.optim.RmsProp;
import limbeck.engine.op.Clamp;
import limbeck.engine.op.Cos;
import limbeck.engine.op.CumSum;
import limbeck.engine.op.Erf;
import limbeck.engine.op.HardSigmoid;
import limbeck.engine.op.LossOp;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.Pow;
import limbeck.engine.op.Rsqrt;
import limbeck.engine.op.Shift;
import limbeck.engine.op.Sin;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.op.loss.Focal;
import limbeck.engine.op.loss.MultiMargin;
import limbeck.engine.op.loss.NegativeLogLikelihood;
import limbeck.engine.op.loss.Triplet;
import limbeck.engine.op.reduce.L1Norm;
import limbeck.engine.op.reduce.L2Norm;
import limbeck.engine.op.reduce.Min;
import limbeck.engine.op.reduce.Prod;
import limbeck.engine.tensor.Shape;

/** The models of {@link Fingerprint} for functions, losses and optimizers that are seldom used. */
final class FunctionPrints {
  private static final int STEPS = 4;
  private static final int BATCH = 23;
  private static final int IN = 13;
  private static final int CLASSES = 7;

  private FunctionPrints() {}

  /** Four networks, each with functions, a loss and an optimizer of its own. */
  static Module functions(OpContext context) {
    List<Module> models = new ArrayList<>();
    Sequential first = network(9, Activation.elu(0.7), Activation.mish(), new Selu());
    models.add(
        trained(
            context, first, first::forward, new Focal(2), new Adagrad(first.parameters(), 0.1)));
    Sequential second = network(10, Activation.hardSwish(), Activation.hardTanh());
    models.add(
        trained(
            context,
            second,
            x -> second.forward(x.apply(new HardSigmoid())),
            new MultiMargin(),
            new RmsProp(second.parameters(), 0.01, 0.9, 1e-6, 0.8, 1e-3)));
    Sequential third = network(11);
    models.add(
        trained(
            context,
            third,
            x -> third.forward(x.apply(new Sin()).plus(x.apply(new Cos()).apply(new Erf()))),
            new NegativeLogLikelihood(),
            new Adadelta(third.parameters())));
    Sequential last = network(12);
    models.add(
        trained(
            context,
            last,
            x -> FunctionPrints.divided(last.forward(FunctionPrints.divided(x))),
            new CrossEntropy(),
            new Lamb(last.parameters(), 0.05, 0.01)));
    return new Sequential(models.toArray(Module[]::new));
  }

  private static Sequential network(long seed, Module... between) {
    List<Module> parts = new ArrayList<>(List.of(new Linear(IN, 19)));
    parts.addAll(List.of(between));
    parts.add(new Linear(19, CLASSES));
    Sequential model = new Sequential(parts.toArray(Module[]::new));
    model.init(seed);
    return model;
  }

  /** Rows whose running sums are divided by norms of theirs, with what is least in them. */
  private static Var divided(Var x) {
    Var sums = x.apply(new CumSum(-1));
    Var lengths = sums.apply(new L2Norm(List.of(-1), true)).apply(new Shift(1));
    Var size = x.apply(new L1Norm(List.of(-1), true)).apply(new Pow(1.5)).apply(new Shift(1));
    Var product = x.apply(new Clamp(0.5, 1.5)).apply(new Prod(List.of(-1), true));
    return sums.dividedBy(lengths)
        .plus(size.apply(new Rsqrt()))
        .plus(product)
        .plus(x.apply(new Min(List.of(-1), true)));
  }

  private static Module trained(
      OpContext context,
      Module model,
      UnaryOperator<Var> forward,
      LossOp loss,
      Optimizer optimizer) {
    for (int step = 0; step < STEPS; step++) {
      try (Tape tape = Tape.open(context)) {
        Var x = Var.of(Fingerprint.normal(11, step, Shape.of(BATCH, IN)));
        Var labels = Var.of(Fingerprint.labels(step, BATCH, CLASSES));
        Var z = forward.apply(x);
        Var other = Var.of(Fingerprint.normal(12, step, z.shape()));
        Var one = z.apply(loss, labels);
        tape.backward(one.plus(z.apply(new Triplet(), other, other.times(-1)).times(0.1)));
      }
      optimizer.step(context.workers());
    }
    return model;
  }
}
