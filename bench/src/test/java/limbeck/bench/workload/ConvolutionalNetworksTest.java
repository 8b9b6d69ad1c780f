package limbeck.bench.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.exec.Workers;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The convolutional networks are those of their definition in PyTorch, and trace to programs. */
class ConvolutionalNetworksTest {
  private static final int IMAGES = 9;

  private static List<String> names(Module network) {
    network.init(1);
    return List.copyOf(network.parameters().parameters().keySet());
  }

  /**
   * Convolutions 16·3·9 and so on, batch norms two numbers a channel, shortcuts, a linear layer.
   */
  @Test
  void resNet20() {
    ResNet20 network = new ResNet20();
    List<String> names = names(network);
    assertEquals(3 + 9 * 6 + 2 * 3 + 2, names.size());
    assertEquals("features.0.weight", names.get(0));
    assertTrue(
        names.containsAll(
            List.of(
                "features.1.bias",
                "features.3.conv1.weight",
                "features.11.norm2.bias",
                "classes.weight")));
    assertTrue(
        names.containsAll(List.of("features.6.shortcut.0.weight", "features.9.shortcut.1.weight")));
    assertEquals(272_474, network.parameters().count());
  }

  @Test
  void plainCnn() {
    PlainCnn network = new PlainCnn();
    assertEquals(
        List.of(
            "features.0.weight",
            "features.0.bias",
            "features.1.weight",
            "features.1.bias",
            "features.4.weight",
            "features.4.bias",
            "features.5.weight",
            "features.5.bias",
            "features.8.weight",
            "features.8.bias",
            "features.9.weight",
            "features.9.bias",
            "classes.weight",
            "classes.bias"),
        names(network));
    assertEquals(114_186, network.parameters().count());
  }

  private static Examples images() {
    Tensor x = Tensor.zeros(DType.F32, Shape.of(IMAGES, 3, 32, 32));
    Philox random = new Philox(4);
    for (int i = 0; i < x.size(); i++) {
      x.set(i, random.normal(i));
    }
    return new Examples("noise", x, new int[IMAGES]);
  }

  /** After a pass in training, so that the statistics are not those of the start. */
  private static void assertTraces(Module network) {
    Examples images = images();
    network.init(3);
    network.train(3, 0);
    network.forward(Var.of(images.inputs()));
    try (Workers workers = Workers.of(2)) {
      assertNull(TracedCheck.difference(network, images, 10, workers, 1, 3, IMAGES));
    }
  }

  @Test
  void programsAreTheNetworks() {
    assertTraces(new ResNet20());
    assertTraces(new PlainCnn());
  }
}
