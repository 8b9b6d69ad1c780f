package limbeck.bench.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import limbeck.autograd.Module;
import limbeck.autograd.optim.Adam;
import limbeck.engine.exec.Workers;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The workloads are the networks that they say, learn, and trace to programs. */
class WorkloadsTest {
  private static final int EXAMPLES = 8;

  /** Weights and biases by hand from the definitions, which PyTorch counts as well. */
  @Test
  void parametersAreCounted() {
    Map<String, Long> expected =
        Map.of(
            "mlp-teacher",
            785L * 1200 + 1201 * 1200 + 1201 * 10,
            "mlp-student",
            785L * 800 + 801 * 800 + 801 * 10,
            "mlp-tiny",
            65L * 64 + 65 * 10,
            "bert-mini",
            bert(4, 256),
            "bert-tiny",
            bert(2, 128),
            "minilm-shape",
            bert(6, 384),
            "bilstm",
            2L * 600 * (300 + 150 + 2) + 301 * 200 + 201 * 2,
            "resnet20",
            272_474L,
            "plain-cnn",
            114_186L);
    for (Workload w : Workloads.ALL) {
      assertEquals(
          expected.get(w.name()), w.network().get().init(1).parameters().count(), w.name());
    }
    assertEquals(expected.size(), Workloads.ALL.size());
  }

  /** Four maps of attention, two of the feed-forward part, two norms; pooler and classifier. */
  private static long bert(int depth, long width) {
    long map = (width + 1) * width;
    long layer = 4 * map + (width + 1) * 4 * width + (4 * width + 1) * width + 4 * width;
    return depth * layer + map + (width + 1) * 2;
  }

  private static Examples noise(Shape example, int classes) {
    int[] axes = new int[example.rank() + 1];
    axes[0] = EXAMPLES;
    System.arraycopy(example.toArray(), 0, axes, 1, example.rank());
    Tensor x = Tensor.zeros(DType.F32, Shape.of(axes));
    Philox random = new Philox(7);
    for (int i = 0; i < x.size(); i++) {
      x.set(i, random.normal(i));
    }
    int[] labels = new int[EXAMPLES];
    Arrays.setAll(labels, i -> random.below(i, classes));
    return new Examples("noise", x, labels);
  }

  /** Noise has nothing to find: what falls is the loss on examples learned by heart. */
  private static void assertLearns(
      String name, Supplier<Module> network, Shape example, int classes) {
    Workload w = new Workload(name, network, example, EXAMPLES, classes, p -> new Adam(p, 1e-3));
    Examples set = noise(example, classes);
    try (Workers workers = Workers.of(2)) {
      TrainingRun run = TrainingRun.of(w, set, EXAMPLES, 30, workers);
      assertTrue(
          run.losses()[29] < 0.5 * run.losses()[0], () -> name + Arrays.toString(run.losses()));
      assertNull(TracedCheck.difference(run.network(), set, classes, workers, 1, 3, EXAMPLES));
    }
  }

  @Test
  void smallTransformersLearn() {
    assertLearns("bert", () -> new Bert(2, 32, 2, 2), Shape.of(12, 32), 2);
  }

  @Test
  void sentenceClassifiersLearn() {
    assertLearns("bilstm", BiLstm::new, Shape.of(5, BiLstm.WIDTH), 2);
  }

  @Test
  void convolutionalNetworksLearn() {
    assertLearns("resnet20", ResNet20::new, Shape.of(3, 32, 32), 10);
    assertLearns("plain-cnn", PlainCnn::new, Shape.of(3, 32, 32), 10);
  }

  @Test
  void sentencesBecomeVectors() {
    Tensor x = WordVectors.vectors(List.of("a dog", "a"), Shape.of(3, 4));
    assertEquals(Shape.of(2, 3, 4), x.shape());
    for (int j = 0; j < 4; j++) {
      assertEquals(x.get(j), x.get(12 + j)); // every sentence begins with the same mark
      assertEquals(x.get(4 + j), x.get(16 + j)); // a word is the same everywhere
      assertEquals(0, x.get(20 + j)); // padding
    }
  }

  @Test
  void unknownNamesAreRefused() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Workloads.named("resnet"));
    assertTrue(e.getMessage().startsWith("no workload \"resnet\"; there are ["), e.getMessage());
  }
}
