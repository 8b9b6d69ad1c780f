package limbeck.autograd.optim;

import static limbeck.autograd.Numbers.U;
import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.giveGradient;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import limbeck.autograd.Init;
import limbeck.autograd.Parameter;
import limbeck.autograd.Weights;
import limbeck.autograd.optim.OptimizerFormulas.AdadeltaFormula;
import limbeck.autograd.optim.OptimizerFormulas.AdagradFormula;
import limbeck.autograd.optim.OptimizerFormulas.AdamFormula;
import limbeck.autograd.optim.OptimizerFormulas.RmsPropFormula;
import limbeck.autograd.optim.OptimizerFormulas.SgdFormula;
import limbeck.autograd.optim.OptimizerFormulas.Stepper;
import limbeck.engine.exec.Workers;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps of every optimizer against the papers' formulas in plain float64. */
class OptimizerTest {
  private static final int N = 37;
  private static final int STEPS = 12;

  /** A schedule's rates: they change from step to step. */
  private static double rate(int step) {
    return 0.1 / (1 + step);
  }

  private static Stepper[] formulas() {
    return new Stepper[] {
      new AdagradFormula(0, 0),
      new AdagradFormula(0.1, 0.02),
      new RmsPropFormula(0.99, 1e-8, 0, 0),
      new RmsPropFormula(0.9, 1e-3, 0.8, 0.02),
      new AdadeltaFormula(0.95, 1e-6, 0),
      new AdadeltaFormula(0.5, 1e-3, 0.02),
      new SgdFormula(0, false, 0),
      new SgdFormula(0, false, 0.01),
      new SgdFormula(0.9, false, 0),
      new SgdFormula(0.9, false, 0.01),
      new SgdFormula(0.9, true, 0),
      new SgdFormula(0.9, true, 0.01),
      new AdamFormula(0.9, 0.999, 1e-8, 0, false),
      new AdamFormula(0.5, 0.9, 1e-3, 0.02, false),
      new AdamFormula(0.9, 0.999, 1e-8, 0.02, true)
    };
  }

  private static Parameter weights(DType type) {
    Weights model = new Weights(Init.normal(1), Shape.of(N));
    model.allocate(type).init(6);
    return model.get(0);
  }

  private static double[] stateOf(Stepper formula, Optimizer optimizer, int i) {
    String[] names = formula.names();
    double[] state = new double[names.length];
    for (int k = 0; k < names.length; k++) {
      state[k] = optimizer.state().get(names[k]).get(i);
    }
    return state;
  }

  private static Tensor gradient(DType type, int step) {
    Tensor g = normal(type, 100 + step, N);
    g.set(step, 0); // one element per step without
    return g;
  }

  /** Rounding errors of double, 1e-16 each, grow by less than 1e3 over these few steps. */
  @ParameterizedTest
  @MethodSource("formulas")
  void float64FollowsTheFormula(Stepper formula) {
    Parameter p = weights(DType.F64);
    Optimizer optimizer = formula.optimizer(p.store());
    double[] w = new double[N];
    List<double[]> state = new ArrayList<>();
    for (int i = 0; i < N; i++) {
      w[i] = p.value().get(i);
      state.add(stateOf(formula, optimizer, i));
    }
    for (int step = 0; step < STEPS; step++) {
      Tensor g = gradient(DType.F64, step);
      giveGradient(p, g);
      optimizer.rate(rate(step));
      optimizer.step(Workers.inline());
      assertNull(p.gradient());
      for (int i = 0; i < N; i++) {
        w[i] = formula.step(w[i], g.get(i), state.get(i), rate(step), step + 1);
        assertEquals(w[i], p.value().get(i), 1e-12 * Math.max(1, Math.abs(w[i])));
        double[] actual = stateOf(formula, optimizer, i);
        for (int k = 0; k < actual.length; k++) {
          assertEquals(state.get(i)[k], actual[k], 1e-12 * Math.max(1, Math.abs(actual[k])));
        }
      }
    }
    assertEquals(STEPS, optimizer.steps());
    assertEquals(rate(STEPS - 1), optimizer.rate());
  }

  /**
   * Each step by itself, from the state that float32 has reached: a weight passes through fewer
   * than 16 roundings, each of which adds at most U times the magnitude of the terms; a state, too.
   */
  @ParameterizedTest
  @MethodSource("formulas")
  void float32IsWithinRoundingOfTheFormula(Stepper formula) {
    Parameter p = weights(DType.F32);
    Optimizer optimizer = formula.optimizer(p.store());
    for (int step = 0; step < STEPS; step++) {
      Tensor g = gradient(DType.F32, step);
      Tensor before = p.value().own();
      List<double[]> states = new ArrayList<>();
      for (int i = 0; i < N; i++) {
        states.add(stateOf(formula, optimizer, i));
      }
      giveGradient(p, g);
      optimizer.rate(rate(step));
      optimizer.step(Workers.inline());
      for (int i = 0; i < N; i++) {
        double[] state = states.get(i);
        double bound = 16 * U * formula.terms(before.get(i), g.get(i), state, rate(step), step + 1);
        double[] stateTerms = formula.stateTerms(before.get(i), g.get(i), state);
        double w = formula.step(before.get(i), g.get(i), state, rate(step), step + 1);
        assertEquals(w, p.value().get(i), bound, "weight " + i + " after step " + step);
        double[] actual = stateOf(formula, optimizer, i);
        for (int k = 0; k < actual.length; k++) {
          assertEquals(state[k], actual[k], 16 * U * stateTerms[k]);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formulas")
  void restoredIsUninterrupted(Stepper formula) {
    Parameter whole = weights(DType.F32);
    Optimizer through = formula.optimizer(whole.store());
    run(through, whole, 0, STEPS);

    Parameter first = weights(DType.F32);
    Optimizer before = formula.optimizer(first.store());
    run(before, first, 0, 5);
    Parameter second = weights(DType.F32);
    second.value().copyFrom(first.value());
    Optimizer after = formula.optimizer(second.store());
    after.restore(before.steps(), limbeck.autograd.Numbers.copy(before.state()));
    run(before, first, 5, 7); // what the first does now is no business of the second
    run(after, second, 5, STEPS);
    assertSameBits(whole.value(), second.value(), "weights");
    assertSameBits(through.state(), after.state());
    assertEquals(STEPS, after.steps());
  }

  private static void run(Optimizer optimizer, Parameter p, int from, int to) {
    for (int step = from; step < to; step++) {
      giveGradient(p, gradient(DType.F32, step));
      optimizer.rate(rate(step));
      optimizer.step(Workers.inline());
    }
  }

  @ParameterizedTest
  @MethodSource("formulas")
  void workersMakeNoDifference(Stepper formula) {
    Tensor expected = trainLarge(formula, Workers.inline());
    for (int count : new int[] {2, 3, 8}) {
      try (Workers workers = Workers.of(count)) {
        assertSameBits(expected, trainLarge(formula, workers), count + " workers");
      }
    }
  }

  private static Tensor trainLarge(Stepper formula, Workers workers) {
    Weights model = new Weights(Init.normal(1), Shape.of(70_001), Shape.of(3));
    model.init(6);
    Optimizer optimizer = formula.optimizer(model.parameters());
    for (int step = 0; step < 2; step++) {
      giveGradient(model.get(0), normal(step, 70_001));
      giveGradient(model.get(1), normal(10 + step, 3));
      optimizer.rate(0.1);
      optimizer.step(workers);
    }
    assertTrue(model.parameters().activeRanges().length == 0);
    return model.parameters().values();
  }
}
