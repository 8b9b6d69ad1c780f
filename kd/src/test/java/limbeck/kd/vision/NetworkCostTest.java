package limbeck.kd.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import limbeck.autograd.Summary;
import limbeck.engine.tensor.DType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Parameters, scale and shift of batch norms included, and multiply-adds of one image. They follow
 * from the layer lists of the papers alone, so a wrong layer shows here.
 */
class NetworkCostTest {
  private static Summary summary(String name, ImageShape image, int classes) {
    ImageNetwork network = ImageArchitecture.of(name).build(image, classes);
    network.allocate(DType.F32);
    Summary summary = Summary.of(network, DType.F32, image.example());
    assertEquals(network.parameters().count(), summary.parameters(), name);
    assertEquals(network.multiplyAdds(), summary.multiplyAdds(), name);
    return summary;
  }

  /** Images of 3 x 32 x 32. */
  @ParameterizedTest
  @CsvSource({
    "plain-2, 10, 13082, 1.04",
    "plain-4, 10, 37338, 6.36",
    "plain-6, 10, 82778, 9.89",
    "plain-8, 10, 327962, 13.45",
    "plain-10, 10, 2487850, 71.8",
    "plain-2, 100, 215172, 3.45",
    "plain-4, 100, 475652, 24.9",
    "plain-6, 100, 1107204, 39.5",
    "plain-8, 100, 1246276, 52.9",
    "plain-10, 100, 2931460, 72.2",
    "plain:16-16-P-32-32-P, 10, 37338, 6.36",
    "resnet-8, 10, 77850, 12.5",
    "resnet-14, 10, 175066, 26.7",
    "resnet-20, 10, 272282, 40.8",
    "resnet-32, 10, 466714, 69.1",
    "resnet-56, 10, 855578, 125.7",
    "resnet-110, 10, 1730522, 253.1",
    "resnet-20/pad, 10, 269722, 40.6",
    "resnet-32/pad, 10, 464154, 68.9",
    "resnet-56/pad, 10, 853018, 125.5",
    "resnet-20/conv-bn, 10, 272474, 40.8",
    "resnet-8x4, 10, 1210410, 177.0",
    "resnet-8x4, 100, 1233540, 177.1",
    "wrn-16-1, 10, 175066, 26.7",
    "wrn-16-1, 100, 180916, 26.7",
    "wrn-16-2, 10, 691674, 101.1",
    "wrn-16-2, 100, 703284, 101.1",
    "wrn-40-1, 10, 563930, 83.3",
    "wrn-40-1, 100, 569780, 83.3",
    "wrn-40-2, 10, 2243546, 327.6",
    "wrn-40-2, 100, 2255156, 327.6",
    "densenet-bc-22-12, 10, 71686, 31.2",
    "densenet-bc-40-12, 10, 176122, 72.4",
    "densenet-bc-100-12, 10, 769162, 287.9",
    "densenet-bc-100-12, 100, 800032, 288.0",
    "densenet-40-12, 10, 1019722, 264.8",
    "densenet-40-12, 100, 1060132, 264.9",
    "mobile-0.25, 10, 215642, 3.33",
    "mobile-0.5, 10, 823722, 12.17",
    "mobile-0.75, 10, 1824250, 26.51",
    "mobile-1, 10, 3217226, 46.35",
  })
  void ofColourImages(String name, int classes, long parameters, String millions) {
    Summary summary = summary(name, new ImageShape(3, 32, 32), classes);
    assertEquals(parameters, summary.parameters(), name + ": parameters");
    int decimals = millions.length() - millions.indexOf('.') - 1;
    double unit = decimals == 1 ? 1e5 : 1e4;
    long rounded = Math.round(summary.multiplyAdds() / unit);
    assertEquals(
        Math.round(Double.parseDouble(millions) * 1e6 / unit),
        rounded,
        name + ": " + summary.multiplyAdds() + " multiply-adds");
  }

  /** Images of 1 x 28 x 28: a weight is used once, and a unit has a bias. */
  @ParameterizedTest
  @CsvSource({
    "mlp:784-1200-1200-10, 2395210, 2410",
    "mlp:784-800-800-10, 1276810, 1610",
    "mlp:784-300-300-10, 328810, 610",
    "mlp:784-30-30-10, 24790, 70",
  })
  void ofPerceptrons(String name, long parameters, long biases) {
    Summary summary = summary(name, new ImageShape(1, 28, 28), 10);
    assertEquals(parameters, summary.parameters());
    assertEquals(parameters - biases, summary.multiplyAdds());
  }
}
