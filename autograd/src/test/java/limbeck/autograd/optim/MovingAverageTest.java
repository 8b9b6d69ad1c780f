package limbeck.autograd.optim;

import static limbeck.autograd.Numbers.U;
import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.copy;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.autograd.Weights;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Sequential;
import limbeck.engine.exec.Workers;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.op.OpContext;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Averages of weights against their formula, in and out of a model, stored and resumed. */
class MovingAverageTest {
  private static final int N = 5000; // past two blocks
  private static final double DECAY = 0.9;

  private static Weights weights(DType type) {
    Weights model = new Weights(Init.normal(1), Shape.of(N), Shape.of(3, 5));
    model.allocate(type).init(1);
    return model;
  }

  private static MovingAverage average(Weights model, boolean corrected) {
    return corrected
        ? MovingAverage.corrected(model.parameters(), DECAY)
        : MovingAverage.of(model.parameters(), DECAY);
  }

  private static void move(Weights model, int step) {
    model.get(0).value().copyFrom(normal(model.get(0).value().dtype(), step, N));
    model.parameters().changed();
  }

  /**
   * The sum of shares times weights. An update rounds three times, of the share, the difference and
   * the sum; what came before it, once each.
   */
  private static void assertFollowsTheFormula(DType type, double unit, boolean corrected) {
    Weights model = weights(type);
    List<Tensor> weights = new ArrayList<>(List.of(model.get(0).value().own()));
    MovingAverage average = average(model, corrected);
    int updates = 7;
    for (int t = 1; t <= updates; t++) {
      move(model, t);
      weights.add(model.get(0).value().own());
      average.update(Workers.inline());
    }
    double[] shares = new double[updates + 1];
    double all = corrected ? 1 - StrictMath.pow(DECAY, updates) : 1;
    for (int t = 1; t <= updates; t++) {
      shares[t] = (1 - DECAY) * StrictMath.pow(DECAY, updates - t) / all;
    }
    shares[0] = corrected ? 0 : StrictMath.pow(DECAY, updates);
    for (int i = 0; i < N; i++) {
      double sum = 0;
      double terms = 0;
      for (int t = 0; t <= updates; t++) {
        sum += shares[t] * weights.get(t).get(i);
        terms += Math.abs(shares[t] * weights.get(t).get(i));
      }
      double actual = average.state().get("w0").get(i);
      assertEquals(sum, actual, 4 * updates * unit * terms, type + " element " + i);
    }
    assertEquals(updates, average.updates());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void followsTheFormula(boolean corrected) {
    assertFollowsTheFormula(DType.F64, 0x1p-53, corrected);
    assertFollowsTheFormula(DType.F32, U, corrected);
  }

  /**
   * Shares that sum to 1 + e let an average drift by e/α in the long run: with both rounded to
   * float, by 2⁻²⁴·10⁴ here, 6e−4. A sum that rounds to nearest drifts by less: its errors, half an
   * ulp each, have either sign, and all but the last 1/α of them are forgotten.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void manyUpdatesDoNotDrift(boolean corrected) {
    double decay = 0.9999;
    int n = 7;
    Weights model = new Weights(Init.constant(1), Shape.of(n));
    model.init(1);
    MovingAverage average =
        corrected
            ? MovingAverage.corrected(model.parameters(), decay)
            : MovingAverage.of(model.parameters(), decay);
    Tensor w = model.get(0).value();
    Philox random = new Philox(3, 0);
    double[] expected = new double[n];
    Arrays.fill(expected, 1);
    for (int t = 1; t <= 100_000; t++) {
      double share = corrected ? (1 - decay) / (1 - StrictMath.pow(decay, t)) : 1 - decay;
      for (int i = 0; i < n; i++) {
        w.set(i, 1 + i + 0x1p-32 * random.bits((long) t * n + i));
        expected[i] += share * (w.get(i) - expected[i]);
      }
      average.update(Workers.inline());
    }
    for (int i = 0; i < n; i++) {
      assertEquals(1, average.state().get("w0").get(i) / expected[i], 2e-5, "element " + i);
    }
  }

  @Test
  void theFirstCorrectedAverageIsTheWeights() {
    Weights model = weights(DType.F32);
    MovingAverage average = average(model, true);
    move(model, 1);
    average.update(Workers.inline());
    assertSameBits(model.state(), average.state());
    move(model, 2);
    assertSameBits(normal(1, N), average.state().get("w0"), "a copy, not a view");
  }

  @Test
  void withoutDecayTheAverageIsTheWeights() {
    Weights model = weights(DType.F32);
    MovingAverage average = MovingAverage.of(model.parameters(), 0);
    move(model, 1);
    average.update(Workers.inline());
    assertSameBits(model.state(), average.state());
  }

  /** So many updates that threads which shared a block of differences would meet in it once. */
  @Test
  void workersMakeNoDifference() {
    Weights large = new Weights(Init.normal(1), Shape.of(300_001));
    large.init(1);
    MovingAverage inline = MovingAverage.corrected(large.parameters(), 0.999); // forgets little
    MovingAverage threads = MovingAverage.corrected(large.parameters(), 0.999);
    Tensor[] weights = {normal(1, 300_001), normal(2, 300_001), normal(3, 300_001)};
    try (Workers three = Workers.of(3)) {
      for (int t = 0; t < 300; t++) {
        large.get(0).value().copyFrom(weights[t % weights.length]);
        inline.update(Workers.inline());
        threads.update(three);
      }
    }
    assertSameBits(inline.state(), threads.state());
  }

  @Test
  void aModelUsesItForAWhile() {
    Module model = new Sequential(new Linear(3, 4), Activation.tanh(), new Linear(4, 2)).init(1);
    OpContext context = new OpContext(Workers.inline());
    Tensor x = normal(1, 5, 3);
    MovingAverage average = MovingAverage.of(model.parameters(), 0.5);
    model.parameters().values().fill(0.25);
    average.update(context.workers());
    Tensor alone = model.infer(x, context).own();
    Module other = new Sequential(new Linear(3, 4), Activation.tanh(), new Linear(4, 2));
    other.load(average.state());
    Tensor inside = average.swappedIn(() -> model.infer(x, context).own());
    assertSameBits(other.infer(x, context), inside, "the averaged model");
    assertSameBits(alone, model.infer(x, context), "the model itself");
  }

  @Test
  void theModelComesBackWhateverHappens() {
    Weights model = weights(DType.F32);
    MovingAverage average = average(model, false);
    move(model, 1);
    Map<String, Tensor> before = copy(model.state());
    assertThrows(
        ArithmeticException.class,
        () ->
            average.swappedIn(
                () -> {
                  move(model, 2);
                  throw new ArithmeticException("in an evaluation");
                }));
    assertSameBits(before, model.state());
    for (Runnable nested :
        new Runnable[] {
          () -> average.update(Workers.inline()), () -> average.swappedIn(() -> null)
        }) {
      String said =
          assertThrows(
                  IllegalStateException.class,
                  () ->
                      average.swappedIn(
                          () -> {
                            nested.run();
                            return null;
                          }))
              .getMessage();
      assertEquals("movingAverage: the averaged weights are swapped in", said);
    }
    assertSameBits(before, model.state());
    average.update(Workers.inline());
    assertEquals(1, average.updates());
  }

  @Test
  void aTapeNoticesTheSwap() {
    Weights model = weights(DType.F32);
    MovingAverage average = average(model, false);
    try (Tape tape = Tape.open(new OpContext(Workers.inline()))) {
      Var loss = model.get(0).times(model.get(0)).sum();
      average.swappedIn(() -> 0);
      assertThrows(IllegalStateException.class, () -> tape.backward(loss));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void resumedIsUninterrupted(boolean corrected, @TempDir Path folder) throws IOException {
    Weights model = weights(DType.F32);
    MovingAverage whole = average(model, corrected);
    for (int t = 1; t <= 9; t++) {
      move(model, t);
      whole.update(Workers.inline());
      if (t == 4) {
        Checkpoints.save(folder.resolve("average"), whole.state(), Map.of());
      }
    }
    Weights again = weights(DType.F32);
    MovingAverage resumed = average(again, corrected);
    resumed.restore(4, Checkpoints.load(folder.resolve("average")).tensors());
    for (int t = 5; t <= 9; t++) {
      move(again, t);
      resumed.update(Workers.inline());
    }
    assertSameBits(whole.state(), resumed.state());
    assertEquals(9, resumed.updates());
  }

  private static void assertRefuses(String message, Runnable wrong) {
    RuntimeException e = assertThrows(RuntimeException.class, wrong::run);
    assertTrue(e.getMessage().startsWith("movingAverage: "), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void mistakes() {
    Weights model = weights(DType.F32);
    assertRefuses("decay 1.0 is not in", () -> MovingAverage.of(model.parameters(), 1));
    assertRefuses(
        "decay NaN is not", () -> MovingAverage.corrected(model.parameters(), Double.NaN));
    MovingAverage average = average(model, true);
    Map<String, Tensor> before = copy(average.state());
    Map<String, Tensor> given = new LinkedHashMap<>(before);
    assertRefuses("restore after -1 updates", () -> average.restore(-1, given));
    given.put("w9", Tensor.zeros(DType.F32, Shape.of(1)));
    assertRefuses("it has no state \"w9\"", () -> average.restore(1, given));
    given.remove("w9");
    given.remove("w1");
    assertRefuses("state \"w1\" is missing", () -> average.restore(1, given));
    given.put("w1", Tensor.zeros(DType.F64, Shape.of(3, 5)));
    assertRefuses("state \"w1\" is F64[3, 5], F32[3, 5] needed", () -> average.restore(1, given));
    assertSameBits(before, average.state());
    average.restore(0, before);
    assertEquals(0, average.updates());
    model.init(2); // a new layout
    assertThrows(IllegalStateException.class, () -> average.update(Workers.inline()));
    assertThrows(IllegalStateException.class, () -> average.swappedIn(() -> 0));
    assertThrows(ShapeException.class, () -> average.restore(1, Map.of()));
  }
}
