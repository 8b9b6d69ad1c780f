package limbeck.kd.doctor;

import java.util.List;
import java.util.function.BinaryOperator;
import limbeck.autograd.Module;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.AdaptiveAvgPool;
import limbeck.autograd.module.AvgPool2d;
import limbeck.autograd.module.BatchNorm;
import limbeck.autograd.module.BiGru;
import limbeck.autograd.module.BiLstm;
import limbeck.autograd.module.ChannelDropout;
import limbeck.autograd.module.Conv2d;
import limbeck.autograd.module.ConvTranspose1d;
import limbeck.autograd.module.Embedding;
import limbeck.autograd.module.Flatten;
import limbeck.autograd.module.GlobalAvgPool;
import limbeck.autograd.module.GroupNorm;
import limbeck.autograd.module.Highway;
import limbeck.autograd.module.InstanceNorm;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.MaxPool2d;
import limbeck.autograd.module.PRelu;
import limbeck.autograd.module.Positions;
import limbeck.autograd.module.ProjectedLstm;
import limbeck.autograd.module.Residual;
import limbeck.autograd.module.Resize;
import limbeck.autograd.module.RmsNorm;
import limbeck.autograd.module.RotaryPositions;
import limbeck.autograd.module.ScalarMix;
import limbeck.autograd.module.Sequential;
import limbeck.autograd.module.TransformerEncoder;
import limbeck.autograd.module.TransformerSettings;
import limbeck.autograd.module.VariationalDropout;
import limbeck.autograd.optim.Adam;
import limbeck.autograd.optim.Optimizer;
import limbeck.autograd.optim.Sgd;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.GeluTanh;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.Reduction;
import limbeck.engine.op.Sigmoid;
import limbeck.engine.op.Softmax;
import limbeck.engine.op.loss.BceLogits;
import limbeck.engine.op.loss.CosineDistance;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.op.loss.Huber;
import limbeck.engine.op.loss.JensenShannon;
import limbeck.engine.op.loss.KlDivergence;
import limbeck.engine.op.loss.SoftCrossEntropy;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** The models of {@link Fingerprint} that are made of layers beyond linear ones. */
final class LayerPrints {
  private static final int STEPS = 4;
  private static final int CLASSES = 7;

  private LayerPrints() {}

  /** A convolutional network, and the activations that other models do not have. */
  static Module images(OpContext context) {
    Window padded = Window.of(3).withPadding(1);
    Window halving = padded.withStride(2);
    Module model =
        new Sequential(
                new Conv2d(3, 10, padded, false),
                new BatchNorm(10),
                Activation.leakyRelu(0.1),
                new MaxPool2d(halving, halving),
                new Residual(
                    new Sequential(
                        new Conv2d(10, 10, padded, padded, 10, true),
                        new BatchNorm(10),
                        Activation.silu())),
                new AvgPool2d(halving, padded, false),
                new Conv2d(10, 17, 1),
                Activation.softplus(),
                new Conv2d(17, 19, padded, true),
                new GlobalAvgPool(),
                new Flatten(),
                new Linear(19, 13),
                Activation.geluTanh(),
                new Linear(13, CLASSES))
            .init(6);
    Optimizer optimizer = new Sgd(model.parameters(), 0.05, 0.9, false, 0);
    for (int step = 0; step < STEPS; step++) {
      model.train(6, step);
      try (Tape tape = Tape.open(context)) {
        Var z = model.forward(Var.of(Fingerprint.normal(8, step, Shape.of(9, 3, 19, 17))));
        Var labels = Var.of(Fingerprint.labels(step, 9, CLASSES));
        tape.backward(z.apply(new CrossEntropy().withSmoothing(0.1), labels));
      }
      optimizer.step(context.workers());
    }
    return model;
  }

  /** A transformer beneath a recurrent network, with all losses that other models do not have. */
  static Module tokens(OpContext context) {
    int batch = 5;
    int time = 21;
    TransformerSettings settings = TransformerSettings.of(24, 3, 37).activation(new GeluTanh());
    BiLstm recurrent = new BiLstm(24, 9);
    Module below =
        new Sequential(
            new Embedding(50, 24),
            Positions.learned(24, 40),
            new TransformerEncoder(settings, 1, true));
    Module head = new Linear(18, CLASSES);
    Module model = new Sequential(below, recurrent, head).init(7);
    Optimizer optimizer = Adam.w(model.parameters(), 0.01, 0.01);
    Var lengths = Var.of(Tensor.of(Shape.of(batch), 21, 1, 16, 7, 20));
    for (int step = 0; step < STEPS; step++) {
      model.train(7, step);
      try (Tape tape = Tape.open(context)) {
        Tensor ids = Fingerprint.labels(step, batch * time, 50).reshape(Shape.of(batch, time));
        Var states = below.forward(Var.of(ids));
        Var z = head.forward(recurrent.ends(states, lengths));
        tape.backward(losses(z, Fingerprint.normal(9, step, Shape.of(batch, CLASSES))));
      }
      optimizer.step(context.workers());
    }
    return model;
  }

