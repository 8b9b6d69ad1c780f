package limbeck.autograd.optim;

import static limbeck.autograd.Numbers.U;
import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.giveGradient;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import limbeck.autograd.Init;
import limbeck.autograd.Parameter;
import limbeck.autograd.ParameterStore;
import limbeck.autograd.Weights;
import limbeck.engine.exec.Workers;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clipping of gradients and the constraint on weights. */
class NormsTest {
  private static double norm(Tensor t, int from, int n) {
    double squares = 0;
    for (int i = from; i < from + n; i++) {
      squares += t.get(i) * t.get(i);
    }
    return Math.sqrt(squares);
  }

  /**
   * Relative error of a float norm of n terms and of what is scaled by it: half that of the sum of
   * squares, which passes through n/16 + 4 roundings, and four more for the root, the quotient, the
   * factor and the product.
   */
  private static double bound(int n) {
    return (0.5 * (n / 16 + 5) + 4) * U;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 16, 784})
  void unitsAreScaledBackToTheMaximum(int in) {
    double max = 2;
    double[] norms = {0, 0.5, 1.9, 2.1, 30, 1e6};
    Weights model = new Weights(Init.normal(1), Shape.of(norms.length, in));
    model.init(3);
    Tensor w = model.get(0).value();
    for (int unit = 0; unit < norms.length; unit++) {
      double factor = norms[unit] / norm(w, unit * in, in);
      for (int i = unit * in; i < (unit + 1) * in; i++) {
        w.set(i, w.get(i) * factor);
      }
    }
    Tensor before = w.own();
    long version = model.parameters().version();
    MaxNorm.apply(Workers.inline(), model.get(0), max);
    assertTrue(model.parameters().version() > version);
    assertSameBits(before.slice(0, 3), w.slice(0, 3), "units below the maximum");
    for (int unit = 3; unit < norms.length; unit++) {
      assertEquals(max, norm(w, unit * in, in), max * bound(in), "unit " + unit);
      for (int i = unit * in; i < (unit + 1) * in; i++) {
        double direction = before.get(i) * (max / norm(before, unit * in, in));
        assertEquals(direction, w.get(i), Math.abs(direction) * bound(in));
      }
    }
  }

  @Test
  void aUnitOfAConvolutionIsAWholeFilter() {
    Weights model = new Weights(Init.normal(1), Shape.of(3, 2, 5, 5));
    model.allocate(DType.F64).init(3);
    MaxNorm.apply(Workers.inline(), model.get(0), 0.5);
    for (int unit = 0; unit < 3; unit++) {
      assertEquals(0.5, norm(model.get(0).value(), unit * 50, 50), 1e-14);
    }
  }

  @Test
  void theConstraintDoesNotDependOnWorkers() {
    Tensor[] results = new Tensor[2];
    for (int k = 0; k < 2; k++) {
      Weights model = new Weights(Init.normal(1), Shape.of(700, 801));
      model.init(3);
      try (Workers workers = Workers.of(1 + 2 * k)) {
        MaxNorm.apply(workers, model.get(0), 28);
      }
      results[k] = model.get(0).value();
    }
    assertSameBits(results[0], results[1], "1 and 3 workers");
  }

  @Test
  void aFrozenWeightKeepsItsValue() {
    Weights model = new Weights(Init.normal(1), Shape.of(3, 40));
    model.init(3);
    Tensor before = model.get(0).value().own();
    model.get(0).freeze(true);
    MaxNorm.apply(Workers.inline(), model.get(0), 0.1);
    assertSameBits(before, model.get(0).value(), "frozen");
  }

  /** Also where squares overflow. */
  @Test
  void anInfiniteMaximumConstrainsNothing() {
    Weights model = new Weights(Init.constant(1e30), Shape.of(2, 3));
    model.init(3);
    Tensor before = model.get(0).value().own();
    MaxNorm.apply(Workers.inline(), model.get(0), Double.POSITIVE_INFINITY);
    assertSameBits(before, model.get(0).value(), "weights");
  }

  @Test
  void constraintErrors() {
    Weights model = new Weights(Init.normal(1), Shape.of(3, 2), Shape.of(3));
    model.init(3);
    for (double max : new double[] {0, -1, Double.NaN}) {
      assertThrows(
          IllegalArgumentException.class, () -> MaxNorm.apply(Workers.inline(), model.get(0), max));
    }
    String said =
        assertThrows(ShapeException.class, () -> MaxNorm.apply(Workers.inline(), model.get(1), 1))
            .getMessage();
    assertEquals("maxNorm: w1 [3] is no weight [out, in]", said);
  }

  private static final Shape[] SHAPES = {Shape.of(7, 5), Shape.of(7), Shape.of(3), Shape.of(50)};

  /** A model of which w1 is frozen and w2 has no gradient. */
  private static Weights withGradients(DType type) {
    Weights model = new Weights(Init.normal(1), SHAPES);
    model.allocate(type).init(3);
    for (int i = 0; i < SHAPES.length; i++) {
      if (i != 2) {
        giveGradient(model.get(i), normal(type, i, SHAPES[i].toArray()));
      }
    }
    model.get(1).freeze(true);
    return model;
  }

  private static double counted(Weights model) {
    double squares = 0;
    for (int i : new int[] {0, 3}) {
      double norm = norm(model.get(i).gradient(), 0, SHAPES[i].size());
      squares += norm * norm;
    }
    return Math.sqrt(squares);
  }

  @Test
  void gradientsAreClippedByTheirGlobalNorm() {
    for (DType type : new DType[] {DType.F32, DType.F64}) {
      Weights model = withGradients(type);
      ParameterStore store = model.parameters();
      double expected = counted(model);
      Tensor frozen = model.get(1).gradient().own();
      Tensor first = model.get(0).gradient().own();
      assertEquals(expected, GradClip.norm(store, 0.5), expected * bound(50));
      assertEquals(0.5, counted(model), 0.5 * bound(50));
      assertSameBits(frozen, model.get(1).gradient(), "frozen");
      for (int i = 0; i < first.size(); i++) {
        double scaled = first.get(i) * 0.5 / expected;
        assertEquals(scaled, model.get(0).gradient().get(i), Math.abs(scaled) * bound(50));
      }
    }
  }

  @Test
  void smallGradientsAreLeftAlone() {
    Weights model = withGradients(DType.F32);
    Tensor before = model.parameters().gradients().own();
    assertTrue(GradClip.norm(model.parameters(), 1e3) < 1e3);
    assertSameBits(before, model.parameters().gradients(), "gradients");
    model.parameters().clearGradients();
    assertEquals(0, GradClip.norm(model.parameters(), 1));
  }

  @Test
  void aNormThatIsNoNumberClipsNothing() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, 1e30f}) {
      Weights model = withGradients(DType.F32);
      Parameter p = model.get(0);
      p.gradient().set(3, bad);
      Tensor before = model.parameters().gradients().own();
      assertTrue(!Double.isFinite(GradClip.norm(model.parameters(), 1)));
      assertSameBits(before, model.parameters().gradients(), "gradients");
      assertNotEquals(0, p.gradient().get(0));
    }
    ParameterStore store = withGradients(DType.F32).parameters();
    assertThrows(IllegalArgumentException.class, () -> GradClip.norm(store, 0));
    assertThrows(IllegalArgumentException.class, () -> GradClip.norm(store, Double.NaN));
  }
}
