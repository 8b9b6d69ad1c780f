package limbeck.kd.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Summary;
import limbeck.autograd.Tape;
import limbeck.autograd.Taps;
import limbeck.autograd.Tracer;
import limbeck.autograd.Var;
import limbeck.autograd.optim.Sgd;
import limbeck.autograd.verify.ModelCheck;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.program.Program;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks with branches and with exits, made of every family. */
class SeveralOutputsTest {
  private static final ImageShape IMAGE = new ImageShape(3, 8, 4);
  private static final int BATCH = 4;
  private static final int CLASSES = 3;
  private static final Standardisation STANDARD =
      new Standardisation(List.of(0.5, 0.4, 0.6), List.of(0.2, 0.3, 0.25));

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

  static List<String> exits() {
    return bases().stream().map(b -> "exits:" + b).toList();
  }

  static List<String> all() {
    List<String> all = new ArrayList<>(branched());
    all.addAll(exits());
    return all;
  }

  private static Network network(String name, long seed) {
    Network network = Architecture.of(name).build(IMAGE, CLASSES, STANDARD, DropoutRates.NONE);
    network.init(seed);
    return network;
  }

  private static Tensor images(DType type) {
    Philox random = new Philox(3);
    Tensor x = Tensor.zeros(type, Shape.of(BATCH, IMAGE.values()));
    for (int i = 0; i < x.size(); i++) {
      x.set(i, random.uniform(i));
    }
    return x;
  }

  private static Var labels() {
    return Var.of(Tensor.of(Shape.of(BATCH), 0, 1, 2, 1));
  }

  private static float[] logits(Network network) {
    return network.infer(images(DType.F32), new OpContext(Workers.inline())).own().floats();
  }

