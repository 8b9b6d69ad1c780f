package limbeck.kd.doctor;

import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.Dropout;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Sequential;
import limbeck.autograd.optim.Adam;
import limbeck.autograd.optim.GradClip;
import limbeck.autograd.optim.Optimizer;
import limbeck.autograd.optim.Sgd;
import limbeck.engine.exec.Workers;
import limbeck.engine.io.WeightHash;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.op.loss.SoftTargets;
import limbeck.engine.op.loss.SquaredError;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * SHA-256 of the state of five small models after a few training steps on fixed data: three of
 * linear layers, and those of {@link LayerPrints}. Between them they use every optimizer,
 * activation and loss, the layers of convolutional and recurrent networks and of transformers,
 * sizes that are no multiple of a vector, and products long enough for several blocks. One value
 * for every JVM, vector width, provider and number of threads; it changes only when the meaning of
 * an op does, or when it comes to cover more.
 */
public final class Fingerprint {
  private static final int STEPS = 20;

  private Fingerprint() {}

  /** Trains and hashes, in a second or less. */
  public static String compute(Workers workers) {
    OpContext context = new OpContext(workers);
    Map<String, Tensor> weights = new LinkedHashMap<>();
    add(weights, "relu.", classifier(context));
    add(weights, "smooth.", distilled(context));
    add(weights, "wide.", regression(context));
    add(weights, "images.", LayerPrints.images(context));
    add(weights, "tokens.", LayerPrints.tokens(context));
    add(weights, "layers.", LayerPrints.layers(context));
    add(weights, "norms.", LayerPrints.norms(context));
    add(weights, "gated.", LayerPrints.gated(context));
    add(weights, "functions.", FunctionPrints.functions(context));
    return WeightHash.of(weights);
  }

  private static void add(Map<String, Tensor> weights, String prefix, Module model) {
    model.state().forEach((name, t) -> weights.put(prefix + name, t));
  }

  private static Module classifier(OpContext context) {
    Sequential model =
        new Sequential(
            new Dropout(0.1),
            new Linear(37, 67),
            Activation.relu(),
            new Dropout(0.5),
            new Linear(67, 11));
    model.init(1);
    Optimizer optimizer = new Sgd(model.parameters(), 0.1, 0.9, true, 1e-4);
    for (int step = 0; step < STEPS; step++) {
      model.train(1, step);
      try (Tape tape = Tape.open(context)) {
        Var z = model.forward(Var.of(normal(1, step, Shape.of(33, 37))));
        tape.backward(z.apply(new CrossEntropy(), Var.of(labels(step, 33, 11))));
        GradClip.norm(model.parameters(), 1);
      }
      optimizer.step(context.workers());
    }
    return model;
  }

  private static Module distilled(OpContext context) {
    Module teacher =
        new Sequential(new Linear(50, 90), Activation.gelu(), new Linear(90, 7)).init(2);
    Module model =
        new Sequential(
                new Linear(50, 31),
                Activation.tanh(),
                new Linear(31, 29),
                Activation.sigmoid(),
                new Linear(29, 23),
                Activation.gelu(),
                new Linear(23, 7))
            .init(3);
    Optimizer optimizer = Adam.w(model.parameters(), 0.01, 0.01);
    for (int step = 0; step < STEPS; step++) {
      model.train(3, step);
      try (Tape tape = Tape.open(context)) {
        Tensor x = normal(2, step, Shape.of(19, 50));
        Var v = Var.of(teacher.infer(x, context));
        Var z = model.forward(Var.of(x));
        tape.backward(
            z.apply(new SoftTargets(4), v)
                .times(0.9)
                .plus(z.apply(new CrossEntropy(), Var.of(labels(step, 19, 7))).times(0.1)));
      }
      optimizer.step(context.workers());
    }
    return model;
  }

  /**
   * 4,133 inputs in one model, 4,500 rows in the other: products past one block of 4,096, on
   * several threads.
   */
  private static Module regression(OpContext context) {
    Module model = new Sequential(new Linear(4133, 5), Activation.tanh(), new Linear(5, 3)).init(4);
    Module tall = new Sequential(new Linear(3, 2)).init(5);
    Optimizer optimizer = new Adam(model.parameters(), 0.001);
    Optimizer plain = new Sgd(tall.parameters(), 0.05);
    for (int step = 0; step < STEPS; step++) {
      model.train(4, step);
      try (Tape tape = Tape.open(context)) {
        Var y = model.forward(Var.of(normal(3, step, Shape.of(9, 4133))));
        tape.backward(y.apply(SquaredError.mean(), Var.of(normal(4, step, Shape.of(9, 3)))));
      }
      optimizer.step(context.workers());
      try (Tape tape = Tape.open(context)) {
        Var z = tall.forward(Var.of(normal(5, step, Shape.of(4500, 3))));
        tape.backward(
            z.apply(SquaredError.logitMatching(), Var.of(normal(6, step, Shape.of(4500, 2)))));
      }
      plain.step(context.workers());
    }
    return new Sequential(model, tall);
  }

  static Tensor normal(long stream, long step, Shape shape) {
    Philox random = new Philox(stream, step);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.normal(i);
    }
    return Tensor.of(shape, values);
  }

  static Tensor labels(long step, int n, int classes) {
    Philox random = new Philox(7, step);
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = random.below(i, classes);
    }
    return Tensor.of(Shape.of(n), labels);
  }
}
