package limbeck.autograd.module;

import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.Var;
import limbeck.autograd.verify.ModelCheck;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers that slide windows over images and sequences. */
class ConvTest {
  private static final Window PADDED = Window.of(3).withPadding(1);
  private static final Window HALVING = PADDED.withStride(2);

  @Test
  void namesAndShapes() {
    Conv2d images = new Conv2d(4, 6, PADDED, Window.of(5), 2, true);
    images.init(1);
    assertEquals(List.of("weight", "bias"), List.copyOf(images.state().keySet()));
    assertEquals(Shape.of(6, 2, 3, 5), images.weight().shape());
    assertEquals(Shape.of(6), images.bias().shape());
    Conv1d sequences = new Conv1d(4, 6, PADDED, 1, false);
    sequences.init(1);
    assertEquals(List.of("weight"), List.copyOf(sequences.state().keySet()));
    assertEquals(Shape.of(6, 4, 3), sequences.weight().shape());
    assertNull(sequences.bias());
  }

  private static double largest(Parameter p) {
    double largest = 0;
    for (int i = 0; i < p.shape().size(); i++) {
      largest = Math.max(largest, Math.abs(p.value().get(i)));
    }
    return largest;
  }

  /** ±1/√fanIn, which 1,152 draws come near; He's has √2/√fanIn as its deviation. */
  @Test
  void initialisers() {
    Conv2d usual = new Conv2d(16, 16, Window.of(3), Window.of(3), 2, true);
    usual.init(1);
    double bound = 1 / StrictMath.sqrt(8 * 9);
    assertTrue(largest(usual.weight()) <= bound && largest(usual.weight()) > 0.99 * bound);
    assertTrue(largest(usual.bias()) <= bound && largest(usual.bias()) > 0.5 * bound);
    Conv2d he = new Conv2d(16, 16, PADDED, PADDED, 1, false, Init.he(16 * 9));
    he.init(1);
    double square = 0;
    for (int i = 0; i < he.weight().shape().size(); i++) {
      square += he.weight().value().get(i) * he.weight().value().get(i);
    }
    assertEquals(2.0 / (16 * 9), square / he.weight().shape().size(), 0.001);
  }

  private static void assertDerives(Module model, int... x) {
    model.allocate(DType.F64).init(3);
    Var in = Var.of(normal(DType.F64, 3, x));
    Var factors = Var.of(normal(DType.F64, 4, model.forward(in).shape().toArray()));
    ModelCheck.require(model, () -> model.forward(in).times(factors).sum(), 1e-7);
  }

  @Test
  void gradients() {
    assertDerives(new Conv2d(3, 4, HALVING, true), 2, 3, 7, 6);
    assertDerives(new Conv2d(4, 4, PADDED, PADDED, 4, true), 2, 4, 5, 5);
    assertDerives(new Conv1d(3, 4, HALVING.withDilation(2), 1, true), 2, 3, 9);
    Sequential model =
        new Sequential(
            new Conv2d(2, 3, 3),
            new AvgPool2d(2),
            new Conv2d(3, 4, 1),
            new MaxPool2d(HALVING, HALVING),
            new Flatten(),
            new Linear(8, 3));
    assertDerives(model, 2, 2, 8, 7);
    assertDerives(new Sequential(new Conv2d(2, 3, 3), new GlobalAvgPool()), 2, 2, 5, 6);
  }

  @Test
  void programsAreTheLayers(@TempDir Path folder) throws IOException {
    TraceCheck.require(new Conv2d(3, 17, PADDED, true), folder, 3, 9, 11);
    TraceCheck.require(new Conv2d(6, 6, HALVING, PADDED, 6, false), folder, 6, 9, 11);
    TraceCheck.require(new Conv1d(4, 6, HALVING, 2, true), folder, 4, 33);
    TraceCheck.require(new MaxPool2d(HALVING, PADDED), folder, 3, 9, 11);
    TraceCheck.require(new AvgPool2d(HALVING, PADDED, false), folder, 3, 9, 11);
    TraceCheck.require(
        new Sequential(new Conv2d(3, 4, 1), new GlobalAvgPool(), new Flatten()), folder, 3, 5, 6);
  }

  private static void assertRefuses(String message, Supplier<Module> constructor) {
    String said = assertThrows(IllegalArgumentException.class, constructor::get).getMessage();
    assertTrue(said.startsWith(message), said);
  }

  @Test
  void wrongSettings() {
    assertRefuses(
        "conv2d: 3 channels in and 4 out in groups of equal size, 2 of them: multiples",
        () -> new Conv2d(3, 4, PADDED, PADDED, 2, true));
    assertRefuses(
        "conv1d: 4 channels in and 3 out in groups", () -> new Conv1d(4, 3, PADDED, 2, true));
    assertRefuses("conv2d: 0 channels in and 3 out", () -> new Conv2d(0, 3, 3));
    assertRefuses("conv2d: 3 channels in and 0 out", () -> new Conv2d(3, 0, 3));
    assertRefuses("conv: 0 groups", () -> new Conv2d(3, 3, PADDED, PADDED, 0, true));
    assertRefuses("window of size 0", () -> new Conv2d(3, 3, 0));
    assertRefuses("window of size -1", () -> new MaxPool2d(-1));
    assertRefuses(
        "maxPool: window of size 3, padding 2", () -> new MaxPool2d(PADDED.withPadding(2), PADDED));
    assertRefuses(
        "avgPool: window of size 3, padding 1, dilation 2",
        () -> new AvgPool2d(PADDED, PADDED.withDilation(2), true));
  }
}