  /**
   * Layers of a language model: projected states in both directions, a highway, a mix of layers.
   */
  static Module layers(OpContext context) {
    int batch = 6;
    int time = 19;
    ProjectedLstm forward = new ProjectedLstm(21, 23, 18, false, 0.3);
    ProjectedLstm backward = new ProjectedLstm(21, 23, 18, true, 0);
    ScalarMix mix = new ScalarMix(2);
    Module highway = new Highway(18);
    Module head = new Linear(18, CLASSES);
    Module model = new Parts(forward, backward, mix, highway, head).init(8);
    Optimizer optimizer = new Sgd(model.parameters(), 0.5, 0.9, false, 0);
    Var lengths = Var.of(Tensor.of(Shape.of(batch), 19, 1, 16, 7, 0, 18));
    for (int step = 0; step < STEPS; step++) {
      model.train(8, step);
      try (Tape tape = Tape.open(context)) {
        Var x = Var.of(Fingerprint.normal(10, step, Shape.of(batch, time, 21)));
        Var both = mix.forward(List.of(forward.forward(x, lengths), backward.forward(x, lengths)));
        Var z = head.forward(highway.forward(both).mean(1));
        Var labels = Var.of(Fingerprint.labels(step, batch, CLASSES));
        tape.backward(z.apply(new CrossEntropy(), labels));
      }
      optimizer.step(context.workers());
    }
    return model;
  }

  /** Norms of groups and rows, learnt slopes, dropout of channels and of all steps, rotations. */
  static Module norms(OpContext context) {
    int channels = 6;
    int width = 18;
    Module model =
        new Sequential(
                new ChannelDropout(0.2),
                new PRelu(channels),
                new GroupNorm(2, channels),
                new RotaryPositions(width, channels),
                new VariationalDropout(0.1),
                new RmsNorm(width),
                new InstanceNorm(channels),
                new AdaptiveAvgPool(7),
                Resize.linear(11),
                new Flatten(),
                new Linear(channels * 11, CLASSES))
            .init(13);
    return trained(context, model, 13, Shape.of(11, channels, width), LayerPrints::crossEntropy);
  }

  /** Gated units in both directions, a transposed convolution, what lies between two guesses. */
  static Module gated(OpContext context) {
    Module model =
        new Sequential(
                new BiGru(18, 7, 2, 0.1),
                new ConvTranspose1d(5, 6, new Window(3, 2, 1, 1)),
                new Flatten(),
                new Linear(6 * 27, CLASSES))
            .init(14);
    JensenShannon loss = new JensenShannon(2, true, 0.3, true, Reduction.BATCH_MEAN);
    Shape outputs = Shape.of(11, CLASSES);
    return trained(
        context,
        model,
        14,
        Shape.of(11, 5, 18),
        (z, labels) ->
            crossEntropy(z, labels)
                .plus(z.apply(loss, Var.of(Fingerprint.normal(15, STEPS, outputs)))));
  }

  private static Var crossEntropy(Var z, Var labels) {
    return z.apply(new CrossEntropy(), labels);
  }

  private static Module trained(
      OpContext context, Module model, int seed, Shape shape, BinaryOperator<Var> loss) {
    Optimizer optimizer = Adam.w(model.parameters(), 0.01, 0.01);
    for (int step = 0; step < STEPS; step++) {
      model.train(seed, step);
      try (Tape tape = Tape.open(context)) {
        Var x = Var.of(Fingerprint.normal(seed, step, shape));
        Var labels = Var.of(Fingerprint.labels(step, shape.axis(0), CLASSES));
        tape.backward(loss.apply(model.forward(x), labels));
      }
      optimizer.step(context.workers());
    }
    return model;
  }

  /** Layers that are put together elsewhere. */
  private static final class Parts extends Module {
    Parts(Module... parts) {
      for (int i = 0; i < parts.length; i++) {
        child("part" + i, parts[i]);
      }
    }

    @Override
    public Var forward(Var x) {
      throw new UnsupportedOperationException("its parts are put together elsewhere");
    }
  }

  private static Var losses(Var z, Tensor teacher) {
    Var logits = Var.of(teacher);
    Var probabilities = logits.apply(new Softmax());
    return z.apply(new KlDivergence(2), probabilities)
        .plus(z.apply(new SoftCrossEntropy(3), probabilities))
        .plus(z.apply(new BceLogits(), logits.apply(new Sigmoid())))
        .plus(z.apply(new Huber(0.5), logits))
        .plus(z.apply(new CosineDistance(), logits));
  }
}
