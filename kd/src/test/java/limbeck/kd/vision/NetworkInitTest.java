package limbeck.kd.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** How weights start. Bounds are five deviations of the statistic under test. */
class NetworkInitTest {
  private static final int SIGMAS = 5;

  private static ImageNetwork network(String name) {
    ImageNetwork network = ImageArchitecture.of(name).build(new ImageShape(3, 32, 32), 10);
    network.init(11);
    return network;
  }

  private static Tensor weights(String name, String path) {
    return network(name).state().get(path);
  }

  /** Mean, variance, and how many lie within one deviation. */
  private static void assertNormal(Tensor t, double variance) {
    int n = t.size();
    double sum = 0;
    double squares = 0;
    double within = 0;
    for (int i = 0; i < n; i++) {
      sum += t.get(i);
      squares += t.get(i) * t.get(i);
      within += t.get(i) * t.get(i) < variance ? 1 : 0;
    }
    double share = 0.682689492137086;
    assertEquals(0, sum / n, SIGMAS * Math.sqrt(variance / n));
    assertEquals(1, squares / n / variance, SIGMAS * Math.sqrt(2.0 / n));
    assertEquals(share, within / n, SIGMAS * Math.sqrt(share * (1 - share) / n));
  }

  /** Fan out: 128 outputs see an element of x through nine weights each. */
  @Test
  void convolutionsAreNormalByTheirFanOut() {
    assertNormal(weights("plain-8", "conv7.weight"), 2.0 / (9 * 128));
    assertNormal(weights("resnet-20", "layer3.2.conv2.weight"), 2.0 / (9 * 64));
    assertNormal(weights("resnet-20", "layer3.0.conv1.weight"), 2.0 / (9 * 64));
    assertNormal(weights("resnet-20", "layer3.0.shortcut.0.weight"), 2.0 / 64);
  }

  /** An element of x reaches the nine elements around it, in its own channel alone. */
  @Test
  void depthwiseConvolutionsHaveTheFanOutOfOneChannel() {
    assertNormal(weights("mobile-1", "layer4.3.conv1.weight"), 2.0 / 9);
  }

  @Test
  void hiddenLayersAreNormalByTheirFanIn() {
    assertNormal(weights("plain-8", "fc1.weight"), 2.0 / (128 * 4));
    assertNormal(weights("mlp:3072-50-10", "fc1.weight"), 2.0 / 3072);
  }

  @Test
  void theLastLayerIsUniform() {
    Tensor w = weights("resnet-20", "linear.weight");
    double bound = 1 / Math.sqrt(64);
    double largest = 0;
    for (int i = 0; i < w.size(); i++) {
      largest = Math.max(largest, Math.abs(w.get(i)));
    }
    assertTrue(largest <= bound && largest > 0.98 * bound, bound + ": " + largest);
    assertArrayEquals(new float[10], weights("resnet-20", "linear.bias").own().floats());
  }

  /** Not on the depth, nor on what comes before: paths decide. */
  @Test
  void layersOfOnePathStartAlike() {
    for (String path : new String[] {"conv1.weight", "layer2.0.conv2.weight", "linear.weight"}) {
      assertArrayEquals(
          weights("resnet-8", path).own().floats(),
          weights("resnet-20/pad", path).own().floats(),
          path);
    }
  }
}
