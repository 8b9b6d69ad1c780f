package limbeck.kd.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Tape;
import limbeck.autograd.Taps;
import limbeck.autograd.Var;
import limbeck.autograd.optim.Sgd;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.DropoutRates;

/** Networks for tests of several outputs, a batch of small images, and what they give for it. */
final class SmallNetworks {
  static final ImageShape IMAGE = new ImageShape(3, 8, 4);
  static final int BATCH = 4;
  static final int CLASSES = 3;
  static final Standardisation STANDARD =
      new Standardisation(List.of(0.5, 0.4, 0.6), List.of(0.2, 0.3, 0.25));

  private SmallNetworks() {}

  /** One of every family, with two stages at least. */
  static List<String> bases() {
    return List.of(
        "mlp:96-8-7-6-3",
        "plain:4-5-P-6-P-7-F9",
        "resnet-8",
        "wrn-10-1",
        "densenet-bc-16-3",
        "mobile-0.1");
  }

  static List<String> branched() {
    return bases().stream().map(b -> "one-3:" + b).toList();
  }

  static List<String> withExits() {
    return bases().stream().map(b -> "exits:" + b).toList();
  }

  static ImageNetwork network(String name, long seed) {
    ImageNetwork network =
        ImageArchitecture.of(name).build(IMAGE, CLASSES, STANDARD, DropoutRates.NONE);
    network.init(seed);
    return network;
  }

  static Tensor images(DType type) {
    Philox random = new Philox(3);
    Tensor x = Tensor.zeros(type, Shape.of(BATCH, IMAGE.values()));
    for (int i = 0; i < x.size(); i++) {
      x.set(i, random.uniform(i));
    }
    return x;
  }

  static Var labels() {
    return Var.of(Tensor.of(Shape.of(BATCH), 0, 1, 2, 1));
  }

  static float[] logits(ImageNetwork network) {
    return network.infer(images(DType.F32), new OpContext(Workers.inline())).own().floats();
  }

  static Map<String, float[]> taps(ImageNetwork network) {
    Taps taps = Taps.all();
    OpContext context = new OpContext(Workers.inline());
    Map<String, float[]> values = new LinkedHashMap<>();
    taps.during(() -> network.infer(images(DType.F32), context));
    for (String name : taps.names()) {
      assertEquals(1, taps.all(name).size(), name);
      values.put(name, taps.get(name).value().own().floats());
    }
    return values;
  }

  /**
   * Two steps on the sum of all outputs, so that statistics and weights are none that were drawn.
   */
  static void takeSteps(ImageNetwork network, List<String> outputs) {
    Sgd optimizer = new Sgd(network.parameters(), 0.05);
    OpContext context = new OpContext(Workers.inline());
    Taps taps = Taps.of(outputs.toArray(String[]::new));
    for (int step = 0; step < 2; step++) {
      network.train(7, step);
      try (Tape tape = Tape.open(context)) {
        Var sum = taps.during(() -> network.forward(Var.of(images(DType.F32))));
        sum = sum.apply(new CrossEntropy(), labels());
        for (String output : outputs) {
          sum = sum.plus(taps.get(output).apply(new CrossEntropy(), labels()));
        }
        tape.backward(sum);
      }
      optimizer.step(context.workers());
    }
    network.evaluate();
  }
}
