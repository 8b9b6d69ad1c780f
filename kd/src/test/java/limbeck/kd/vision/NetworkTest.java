package limbeck.kd.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import limbeck.autograd.Tape;
import limbeck.autograd.Taps;
import limbeck.autograd.Tracer;
import limbeck.autograd.Var;
import limbeck.autograd.optim.Sgd;
import limbeck.autograd.verify.ModelCheck;
import limbeck.engine.exec.Workers;
import limbeck.engine.io.WeightHash;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.program.Program;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.DropoutRates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every family of networks keeps, shown on a small member. */
class NetworkTest {
  /** Sizes that differ, and that halve to odd ones: rows and columns are not interchangeable. */
  private static final ImageShape IMAGE = new ImageShape(3, 6, 4);

  private static final int BATCH = 4;
  private static final int CLASSES = 3;
  private static final Standardisation STANDARD =
      new Standardisation(List.of(0.5, 0.4, 0.6), List.of(0.2, 0.3, 0.25));

  /** Of every family with few layers, and of every variant that has code of its own. */
  static List<String> shallow() {
    return List.of(
        "mlp:72-8-6-3",
        "plain:4-5-P-6-P",
        "plain:4-P-5-F7",
        "resnet-8",
        "resnet-8/pad",
        "resnet-8/conv-bn",
        "resnet-8x1",
        "wrn-10-1",
        "densenet-7-4",
        "densenet-bc-16-3");
  }

  /** One of every family and variant. */
  static List<String> names() {
    return Stream.concat(shallow().stream(), Stream.of("mobile-0.1")).toList();
  }

  private static ImageNetwork network(String name) {
    return ImageArchitecture.of(name).build(IMAGE, CLASSES, STANDARD, DropoutRates.NONE);
  }

  private static Tensor images(DType type, int... axes) {
    Philox random = new Philox(3);
    Tensor x = Tensor.zeros(type, Shape.of(axes));
    for (int i = 0; i < x.size(); i++) {
      x.set(i, random.uniform(i));
    }
    return x;
  }

  private static Tensor rows() {
    return images(DType.F32, BATCH, IMAGE.values());
  }

  private static Var labels() {
    return Var.of(Tensor.of(Shape.of(BATCH), 0, 1, 2, 1));
  }

  private static float[] logits(ImageNetwork network, Tensor x) {
    return network.infer(x, new OpContext(Workers.inline())).own().floats();
  }

  @ParameterizedTest
  @MethodSource("shallow")
  void gradientsAreTheDerivatives(String name) {
    ImageNetwork network = network(name);
    network.allocate(DType.F64).init(5);
    requireDerivatives(network, images(DType.F64, BATCH, IMAGE.values()));
  }

  /**
   * Two dozen batch norms make a loss too crooked for differences where each has but a few numbers:
   * hence larger images. Not every parameter is tried: the gradient of the first batch norm has
   * gone through all layers but the first, which moves too many units across their kinks.
   */
  @Test
  void gradientsOfManyLayersAreTheDerivatives() {
    ImageShape larger = new ImageShape(3, 32, 32);
    ImageNetwork network = ImageArchitecture.of("mobile-0.1").build(larger, CLASSES);
    network.allocate(DType.F64).init(5);
    network.freeze(path -> !path.matches("(bn1|layer4\\.0|layer5\\.1).*"), true);
    requireDerivatives(network, images(DType.F64, BATCH, larger.values()));
  }

  private static void requireDerivatives(ImageNetwork network, Tensor images) {
    network.train(1, 1);
    Var x = Var.of(images);
    ModelCheck.require(network, () -> network.forward(x).apply(new CrossEntropy(), labels()), 1e-6);
  }

  @ParameterizedTest
  @MethodSource("names")
  void rowsAndPlanesAreTheSameImages(String name) {
    ImageNetwork network = network(name);
    network.init(5);
    Tensor planes =
        rows().reshape(Shape.of(BATCH, IMAGE.channels(), IMAGE.height(), IMAGE.width()));
    assertArrayEquals(logits(network, rows()), logits(network, planes));
  }

