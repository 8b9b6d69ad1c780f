package limbeck.kd.vision;

import static limbeck.kd.vision.SmallNetworks.BATCH;
import static limbeck.kd.vision.SmallNetworks.CLASSES;
import static limbeck.kd.vision.SmallNetworks.IMAGE;
import static limbeck.kd.vision.SmallNetworks.STANDARD;
import static limbeck.kd.vision.SmallNetworks.images;
import static limbeck.kd.vision.SmallNetworks.labels;
import static limbeck.kd.vision.SmallNetworks.logits;
import static limbeck.kd.vision.SmallNetworks.network;
import static limbeck.kd.vision.SmallNetworks.takeSteps;
import static limbeck.kd.vision.SmallNetworks.taps;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Summary;
import limbeck.autograd.Tracer;
import limbeck.autograd.Var;
import limbeck.autograd.verify.ModelCheck;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.DropoutRates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks with branches and with exits, made of every family. */
class SeveralOutputsTest {
  static List<String> all() {
    List<String> all = new ArrayList<>(SmallNetworks.branched());
    all.addAll(SmallNetworks.withExits());
    return all;
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyOutputAloneHasTheBitsOfTheWhole(String name) throws Exception {
    ImageArchitecture architecture = ImageArchitecture.of(name);
    ImageNetwork whole = network(name, 5);
    takeSteps(whole, architecture.outputs());
    Map<String, float[]> outputs = taps(whole);
    for (String output : architecture.outputs()) {
      ImageNetwork part =
          architecture.part(output).build(IMAGE, CLASSES, STANDARD, DropoutRates.NONE);
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
  private static long summaryParameters(ImageNetwork part) {
    return Summary.of(part, DType.F32, IMAGE.example()).rows().stream()
        .filter(r -> r.output() != null)
        .mapToLong(r -> r.parameters())
        .sum();
  }

  @ParameterizedTest
  @MethodSource("all")
  void theWholesProgramHasItsBits(String name) throws Exception {
    ImageNetwork whole = network(name, 5);
    takeSteps(whole, ImageArchitecture.of(name).outputs());
    float[] expected = logits(whole);
    float[] traced = new float[BATCH * CLASSES];
    Program program = Tracer.trace(whole, DType.F32, IMAGE.example());
    program.runner().run(images(DType.F32).floats(), traced);
    assertArrayEquals(expected, traced);
  }

  /** As drawn for one seed: what the network has in common with the one alone is the same. */
  @ParameterizedTest
  @MethodSource("limbeck.kd.vision.SmallNetworks#bases")
  void theNetworkAloneIsWithinFromTheStart(String base) {
    float[] alone = logits(network(base, 5));
    assertArrayEquals(alone, taps(network("one-3:" + base, 5)).get("branch0"));
    assertArrayEquals(alone, logits(network("exits:" + base, 5)));
    float[] other = taps(network("one-3:" + base, 5)).get("branch1");
    assertFalse(Arrays.equals(alone, other), "branches start alike");
  }

  /** Who does not ask for them does not pay for exits; each costs less than what is behind it. */
  @Test
  void costs() {
    ImageShape image = new ImageShape(3, 32, 32);
    ImageArchitecture exits = ImageArchitecture.of("exits:resnet-20");
    ImageNetwork alone = built("resnet-20", image);
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

  private static ImageNetwork built(String name, ImageShape image) {
    ImageNetwork network = ImageArchitecture.of(name).build(image, 10);
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
      ImageNetwork network = ImageArchitecture.of(name).build(IMAGE, CLASSES);
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
    ImageNetwork one = network("one-2:mlp:96-8-7-3", 5);
    assertEquals(3, one.hiddenLayers().size());
    assertEquals(2, one.classifiers().size());
    ImageNetwork exits = network("exits:mlp:96-8-7-6-3@exit2", 5);
    assertEquals(2, exits.hiddenLayers().size());
    for (String name : List.of("one-2:mlp:96-8-7-3", "exits:resnet-8@ensemble", "exits:resnet-8")) {
      ImageNetwork network = network(name, 5);
      float[] before = logits(network);
      network.classifiers().forEach(l -> l.bias().value().set(1, l.bias().value().get(1) + 2));
      float[] after = logits(network);
      for (int i = 0; i < before.length; i++) {
        assertEquals(before[i] + (i % CLASSES == 1 ? 2 : 0), after[i], 1e-5, name);
      }
    }
  }

  @Test
  void saysWhatIsMissingInTheWhole() {
    ImageNetwork part = ImageArchitecture.of("resnet-8").build(IMAGE, CLASSES);
    Map<String, Tensor> other = network("one-2:plain:4-P-5", 5).state();
    String message =
        assertThrows(RuntimeException.class, () -> part.loadPart("branch0", other)).getMessage();
    assertTrue(message.contains("conv1.weight") || message.contains("missing"), message);
  }
}
