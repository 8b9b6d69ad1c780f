package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.Reduction;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Batch;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import org.junit.jupiter.api.Test;

/**
 * Values computed apart, in double precision, to nine decimals: hence the tolerance of 1e−8, ten
 * times what the decimals leave open.
 */
class ObjectivesTest {
  private static final double TOLERANCE = 1e-8;
  private static final double[] V = {4, 1, -2, 0.5};
  private static final double[] Z = {1, 2, 0, -1};
  private static final double[] V2 = {0, 3, 1, 0};
  private static final double[] Z2 = {0.5, 1, 1, 0};

  private record Result(double loss, double[] gradient, Tensor teacherGradient) {}

  private static Result evaluate(Objective objective, double[][] z, double[][] v, int... labels) {
    int n = labels.length;
    try (Tape tape = Tape.open(new OpContext())) {
      Var student = Var.input(rows(z));
      Outputs teacher = Outputs.detached(rows(v));
      Batch batch = new Batch(rows(z), Tensor.of(Shape.of(n), labels), new int[n]);
      Var loss = objective.loss(new Outputs(student), teacher, batch);
      tape.backward(loss);
      double[] gradient = new double[4 * n];
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = student.gradient().get(i);
      }
      return new Result(loss.item(), gradient, teacher.logits().gradient());
    }
  }

  private static Tensor rows(double[]... rows) {
    double[] all = new double[4 * rows.length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, all, 4 * i, 4);
    }
    return Tensor.of(Shape.of(rows.length, 4), all);
  }

  private static Result single(Objective objective) {
    return evaluate(objective, new double[][] {Z}, new double[][] {V}, 0);
  }

  private static Result pair(Objective objective) {
    return evaluate(objective, new double[][] {Z, Z2}, new double[][] {V, V2}, 0, 1);
  }

  @Test
  void softTargetsAtFourTemperatures() {
    assertEquals(1.123678602, single(new SoftTargets(1)).loss, TOLERANCE);
    assertEquals(1.733861070, single(new SoftTargets(2)).loss, TOLERANCE);
    assertEquals(1.960770261, single(new SoftTargets(4)).loss, TOLERANCE);
    assertEquals(1.980864054, single(new SoftTargets(20)).loss, TOLERANCE);
  }

  /** Half the mean squared difference of centred logits, which is what is left but for 1/T. */
  @Test
  void softTargetsAtHighTemperatureAreCentredLogitMatching() {
    double limit = 0;
    double shift = Arrays.stream(Z).sum() / 4 - Arrays.stream(V).sum() / 4;
    for (int k = 0; k < 4; k++) {
      limit += Math.pow(Z[k] - V[k] - shift, 2) / 8;
    }
    assertEquals(1.9609375, limit, 1e-15);
    assertEquals(1.961424051, single(new SoftTargets(1000)).loss, TOLERANCE);
    assertEquals(limit, single(new SoftTargets(1e5)).loss, 1e-5);
  }

  @Test
  void gradientsOfSoftTargets() {
    double[] atTwo = {-0.830456372, 0.601638817, 0.265981312, -0.037163757};
    double[] atTwenty = {-0.693717810, 0.378323057, 0.563086610, -0.247691858};
    assertArrayEquals(atTwo, single(new SoftTargets(2)).gradient, TOLERANCE);
    assertArrayEquals(atTwenty, single(new SoftTargets(20)).gradient, TOLERANCE);
  }

  @Test
  void directionAndFactorOfSoftTargets() {
    Objective reverse = new SoftTargets(1, true, true, Reduction.BATCH_MEAN);
    Objective plain = new SoftTargets(2, false, false, Reduction.BATCH_MEAN);
    assertEquals(1.698516028, single(reverse).loss, TOLERANCE);
    assertEquals(0.433465267, single(plain).loss, TOLERANCE);
  }

  @Test
  void reductionsOfTwoRows() {
    Objective elements = new SoftTargets(2, true, false, Reduction.ELEMENT_MEAN);
    assertEquals(1.155564761, pair(new SoftTargets(2)).loss, TOLERANCE);
    assertEquals(0.288891190, pair(elements).loss, TOLERANCE);
  }

  @Test
  void hardLabels() {
    assertEquals(1.440189699, single(new HardLabels()).loss, TOLERANCE);
    assertEquals(1.265117716, pair(new HardLabels()).loss, TOLERANCE);
  }

  @Test
  void mixOfBothTerms() {
    Objective mix = new HardLabels().times(0.1).plus(new SoftTargets(2).times(0.9));
    Result result = pair(mix);
    assertEquals(1.166520056, result.loss, TOLERANCE);
    double[] hard = pair(new HardLabels()).gradient;
    double[] soft = pair(new SoftTargets(2)).gradient;
    for (int i = 0; i < hard.length; i++) {
      assertEquals(0.1 * hard[i] + 0.9 * soft[i], result.gradient[i], 1e-15);
    }
  }

  @Test
  void teachersGetNoGradient() {
    assertNull(single(new SoftTargets(4)).teacherGradient);
    assertNull(single(new LogitMatching()).teacherGradient);
  }

  @Test
  void aTeacherThatIsSureIsTheLabel() {
    double[][] sure = {{1000, 0, 0, 0}, {0, 1000, 0, 0}};
    double[][] students = {Z, Z2};
    Result soft = evaluate(new SoftTargets(1), students, sure, 0, 1);
    Result hard = evaluate(new HardLabels(), students, sure, 0, 1);
    assertEquals(hard.loss, soft.loss, 1e-15);
    assertArrayEquals(hard.gradient, soft.gradient, 1e-15);
  }

  @Test
  void logitMatchingIsHalfTheSquaredDistance() {
    Result one = single(new LogitMatching());
    assertEquals(4 * 4.0625 / 2, one.loss, 1e-12);
    assertArrayEquals(new double[] {-3, 1, 2, -1.5}, one.gradient, 1e-12);
    Result two = pair(new LogitMatching());
    double second = (0.25 + 4 + 0 + 0) / 2;
    assertEquals((8.125 + second) / 2, two.loss, 1e-12);
    assertEquals(-1.5, two.gradient[0], 1e-12);
  }

  @Test
  void aWeightOfOneAddsNothing() {
    Objective hard = new HardLabels();
    assertSame(hard, hard.times(1));
    assertEquals(2 * 1.440189699, single(hard.times(2)).loss, 2 * TOLERANCE);
  }

  @Test
  void refusesAnImpossibleTemperature() {
    assertThrows(IllegalArgumentException.class, () -> new SoftTargets(0));
    assertThrows(IllegalArgumentException.class, () -> new SoftTargets(Double.NaN));
  }
}
