package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.autograd.Parameter;
import limbeck.autograd.Tape;
import limbeck.autograd.Taps;
import limbeck.autograd.Var;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.Reduction;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Batch;
import limbeck.kd.Network;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.TapShapes;
import limbeck.kd.vision.ImageArchitecture;
import limbeck.kd.vision.ImageShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What methods for several outputs teach real networks: gradients of parameters, in float32. */
class TaughtOutputsTest {
  private static final ImageShape IMAGE = new ImageShape(2, 8, 6);
  private static final int BATCH = 6;
  private static final int CLASSES = 3;

  private static final Batch DATA = batch();

  private static Batch batch() {
    Philox random = new Philox(3);
    Tensor x = Tensor.zeros(DType.F32, Shape.of(BATCH, IMAGE.values()));
    for (int i = 0; i < x.size(); i++) {
      x.set(i, random.uniform(i));
    }
    int[] indices = {0, 1, 2, 3, 4, 5};
    return new Batch(x, Tensor.of(Shape.of(BATCH), 0, 1, 2, 1, 0, 2), indices);
  }

  /** Loss and gradients by path; null where there is none. */
  private record Step(double loss, Map<String, float[]> gradients) {
    void assertSame(String path, Step other) {
      assertArrayEquals(other.gradients.get(path), gradients.get(path), path);
    }
  }

  private static Network network(String name) {
    Network network = ImageArchitecture.of(name).build(IMAGE, CLASSES);
    network.init(5);
    return network;
  }

  private static Step step(String name, Objective method) {
    Network network = network(name);
    Objective fitted = method.fitted(TapShapes.of(name, network), null);
    Taps taps = Taps.of(fitted.studentTaps().toArray(String[]::new));
    network.train(1, 0);
    try (Tape tape = Tape.open(new OpContext(Workers.inline()))) {
      Var logits = taps.during(() -> network.forward(DATA.inputs()));
      Map<String, Var> features = new LinkedHashMap<>();
      taps.names().forEach(tap -> features.put(tap, taps.get(tap)));
      Var loss = fitted.loss(new Outputs(logits, features), null, DATA);
      tape.backward(loss);
      Map<String, float[]> gradients = new LinkedHashMap<>();
      network.parameters().parameters().forEach((path, p) -> gradients.put(path, gradient(p)));
      return new Step(loss.item(), gradients);
    }
  }

  private static float[] gradient(Parameter p) {
    return p.gradient() == null ? null : p.gradient().own().floats();
  }

  private static BeYourOwnTeacher byot(double alpha, double lambda) {
    return new BeYourOwnTeacher(alpha, 3, lambda, Reduction.BATCH_MEAN);
  }

  /** The gate is 1, so that the branch is its own mixture and has nothing to learn from it. */
  @ParameterizedTest
  @ValueSource(strings = {"mlp:96-8-7-3", "plain:4-P-5", "resnet-8", "wrn-10-1"})
  void oneBranchHasNothingToLearnFromItself(String name) {
    Step alone = step(name, new HardLabels());
    Step one = step("one-1:" + name, new NativeEnsemble(1, 3));
    Step twice = step("one-1:" + name, new NativeEnsemble(1, 3, 0));
    assertEquals(2 * alone.loss, one.loss);
    assertEquals(twice.loss, one.loss);
    alone.gradients.forEach(
        (path, g) -> {
          float[] doubled = one.gradients.get(path);
          for (int i = 0; i < g.length; i++) {
            assertEquals(2 * g[i], doubled[i], 1e-5f * (Math.abs(g[i]) + 1e-2f), path);
          }
        });
  }

  /** Not from the divergences, whatever they weigh: as a target the mixture is detached. */
  @ParameterizedTest
  @ValueSource(strings = {"mlp:96-8-7-3", "plain:4-P-5", "resnet-8", "densenet-7-4"})
  void theGateLearnsFromTheMixturesLabelsAlone(String name) {
    String network = "one-3:" + name;
    Step labels = step(network, new HardLabels());
    Step one = step(network, new NativeEnsemble(3, 3));
    Step hot = step(network, new NativeEnsemble(3, 20, 100));
    for (String path : new String[] {"gate.linear.weight", "gate.norm.bias"}) {
      one.assertSame(path, labels);
      hot.assertSame(path, labels);
      assertFalse(allZero(one.gradients.get(path)), path);
    }
    String last = name.startsWith("mlp") ? "fc3.weight" : "linear.weight";
    assertFalse(Arrays.equals(labels.gradients.get(last), one.gradients.get(last)));
    assertFalse(allZero(one.gradients.get("branch2." + last)));
  }

  private static boolean allZero(float[] gradient) {
    for (float g : gradient) {
      if (g != 0) {
        return false;
      }
    }
    return true;
  }

  /** Neither divergences nor hints reach the classifier at the end. */
  @ParameterizedTest
  @ValueSource(strings = {"mlp:96-8-7-3", "plain:4-P-5-P-6", "resnet-8", "wrn-10-1"})
  void theDeepestClassifierLearnsFromLabelsAlone(String name) {
    String network = "exits:" + name;
    Step alone = step(name, new HardLabels());
    Step taught = step(network, byot(1, 100));
    String last = name.startsWith("mlp") ? "fc3" : "linear";
    taught.assertSame(last + ".weight", alone);
    taught.assertSame(last + ".bias", alone);
    String first = alone.gradients.keySet().iterator().next();
    assertFalse(Arrays.equals(alone.gradients.get(first), taught.gradients.get(first)), first);
  }

  /** Σ H(y, q_i) over all classifiers. */
  @ParameterizedTest
  @ValueSource(strings = {"mlp:96-8-7-3", "plain:4-P-5-P-6", "resnet-8"})
  @SuppressWarnings("try") // the tape records while it is open
  void withoutTeachingItIsDeepSupervision(String name) {
    Network network = network("exits:" + name);
    network.train(1, 0);
    Taps taps = Taps.all();
    double sum = 0;
    try (Tape tape = Tape.open(new OpContext(Workers.inline()))) {
      taps.during(() -> network.forward(DATA.inputs()));
      for (String tap : taps.names()) {
        if (tap.matches("deepest|exit\\d")) {
          Outputs outputs = new Outputs(taps.get(tap));
          sum += new HardLabels().loss(outputs, null, DATA).item();
        }
      }
    }
    assertEquals(sum, step("exits:" + name, byot(0, 0)).loss, 1e-6 * sum);
  }

  /** A network of one stage has no exit; nor is one computed that nobody asks for. */
  @ParameterizedTest
  @ValueSource(strings = {"mlp:96-8-3", "plain:4-5-P"})
  void withoutExitsItIsTheCrossEntropyBitForBit(String name) {
    Step alone = step(name, new HardLabels());
    Step none = step("exits:" + name, byot(0.3, 1));
    assertEquals(alone.loss, none.loss);
    assertEquals(alone.gradients.keySet(), none.gradients.keySet());
    alone.gradients.keySet().forEach(path -> none.assertSame(path, alone));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp:96-8-7-3", "plain:4-P-5-P-6", "resnet-8", "densenet-7-4"})
  void onLabelsExitsChangeNoBit(String name) {
    Step alone = step(name, new HardLabels());
    Step with = step("exits:" + name, new HardLabels());
    assertEquals(alone.loss, with.loss);
    alone.gradients.keySet().forEach(path -> with.assertSame(path, alone));
    with.gradients.forEach(
        (path, g) -> {
          if (!alone.gradients.containsKey(path)) {
            assertNull(g, path);
          }
        });
  }
}
