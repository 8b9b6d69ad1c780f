package limbeck.kd.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import limbeck.engine.io.Safetensors;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.DropoutRates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Loads published networks for CIFAR-10 (github.com/akamaster/pytorch_resnet_cifar10) and computes
 * what PyTorch has computed with them, where property or environment variable LIMBECK_DATA names a
 * folder with {@code resnet-cifar10}.
 */
class PublishedResNetTest {
  private static final ImageShape CIFAR = new ImageShape(3, 32, 32);

  private static Map<String, Tensor> tensors(String file) throws IOException {
    String data = System.getProperty("LIMBECK_DATA", System.getenv("LIMBECK_DATA"));
    assumeTrue(data != null, "skipped: LIMBECK_DATA names no folder with resnet-cifar10");
    Path path = Path.of(data, "resnet-cifar10", file);
    assumeTrue(Files.exists(path), "skipped: no " + path);
    return Safetensors.read(path).tensors();
  }

  @ParameterizedTest
  @CsvSource({"20, 269722", "32, 464154", "56, 853018"})
  void weightsLoadUnderTheirNames(int depth, long parameters) throws IOException {
    Map<String, Tensor> published = tensors("resnet" + depth + ".safetensors");
    ImageNetwork network = ImageArchitecture.of("resnet-" + depth + "/pad").build(CIFAR, 10);
    network.load(published);
    assertEquals(parameters, network.parameters().count());
    assertEquals(published.keySet(), network.state().keySet());
  }

  /** In float64, to see PyTorch's rounding alone, and in float32, to see ours. */
  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F32", "F64"})
  void logitsAreThoseOfPyTorch(DType type) throws IOException {
    Map<String, Tensor> reference = tensors("resnet20-reference-io.safetensors");
    ImageNetwork network = resnet20(Standardisation.NONE, type);
    Tensor logits = network.infer(reference.get("input").to(type), new OpContext());
    assertClose(reference.get("logits"), logits);
    for (int i = 0; i < 8; i++) {
      assertEquals(reference.get("labels").get(i), largest(logits, i), "image " + i);
    }
  }

  /** The reference's input is standardised already; here the network does that. */
  @Test
  void theNetworkStandardisesRawImages() throws IOException {
    Map<String, Tensor> reference = tensors("resnet20-reference-io.safetensors");
    ImageInput input =
        new ImageInput(
            new Blueprint("input", CIFAR, 10, Standardisation.IMAGENET, DropoutRates.NONE));
    input.allocate(DType.F32);
    Tensor raw = reference.get("input").own();
    for (int i = 0; i < raw.size(); i++) {
      int channel = i / (32 * 32) % 3;
      double deviation = Standardisation.IMAGENET.deviation().get(channel);
      double value = raw.get(i) * deviation + Standardisation.IMAGENET.mean().get(channel);
      raw.set(i, Math.round(value * 255) / 255f);
    }
    assertClose(reference.get("input"), input.infer(raw, new OpContext()));
    ImageNetwork network = resnet20(Standardisation.IMAGENET, DType.F32);
    assertClose(reference.get("logits"), network.infer(raw, new OpContext()));
  }

  private static ImageNetwork resnet20(Standardisation s, DType type) throws IOException {
    ImageNetwork network =
        ImageArchitecture.of("resnet-20/pad").build(CIFAR, 10, s, DropoutRates.NONE);
    network.allocate(type);
    network.load(tensors("resnet20.safetensors"));
    return network;
  }

  /** Measured: 2.6e-7 of the largest number, about four roundings of a float. */
  private static void assertClose(Tensor expected, Tensor actual) {
    double size = 0;
    for (int i = 0; i < expected.size(); i++) {
      size = Math.max(size, Math.abs(expected.get(i)));
    }
    double worst = 0;
    for (int i = 0; i < expected.size(); i++) {
      worst = Math.max(worst, Math.abs(expected.get(i) - actual.get(i)) / size);
    }
    assertTrue(worst < 1e-6, "off by " + worst + " of " + size);
  }

  private static int largest(Tensor logits, int row) {
    int best = 0;
    for (int c = 1; c < 10; c++) {
      best = logits.get(10 * row + c) > logits.get(10 * row + best) ? c : best;
    }
    return best;
  }
}
