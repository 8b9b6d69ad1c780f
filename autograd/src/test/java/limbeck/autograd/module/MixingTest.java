package limbeck.autograd.module;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import limbeck.autograd.Numbers;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The learned mix of layers and the highway layer, by hand in float64. */
class MixingTest {
  private static final double GOLDEN = 1e-9; // the numbers are given to so many places
  private static final OpContext CONTEXT = new OpContext();

  private static Tensor numbers(Shape shape, double... values) {
    Tensor t = Tensor.zeros(DType.F64, shape);
    for (int i = 0; i < values.length; i++) {
      t.set(i, values[i]);
    }
    return t;
  }

  private static double[] values(Tensor t) {
    double[] values = new double[t.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = t.get(i);
    }
    return values;
  }

  private static ScalarMix mix(double gamma, double... w) {
    ScalarMix mix = new ScalarMix(w.length);
    mix.allocate(DType.F64).init(1);
    mix.load(
        Map.of("weight", numbers(Shape.of(w.length), w), "gamma", numbers(Shape.of(1), gamma)));
    return mix;
  }

  private static List<Var> layers() {
    Shape two = Shape.of(1, 2);
    return List.of(
        Var.of(numbers(two, 1, 0)), Var.of(numbers(two, 0, 2)), Var.of(numbers(two, 3, -1)));
  }

  @Test
  void mixedLayersAndTheirGradients() {
    ScalarMix mix = mix(0.5, 0.1, -0.2, 0.3);
    double[] ofWeights;
    double ofGamma;
    try (Tape tape = Tape.open(CONTEXT)) {
      Var y = mix.forward(layers());
      assertArrayEquals(new double[] {0.787282297, 0.043925434}, values(y.value()), GOLDEN);
      tape.backward(y.sum());
      ofWeights = values(mix.parameters().parameters().get("weight").gradient());
      ofGamma = mix.parameters().parameters().get("gamma").gradient().get(0);
    }
    assertArrayEquals(new double[] {-0.111810609, 0.042213052, 0.069597557}, ofWeights, GOLDEN);
    assertEquals(1.662415462, ofGamma, GOLDEN);
  }

  @Test
  void equalWeightsAreTheMean() {
    Tensor y = mix(0.5, 7, 7, 7).forward(layers()).value();
    assertArrayEquals(new double[] {0.5 * 4 / 3, 0.5 / 3}, values(y), 1e-15);
    ScalarMix fresh = new ScalarMix(3);
    fresh.allocate(DType.F64).init(1);
    assertArrayEquals(
        new double[] {4.0 / 3, 1.0 / 3}, values(fresh.forward(layers()).value()), 1e-15);
  }

  /** e^{−800} is 0 in double. */
  @Test
  void aLargeWeightSelectsItsLayer() {
    Tensor y = mix(2, 0, 800, 0).forward(layers()).value();
    assertArrayEquals(new double[] {0, 4}, values(y));
  }

  @Test
  void asManyTensorsAsItWasMadeFor() {
    ScalarMix mix = mix(1, 0, 0);
    var e = assertThrows(IllegalArgumentException.class, () -> mix.forward(layers()));
    assertEquals("scalarMix: 3 tensors, 2 expected", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new ScalarMix(0));
  }

  private static Highway highway(double gateBias, Tensor gate, Tensor transform) {
    Highway layer = new Highway(2);
    layer.allocate(DType.F64).init(1);
    layer.load(
        Map.of(
            "gate.weight",
            gate,
            "gate.bias",
            numbers(Shape.of(2), gateBias, gateBias),
            "transform.weight",
            transform,
            "transform.bias",
            numbers(Shape.of(2), 0, 0)));
    return layer;
  }

  @Test
  void aHighwayLayer() {
    Shape square = Shape.of(2, 2);
    Highway layer = highway(-2, numbers(square, 1, 0, 0, 1), numbers(square, 1, 1, 1, -1));
    Tensor y = layer.forward(Var.of(numbers(Shape.of(1, 2), 0.5, -1))).value();
    assertArrayEquals(new double[] {0.408787238, -0.881435317}, values(y), GOLDEN);
  }

  /** σ(−800) is 0 in double, and σ(800) is 1. */
  @Test
  void aShutGateCarriesAndAnOpenOneTransforms() {
    Shape square = Shape.of(2, 2);
    Tensor none = numbers(square, 0, 0, 0, 0);
    Tensor swap = numbers(square, 0, 1, 1, 0);
    Var x = Var.of(numbers(Shape.of(1, 2), 0.5, -1));
    assertArrayEquals(new double[] {0.5, -1}, values(highway(-800, none, swap).forward(x).value()));
    assertArrayEquals(new double[] {0, 0.5}, values(highway(800, none, swap).forward(x).value()));
  }

  @Test
  void aHighwayLayerBeginsByCarrying() {
    Highway layer = new Highway(3);
    layer.init(1);
    Tensor bias = layer.state().get("gate.bias");
    assertArrayEquals(new double[] {-2, -2, -2}, values(bias));
    assertEquals(2 * (3 * 3 + 3), layer.parameters().count());
    assertEquals(Shape.of(4, 3), layer.forward(Var.of(Numbers.normal(1, 4, 3))).shape());
  }
}
