package limbeck.autograd.verify;

import static limbeck.autograd.Numbers.labels;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.Dropout;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Sequential;
import limbeck.autograd.optim.Adam;
import limbeck.engine.op.loss.CrossEntropy;
import org.junit.jupiter.api.Test;

/** What keeps the promise passes; what does not is found, and named. */
class DeterminismCheckTest {
  private static Module model() {
    return new Sequential(new Linear(5, 7), new Dropout(0.3), new Linear(7, 3));
  }

  private static Var loss(Module model, int step) {
    return model
        .forward(Var.of(normal(step, 9, 5)))
        .apply(new CrossEntropy(), Var.of(labels(step, 9, 3)));
  }

  @Test
  void aModelOfLayersKeepsThePromise() {
    Module model = model().init(1);
    model.train(1, 1);
    DeterminismCheck.step(model, () -> loss(model, 1));
    DeterminismCheck.rows(model, normal(2, 4, 5));
    DeterminismCheck.resume(
        DeterminismCheckTest::model, s -> new Adam(s, 0.01), DeterminismCheckTest::loss, 6);
  }

  /** Rows of a batch that know of each other. */
  private static final class Centred extends Module {
    private final Linear linear = child("linear", new Linear(5, 3));

    @Override
    public Var forward(Var x) {
      Var y = linear.forward(x);
      return y.minus(y.mean(0));
    }
  }

  @Test
  void examplesThatKnowOfEachOtherAreFound() {
    Module model = new Centred().init(1);
    AssertionError e =
        assertThrows(AssertionError.class, () -> DeterminismCheck.rows(model, normal(2, 4, 5)));
    assertTrue(e.getMessage().contains("element 0 of example 0 is"), e.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> DeterminismCheck.rows(model, normal(2, 1, 5)));
  }

  @Test
  void aTrainingThatRemembersIsFound() {
    int[] calls = {0};
    DeterminismCheck.StepLoss counting = (m, step) -> loss(m, calls[0]++);
    AssertionError e =
        assertThrows(
            AssertionError.class,
            () ->
                DeterminismCheck.resume(
                    DeterminismCheckTest::model, s -> new Adam(s, 0.01), counting, 6));
    assertTrue(e.getMessage().contains("after 6 steps 0.weight[0] is"), e.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            DeterminismCheck.resume(
                DeterminismCheckTest::model, s -> new Adam(s, 0.01), counting, 1));
  }

  @Test
  void aLossThatChangesIsFound() {
    Module model = model().init(1);
    int[] calls = {0};
    AssertionError e =
        assertThrows(
            AssertionError.class,
            () -> DeterminismCheck.step(model, () -> loss(model, calls[0]++)));
    assertTrue(e.getMessage().contains("in another pass, by 2 threads"), e.getMessage());
  }
}
