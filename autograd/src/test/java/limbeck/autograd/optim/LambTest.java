package limbeck.autograd.optim;

import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.copy;
import static limbeck.autograd.Numbers.giveGradient;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;

import limbeck.autograd.Init;
import limbeck.autograd.ParameterStore;
import limbeck.autograd.Weights;
import limbeck.engine.exec.Workers;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** LAMB, whose steps are of whole parameters, against algorithm 2 of its paper in plain float64. */
class LambTest {
  private static final Shape[] SHAPES = {
    Shape.of(7, 5), Shape.of(3), Shape.of(50), Shape.of(4), Shape.of(9001)
  };
  private static final double DECAY = 0.02;

  /** The third is frozen, the fourth begins at 0, the last is updated in several chunks. */
  private static Weights model(DType type) {
    Weights model = new Weights(Init.normal(1), SHAPES);
    model.allocate(type).init(3);
    model.get(2).freeze(true);
    model.get(3).value().fill(0);
    return model;
  }

  private static void giveGradients(Weights model, DType type, int step) {
    for (int i = 0; i < SHAPES.length; i++) {
      giveGradient(model.get(i), normal(type, 10 * step + i, SHAPES[i].toArray()));
    }
  }

  /** One parameter by the paper. */
  private static final class Formula {
    final double[] w;
    final double[] m;
    final double[] v;

    Formula(Tensor weights) {
      w = new double[weights.size()];
      m = new double[w.length];
      v = new double[w.length];
      for (int i = 0; i < w.length; i++) {
        w[i] = weights.get(i);
      }
    }

    void step(Tensor g, double rate, int t) {
      double[] r = new double[w.length];
      double weights = 0;
      double steps = 0;
      for (int i = 0; i < w.length; i++) {
        m[i] = 0.9 * m[i] + 0.1 * g.get(i);
        v[i] = 0.999 * v[i] + 0.001 * g.get(i) * g.get(i);
        double mean = m[i] / (1 - Math.pow(0.9, t));
        double square = v[i] / (1 - Math.pow(0.999, t));
        r[i] = mean / (Math.sqrt(square) + 1e-6) + DECAY * w[i];
        weights += w[i] * w[i];
        steps += r[i] * r[i];
      }
      double ratio = weights > 0 ? Math.sqrt(weights / steps) : 1;
      for (int i = 0; i < w.length; i++) {
        w[i] -= rate * ratio * r[i];
      }
    }
  }

  @Test
  void followsThePaper() {
    Weights model = model(DType.F64);
    Tensor frozen = model.get(2).value().own();
    Lamb lamb = new Lamb(model.parameters(), 0.05, DECAY);
    Formula[] formulas = new Formula[SHAPES.length];
    for (int i = 0; i < formulas.length; i++) {
      formulas[i] = new Formula(model.get(i).value());
    }
    for (int step = 1; step <= 8; step++) {
      giveGradients(model, DType.F64, step);
      lamb.rate(0.05 / step);
      lamb.step(Workers.inline());
      for (int i : new int[] {0, 1, 3, 4}) {
        formulas[i].step(normal(DType.F64, 10 * step + i, SHAPES[i].toArray()), 0.05 / step, step);
        for (int k = 0; k < formulas[i].w.length; k++) {
          assertEquals(formulas[i].w[k], model.get(i).value().get(k), 1e-12, i + " after " + step);
        }
      }
    }
    assertSameBits(frozen, model.get(2).value(), "frozen");
  }

  /** No length to divide by: the ratio is 1, of a step of 0. */
  @Test
  void withoutGradientNothingMoves() {
    Weights model = model(DType.F64);
    Tensor before = model.parameters().values().own();
    giveGradient(model.get(0), Tensor.zeros(DType.F64, SHAPES[0]));
    new Lamb(model.parameters(), 0.1, 0).step(Workers.inline());
    assertSameBits(before, model.parameters().values(), "weights");
  }

  @Test
  void restoredIsUninterruptedForAnyWorkers() {
    Weights whole = model(DType.F32);
    Lamb through = new Lamb(whole.parameters(), 0.05, DECAY);
    Weights parts = model(DType.F32);
    Lamb before = new Lamb(parts.parameters(), 0.05, DECAY);
    try (Workers three = Workers.of(3)) {
      for (int step = 1; step <= 4; step++) {
        giveGradients(whole, DType.F32, step);
        through.step(Workers.inline());
        giveGradients(parts, DType.F32, step);
        before.step(three);
        Lamb after = new Lamb(parts.parameters(), 0.05, DECAY);
        after.restore(before.steps(), copy(before.state()));
        before = after;
      }
    }
    assertSameBits(whole.parameters().values(), parts.parameters().values(), "weights");
    assertSameBits(through.state(), before.state());
  }

  /** The step's length is that of the weights, whatever the gradient's: here a tenth of it. */
  @Test
  void aStepIsInProportionToTheWeights() {
    for (double size : new double[] {1e-6, 1, 1e6}) {
      Weights model = new Weights(Init.normal(1), Shape.of(40));
      model.init(3);
      ParameterStore store = model.parameters();
      Tensor w = model.get(0).value().own();
      Tensor g = normal(1, 40);
      for (int i = 0; i < 40; i++) {
        g.set(i, g.get(i) * size);
      }
      giveGradient(model.get(0), g);
      new Lamb(store, 0.1, 0).step(Workers.inline());
      double length = 0;
      double moved = 0;
      for (int i = 0; i < 40; i++) {
        double step = model.get(0).value().get(i) - w.get(i);
        length += w.get(i) * w.get(i);
        moved += step * step;
      }
      assertEquals(0.1, Math.sqrt(moved / length), 1e-5, "gradients times " + size);
    }
  }
}
