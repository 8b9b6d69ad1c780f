package limbeck.autograd.optim;

import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.copy;
import static limbeck.autograd.Numbers.giveGradient;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import limbeck.autograd.Init;
import limbeck.autograd.ParameterStore;
import limbeck.autograd.Weights;
import limbeck.engine.exec.Workers;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Settings and states that optimizers refuse, and numbers too small to keep. */
class OptimizerErrorsTest {
  private final Weights model = new Weights(Init.normal(1), Shape.of(4));
  private final ParameterStore store = model.allocate(DType.F32);

  private static void assertRefuses(String message, Runnable call) {
    String said = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(said.startsWith("optimizer: " + message), said);
  }

  @Test
  void settingsOutOfRange() {
    assertRefuses("learning rate -0.1 is not", () -> new Sgd(store, -0.1));
    assertRefuses("learning rate NaN is not", () -> new Sgd(store, 1).rate(Double.NaN));
    assertRefuses("learning rate Infinity", () -> new Adam(store, Double.POSITIVE_INFINITY));
    assertRefuses("momentum 1.0 is not in [0, 1)", () -> new Sgd(store, 1, 1, false, 0));
    assertRefuses("decay -1.0", () -> new Sgd(store, 1, 0.5, false, -1));
    assertRefuses("Nesterov's form needs a momentum", () -> new Sgd(store, 1, 0, true, 0));
    assertRefuses("beta1 -0.1", () -> new Adam(store, 1, -0.1, 0.9, 1e-8, 0, false));
    assertRefuses("beta2 NaN", () -> new Adam(store, 1, 0.9, Double.NaN, 1e-8, 0, false));
    assertRefuses("epsilon 0.0", () -> new Adam(store, 1, 0.9, 0.9, 0, 0, false));
    assertRefuses(
        "epsilon 1.0E-60 is not a finite F32 above 0",
        () -> new Adam(store, 1, 0.9, 0.9, 1e-60, 0, false));
    assertRefuses(
        "epsilon 1.0E39 is not a finite F32", () -> new Adam(store, 1, 0.9, 0.9, 1e39, 0, false));
    assertRefuses("decay NaN", () -> Adam.w(store, 1, Double.NaN));
    assertRefuses("initial sum of squares -1.0", () -> new Adagrad(store, 1, -1, 1e-10, 0));
    assertRefuses("epsilon 0.0", () -> new Adagrad(store, 1, 0, 0, 0));
    assertRefuses("alpha 1.0 is not in", () -> new RmsProp(store, 1, 1, 1e-8, 0, 0));
    assertRefuses("momentum 1.0", () -> new RmsProp(store, 1, 0.9, 1e-8, 1, 0));
    assertRefuses("rho -0.1", () -> new Adadelta(store, 1, -0.1, 1e-6, 0));
    assertRefuses("decay -1.0", () -> new Lamb(store, 1, -1));
    assertRefuses("beta2 1.0", () -> new Lamb(store, 1, 0.9, 1, 1e-6, 0));
  }

  @Test
  void statesThatDoNotFitChangeNothing() {
    store.init(1);
    Adam adam = new Adam(store, 0.1);
    giveGradient(model.get(0), normal(1, 4));
    adam.step(Workers.inline());
    Map<String, Tensor> before = copy(adam.state());
    Map<String, Tensor> state = copy(adam.state());
    state.get("first").fill(9);

    Tensor second = state.remove("second");
    assertRefuses("state \"second\" is missing, F32[16] needed", () -> adam.restore(7, state));
    state.put("second", Tensor.zeros(DType.F32, Shape.of(15)));
    assertRefuses("state \"second\" is F32[15], F32[16] needed", () -> adam.restore(7, state));
    state.put("second", Tensor.zeros(DType.F64, Shape.of(16)));
    assertRefuses("state \"second\" is F64[16], F32[16] needed", () -> adam.restore(7, state));
    state.put("second", second);
    assertRefuses("restore after -1 steps", () -> adam.restore(-1, state));
    state.put("velocity", second);
    assertThrows(ShapeException.class, () -> adam.restore(7, state));
    assertRefuses("it has no state \"velocity\"", () -> adam.restore(7, state));
    assertSameBits(before, adam.state());
    assertEquals(1, adam.steps());

    state.remove("velocity");
    adam.restore(7, state);
    assertEquals(9, adam.state().get("first").get(3));
    assertEquals(7, adam.steps());
    assertRefuses("it has no state \"first\"", () -> new Sgd(store, 1).restore(7, state));
    adam.restore(0, state);
    assertEquals(0, adam.steps());
  }

  /** Whoever catches the error goes on counting where the steps ended. */
  @Test
  void aStepOfAModelLaidOutAnewDoesNotCount() {
    Adam adam = new Adam(store, 0.1);
    model.allocate(DType.F32);
    assertThrows(IllegalStateException.class, () -> adam.step(Workers.inline()));
    assertEquals(0, adam.steps());
  }

  @Test
  void momentsTooSmallBecomeZero() {
    for (DType type : new DType[] {DType.F32, DType.F64}) {
      Weights tiny = new Weights(Init.constant(1), Shape.of(4));
      tiny.allocate(type).init(1);
      Adam adam = new Adam(tiny.parameters(), 0.1);
      double[] gradients = {1e-12, -1e-20, 1e-31, 0};
      double[] first = {1e-13, -1e-21, 0, 0}; // a tenth; 1e-32 is below 1e-30
      double[] second = {1e-27, 0, 0, 0}; // a thousandth of the square
      Tensor g = Tensor.zeros(type, Shape.of(4));
      for (int i = 0; i < 4; i++) {
        g.set(i, gradients[i]);
      }
      giveGradient(tiny.get(0), g);
      adam.step(Workers.inline());
      for (int i = 0; i < 4; i++) {
        double few = 1e-6; // a few roundings of float, relative
        assertEquals(first[i], adam.state().get("first").get(i), few * Math.abs(first[i]));
        assertEquals(second[i], adam.state().get("second").get(i), few * second[i]);
      }
      for (int i = 2; i < 4; i++) {
        assertEquals(0, Double.doubleToRawLongBits(adam.state().get("first").get(i)));
        assertEquals(1, tiny.get(0).value().get(i));
      }
    }
  }
}