  /** The program is given raw values: the standardisation is in it. */
  @ParameterizedTest
  @MethodSource("names")
  void theProgramHasTheNetworksBits(String name) throws Exception {
    ImageNetwork network = network(name);
    network.init(5);
    takeSteps(network, 2);
    network.evaluate();
    float[] expected = logits(network, rows());
    Program program = Tracer.trace(network, DType.F32, IMAGE.example());
    float[] traced = new float[BATCH * CLASSES];
    program.runner().run(rows().floats(), traced);
    assertArrayEquals(expected, traced);
    assertTrue(program.constants().stream().anyMatch(c -> c.name().equals("input.mean")));
  }

  @ParameterizedTest
  @MethodSource("names")
  void valuesAreStandardisedFirst(String name) {
    ImageNetwork raw = ImageArchitecture.of(name).build(IMAGE, CLASSES);
    raw.init(5);
    ImageNetwork standardised = network(name);
    standardised.init(5);
    assertEquals(WeightHash.of(raw.state()), WeightHash.of(standardised.state()));
    Tensor x = rows();
    int plane = IMAGE.height() * IMAGE.width();
    for (int i = 0; i < x.size(); i++) {
      int channel = i / plane % IMAGE.channels();
      float mean = STANDARD.mean().get(channel).floatValue();
      x.set(i, ((float) x.get(i) - mean) / STANDARD.deviation().get(channel).floatValue());
    }
    assertArrayEquals(logits(raw, x), logits(standardised, rows()));
  }

  @ParameterizedTest
  @MethodSource("names")
  void trainingLowersTheLoss(String name) {
    ImageNetwork network = network(name);
    network.init(5);
    double[] losses = takeSteps(network, 12);
    double least = Arrays.stream(losses).min().orElseThrow();
    assertTrue(least < 0.7 * losses[0], name + ": " + Arrays.toString(losses));
  }

  private static double[] takeSteps(ImageNetwork network, int steps) {
    Sgd optimizer = new Sgd(network.parameters(), 0.05);
    OpContext context = new OpContext(Workers.inline());
    double[] losses = new double[steps];
    for (int step = 0; step < steps; step++) {
      network.train(7, step);
      try (Tape tape = Tape.open(context)) {
        Var loss = network.forward(Var.of(rows())).apply(new CrossEntropy(), labels());
        tape.backward(loss);
        losses[step] = loss.item();
      }
      optimizer.step(context.workers());
    }
    return losses;
  }

  /** Statistics of the batch in training, running ones in evaluation; perceptrons have neither. */
  @ParameterizedTest
  @MethodSource("names")
  void trainingAndEvaluationDiffer(String name) {
    ImageNetwork network = network(name);
    network.init(5);
    float[] evaluated = logits(network, rows());
    network.train(1, 1);
    assertEquals(name.startsWith("mlp:"), Arrays.equals(evaluated, logits(network, rows())), name);
    network.evaluate();
    boolean moved = !Arrays.equals(evaluated, logits(network, rows()));
    assertEquals(!name.startsWith("mlp:"), moved, name + ": running statistics");
  }

  /** Each once, where gradients go through; the last layer takes the last one. */
  @ParameterizedTest
  @MethodSource("names")
  void tapsLieOnTheWay(String name) {
    ImageNetwork network = network(name);
    network.init(5);
    Taps taps = Taps.all();
    try (Tape tape = Tape.open(new OpContext(Workers.inline()))) {
      Var logits = taps.during(() -> network.forward(Var.of(rows())));
      for (String tap : taps.names()) {
        assertEquals(1, taps.all(tap).size(), tap);
        assertTrue(taps.get(tap).needsGradient(), tap);
      }
      Var last = network.classifiers().get(0).forward(taps.get("pooled"));
      assertArrayEquals(last.value().own().floats(), logits.value().own().floats());
      assertNotRectified(taps, "stage1.pre");
      tape.backward(logits.sum());
    }
  }

  private static void assertNotRectified(Taps taps, String tap) {
    float least = Float.POSITIVE_INFINITY;
    for (float v : taps.get(tap).value().own().floats()) {
      least = Math.min(least, v);
    }
    assertTrue(least < 0, tap + " has no value below 0");
  }

  @ParameterizedTest
  @MethodSource("names")
  void seedsAndPathsDecideTheWeights(String name) {
    ImageNetwork network = network(name);
    network.init(5);
    String first = WeightHash.of(network.state());
    takeSteps(network, 1);
    assertNotEquals(first, WeightHash.of(network.state()));
    network.init(5);
    assertEquals(first, WeightHash.of(network.state()));
    network.init(6);
    assertNotEquals(first, WeightHash.of(network.state()));
  }
}
