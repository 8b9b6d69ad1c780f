package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import limbeck.autograd.Module;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.Reduction;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Batch;
import limbeck.kd.LogitMean;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.Progress;
import limbeck.kd.data.TensorInputs;
import org.junit.jupiter.api.Test;

/** Objectives where examples have scores and networks one output. */
class ScoredObjectivesTest {
  private static final double[] Z = {1.5, -0.5, 2, 0};
  private static final double[] Y = {1, 0.5, 2, 4};
  private static final double[] V = {2, 0, 1, 3};
  private static final int N = Z.length;

  private static Tensor column(double... values) {
    return Tensor.of(Shape.of(N, 1), values);
  }

  private static Batch batch(int epoch, int epochs) {
    return new Batch(
        new TensorInputs(column(Z)),
        null,
        new int[N],
        new Progress(0, epoch, epochs, 0),
        null,
        column(Y));
  }

  /** The gradient of an objective by the outputs, behind it the loss. */
  private static double[] gradient(Objective o, Batch batch) {
    Var z = Var.input(column(Z));
    double[] all = new double[N + 1];
    try (Tape tape = Tape.open(new OpContext(Workers.inline()))) {
      Var loss = o.loss(new Outputs(z), Outputs.detached(column(V)), batch);
      tape.backward(loss);
      all[N] = loss.value().get(0);
      for (int i = 0; i < N; i++) {
        all[i] = z.gradient().get(i);
      }
    }
    return all;
  }

  private static double[] squares(double factor, double[] target) {
    double[] all = new double[N + 1];
    for (int i = 0; i < N; i++) {
      all[i] = 2 * factor * (Z[i] - target[i]) / N;
      all[N] += factor * (Z[i] - target[i]) * (Z[i] - target[i]) / N;
    }
    return all;
  }

  @Test
  void hardLabelsAreScores() {
    assertArrayEquals(squares(1, Y), gradient(new HardLabels(), batch(0, 1)), 1e-6);
    assertEquals("(y − z)²", new HardLabels().scoreFormula());
  }

  @Test
  void logitMatchingIsHalfTheSquaredErrorToTheTeachersOutput() {
    assertArrayEquals(squares(0.5, V), gradient(new LogitMatching(), batch(0, 1)), 1e-6);
  }

  /** The teacher's outputs grow as the stages say; in the last one they are its own. */
  @Test
  void annealedLogitsTakeOneOutput() {
    double[] half = {1, 0, 0.5, 1.5};
    assertArrayEquals(squares(1, half), gradient(new AnnealedLogits(2), batch(0, 4)), 1e-6);
    assertArrayEquals(squares(1, V), gradient(new AnnealedLogits(2), batch(3, 4)), 1e-6);
  }

  @Test
  void continuationEndsWithScores() {
    ContinuationKd kd =
        new ContinuationKd(2, 0.5, ContinuationKd.Mixing.STEP, 0, Reduction.ELEMENT_MEAN);
    assertArrayEquals(squares(1, Y), gradient(kd, batch(3, 4)), 1e-6);
    assertTrue(kd.scoreFormula().contains("ψ · (y − z)²"), kd.scoreFormula());
  }

  /** The mean of outputs is called geometric, as that of logits; probabilities there are none. */
  @Test
  void ensemblesOfOneOutputAreMeansOfOutputs() {
    List<Var> members = List.of(Var.of(column(Z)), Var.of(column(V)));
    Var mean =
        Var.of(
            Module.infer(new OpContext(Workers.inline()), () -> LogitMean.GEOMETRIC.of(members)));
    for (int i = 0; i < N; i++) {
      assertEquals((Z[i] + V[i]) / 2, mean.value().get(i), 1e-6);
    }
    assertThrows(IllegalArgumentException.class, () -> LogitMean.arithmetic(1).of(members));
  }

  @Test
  void whatComparesDistributionsDoesNotTakeScores() {
    assertFalse(new SoftTargets(2).takesScores());
    assertFalse(new HardLabels().plus(new SoftTargets(2)).takesScores());
    assertTrue(new HardLabels().plus(new LogitMatching().times(0.5)).takesScores());
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class, () -> gradient(new LabelSmoothing(0.1), batch(0, 1)));
    assertEquals("batch: its examples have scores, not labels", e.getMessage());
    IllegalArgumentException one =
        assertThrows(
            IllegalArgumentException.class, () -> gradient(new SoftTargets(2), batch(0, 1)));
    assertEquals(
        "soft targets at T = 2.0: the student has one output; LogitMatching or AnnealedLogits"
            + " expected",
        one.getMessage());
  }
}