  private static Map<String, float[]> taps(Network network) {
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
  private static void takeSteps(Network network, List<String> outputs) {
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

  @ParameterizedTest
  @MethodSource("all")
  void everyOutputAloneHasTheBitsOfTheWhole(String name) throws Exception {
    Architecture architecture = Architecture.of(name);
    Network whole = network(name, 5);
    takeSteps(whole, architecture.outputs());
    Map<String, float[]> outputs = taps(whole);
    for (String output : architecture.outputs()) {
      Network part = architecture.part(output).build(IMAGE, CLASSES, STANDARD, DropoutRates.NONE);
      part.loadPart(output, whole.state());
      float[] expected = outputs.get(output);
      assertArrayEquals(expected, logits(part), output);
      Program program = Tracer.trace(part, DType.F32, IMAGE.example());
      float[] traced = new float[BATCH * CLASSES];
      program.runner().run(images(DType.F32).floats(), traced);
      assertArrayEquals(expected, traced, output);
      assertEquals(part.parameters().count(), summaryParameters(part), output);
    }
  }

  /** Those that some op of a forward pass reads: a part holds no others. */
  private static long summaryParameters(Network part) {
    return Summary.of(part, DType.F32, IMAGE.example()).rows().stream()
        .filter(r -> r.output() != null)
        .mapToLong(r -> r.parameters())
        .sum();
  }

  @ParameterizedTest
  @MethodSource("all")
  void theWholesProgramHasItsBits(String name) throws Exception {
    Network whole = network(name, 5);
    takeSteps(whole, Architecture.of(name).outputs());
    float[] expected = logits(whole);
    float[] traced = new float[BATCH * CLASSES];
    Program program = Tracer.trace(whole, DType.F32, IMAGE.example());
    program.runner().run(images(DType.F32).floats(), traced);
    assertArrayEquals(expected, traced);
  }

  /** As drawn for one seed: what the network has in common with the one alone is the same. */
  @ParameterizedTest
  @MethodSource("bases")
  void theNetworkAloneIsWithinFromTheStart(String base) {
    float[] alone = logits(network(base, 5));
    assertArrayEquals(alone, taps(network("one-3:" + base, 5)).get("branch0"));
    assertArrayEquals(alone, logits(network("exits:" + base, 5)));
    float[] other = taps(network("one-3:" + base, 5)).get("branch1");
    assertFalse(Arrays.equals(alone, other), "branches start alike");
  }

  @ParameterizedTest
  @MethodSource("branched")
  void theGateSumsToOne(String name) {
    Network network = network(name, 5);
    takeSteps(network, List.of("branch0"));
    Map<String, float[]> taps = taps(network);
    float[] gate = taps.get("gate");
    float[] mixture = taps.get("mixture");
    assertEquals(BATCH * 3, gate.length);
    for (int i = 0; i < BATCH; i++) {
      assertEquals(1, gate[3 * i] + gate[3 * i + 1] + gate[3 * i + 2], 1e-6, "example " + i);
      for (int c = 0; c < CLASSES; c++) {
        double sum = 0;
        for (int k = 0; k < 3; k++) {
          sum += gate[3 * i + k] * taps.get("branch" + k)[CLASSES * i + c];
        }
        assertEquals(sum, mixture[CLASSES * i + c], 1e-5 * (1 + Math.abs(sum)));
      }
    }
    assertArrayEquals(mixture, logits(network));
  }

  @ParameterizedTest
  @MethodSource("bases")
  void theGateOfOneBranchIsOne(String base) {
    Map<String, float[]> taps = taps(network("one-1:" + base, 5));
    for (float g : taps.get("gate")) {
      assertEquals(1f, g);
    }
    assertArrayEquals(taps.get("branch0"), taps.get("mixture"));
  }

  @ParameterizedTest
  @MethodSource("exits")
  void theEnsembleIsTheMeanOfAllLogits(String name) {
    Map<String, float[]> taps = taps(network(name, 5));
    int exits = (int) taps.keySet().stream().filter(t -> t.matches("exit\\d+")).count();
    for (int i = 0; i < BATCH * CLASSES; i++) {
      double sum = taps.get("deepest")[i];
      for (int k = 1; k <= exits; k++) {
        sum += taps.get("exit" + k)[i];
      }
      assertEquals(sum / (exits + 1), taps.get("ensemble")[i], 1e-5 * (1 + Math.abs(sum)));
    }
    for (int k = 1; k <= exits; k++) {
      assertEquals(taps.get("deepest.features").length, taps.get("exit" + k + ".features").length);
    }
  }

  /** Who does not ask for them does not pay for exits; each costs less than what is behind it. */
  @Test
  void costs() {
    ImageShape image = new ImageShape(3, 32, 32);
    Architecture exits = Architecture.of("exits:resnet-20");
    Network alone = built("resnet-20", image);
    assertEquals(alone.multiplyAdds(), built(exits.name(), image).multiplyAdds());
    List<Long> costs = new ArrayList<>();
    for (String output : exits.outputs()) {
      costs.add(built(exits.part(output).name(), image).multiplyAdds());
    }
    assertEquals(List.of("exit1", "exit2", "deepest", "ensemble"), exits.outputs());
    for (int i = 1; i < costs.size(); i++) {
      assertTrue(costs.get(i - 1) < costs.get(i), costs.toString());
    }
    long shared = costs.get(2);
    assertTrue(costs.get(3) < 1.5 * shared, costs.toString());
    long three = built("one-3:resnet-20", image).multiplyAdds();
    assertTrue(three > shared && three < 2 * shared, three + " of " + shared);
  }

  private static Network built(String name, ImageShape image) {
    Network network = Architecture.of(name).build(image, 10);
    network.init(1);
    return network;
  }

  @Test
  void gradientsAreTheDerivatives() {
    for (String name :
        List.of(
            "one-2:mlp:96-8-6-3",
            "one-2:plain:4-P-5",
            "one-2:wrn-10-1",
            "exits:plain:4-P-5@ensemble",
            "exits:mlp:96-8-6-3@exit1",
            "exits:plain:4-P-5@exit1")) {
      Network network = Architecture.of(name).build(IMAGE, CLASSES);
      network.allocate(DType.F64).init(5);
      network.train(1, 1);
      Var x = Var.of(images(DType.F64));
      ModelCheck.require(
          network, () -> network.forward(x).apply(new CrossEntropy(), labels()), 1e-6);
    }
  }

  /** What bounded weights and moved biases concern. */
  @Test
  void knowsItsFullyConnectedLayers() {
    Network one = network("one-2:mlp:96-8-7-3", 5);
    assertEquals(3, one.hiddenLayers().size());
    assertEquals(2, one.classifiers().size());
    Network exits = network("exits:mlp:96-8-7-6-3@exit2", 5);
    assertEquals(2, exits.hiddenLayers().size());
    for (String name : List.of("one-2:mlp:96-8-7-3", "exits:resnet-8@ensemble", "exits:resnet-8")) {
      Network network = network(name, 5);
      float[] before = logits(network);
      network.classifiers().forEach(l -> l.bias().value().set(1, l.bias().value().get(1) + 2));
      float[] after = logits(network);
      for (int i = 0; i < before.length; i++) {
        assertEquals(before[i] + (i % CLASSES == 1 ? 2 : 0), after[i], 1e-5, name);
      }
    }
  }

  /** Each branch draws masks of its own, the first one those of the network alone. */
  @Test
  void dropoutIsDrawnByBranch() {
    DropoutRates half = new DropoutRates(0, 0.5);
    Network one =
        Architecture.of("one-2:mlp:96-8-64-3").build(IMAGE, CLASSES, Standardisation.NONE, half);
    one.init(5);
    one.train(1, 1);
    Network alone =
        Architecture.of("mlp:96-8-64-3").build(IMAGE, CLASSES, Standardisation.NONE, half);
    alone.init(5);
    alone.train(1, 1);
    assertArrayEquals(logits(alone), taps(one).get("branch0"));
    assertArrayEquals(taps(alone).get("stage2.pre"), taps(one).get("stage2.pre"));
  }

  @Test
  void exitsHaveTheDeepestShape() {
    int[][] shapes = {
      {16, 28, 28, 64, 7, 7},
      {4, 7, 7, 8, 3, 3},
      {4, 7, 7, 8, 4, 4},
      {4, 15, 9, 8, 3, 2},
      {4, 5, 5, 8, 5, 5},
      {8, 2, 2, 3, 1, 1}
    };
    for (int[] s : shapes) {
      Shape from = Shape.of(s[0], s[1], s[2]);
      ShallowExit exit = ShallowExit.between(from, Shape.of(s[3], s[4], s[5]), 10);
      exit.init(1);
      Var x = Var.of(Tensor.zeros(DType.F32, Shape.of(2, s[0], s[1], s[2])));
      Taps taps = Taps.of("features");
      assertEquals(Shape.of(2, 10), taps.during(() -> exit.forward(x)).shape());
      assertEquals(Shape.of(2, s[3], s[4], s[5]), taps.get("features").shape());
    }
    assertNull(ShallowExit.between(Shape.of(4, 8, 8), Shape.of(8, 3, 3), 10));
    assertNull(ShallowExit.between(Shape.of(4, 8, 4), Shape.of(8, 2, 2), 10));
    assertNull(ShallowExit.between(Shape.of(4, 8, 8), Shape.of(8), 10));
  }

  @Test
  void saysWhatIsMissingInTheWhole() {
    Network part = Architecture.of("resnet-8").build(IMAGE, CLASSES);
    Map<String, Tensor> other = network("one-2:plain:4-P-5", 5).state();
    String message =
        assertThrows(RuntimeException.class, () -> part.loadPart("branch0", other)).getMessage();
    assertTrue(message.contains("conv1.weight") || message.contains("missing"), message);
  }
}
