package limbeck.kd.objective;

import static limbeck.kd.objective.FeatureLoss.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import limbeck.autograd.Var;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Objective;
import org.junit.jupiter.api.Test;

/**
 * Values computed apart, in double precision, to nine decimals: hence the tolerance of 1e−8, ten
 * times what the decimals leave open.
 */
class GoldenFeaturesTest {
  private static final double TOLERANCE = 1e-8;
  private static final List<String> S = List.of("s0");
  private static final List<String> T = List.of("t0");

  private static final Tensor POINTS = tensor(Shape.of(3, 2), 0, 0, 1, 0, 0, 1);
  private static final Tensor TEACHER_POINTS = tensor(Shape.of(3, 2), 0, 0, 3, 0, 0, 4);
  private static final Tensor A = tensor(Shape.of(3, 2), 1, 0, 1, 1, 0, 2);
  private static final Tensor B = tensor(Shape.of(3, 2), 1, 1, 0, 1, 2, 0);

  /** Two channels of four places. */
  private static final Tensor MAP = tensor(Shape.of(1, 2, 2, 2), 1, 2, 0, 1, 0, 1, 1, 1);

  /** Three channels of four places. */
  private static final Tensor TEACHER_MAP =
      tensor(Shape.of(1, 3, 2, 2), 1, 0, 1, 0, 2, 0, 1, 0, 0, 1, 0, 1);

  @Test
  void relationalKnowledge() {
    Objective distances = new RelationalKnowledge(1, 0, "s0", "t0");
    Objective angles = new RelationalKnowledge(0, 1, "s0", "t0");
    assertEquals(0.003481249, FeatureLoss.of(distances, POINTS, TEACHER_POINTS), TOLERANCE);
    assertEquals(0.000744482, FeatureLoss.of(angles, POINTS, TEACHER_POINTS), TOLERANCE);
    Objective both = new RelationalKnowledge(25, 50, "s0", "t0");
    assertEquals(
        25 * 0.003481249 + 50 * 0.000744482,
        FeatureLoss.of(both, POINTS, TEACHER_POINTS),
        75 * TOLERANCE);
    Tensor larger = FeatureLoss.map(TEACHER_POINTS, v -> 5 * v + 2);
    assertEquals(0, FeatureLoss.of(both, larger, TEACHER_POINTS), 1e-12);
  }

  @Test
  void similarities() {
    assertEquals(0.174619208, FeatureLoss.of(new SimilarityPreserving(S, T), A, B), TOLERANCE);
    assertEquals(
        0.015038410, FeatureLoss.of(new ProbabilisticTransfer("s0", "t0"), A, B), TOLERANCE);
  }

  @Test
  void attention() {
    Objective code = new AttentionTransfer(Form.CODE, 2, S, T);
    Objective paper = new AttentionTransfer(Form.PAPER, 2, S, T);
    assertEquals(0.274193548, FeatureLoss.of(code, MAP, TEACHER_MAP), TOLERANCE);
    assertEquals(0.5 * 1.047269876, FeatureLoss.of(paper, MAP, TEACHER_MAP), TOLERANCE);
  }

  @Test
  void neuronSelectivity() {
    assertEquals(0.661111111, FeatureLoss.of(new NeuronSelectivity(S, T), MAP, TEACHER_MAP), 1e-8);
  }

  /** The flow of these maps is [[0.25, 0.5], [0.25, 0.25]]: that of others made to have it. */
  @Test
  void solutionFlow() {
    Objective flow = new SolutionFlow(Form.PAPER, List.of("s0", "s1"), List.of("t0", "t1"));
    Shape shape = Shape.of(1, 2, 2, 2);
    Tensor[] student = {MAP, tensor(shape, 1, 0, 1, 0, 2, 0, 1, 0)};
    Tensor unit = tensor(shape, 4, 0, 0, 0, 0, 4, 0, 0);
    Tensor[] same = {unit, tensor(shape, 0.25, 0.25, 0, 0, 0.5, 0.25, 0, 0)};
    Tensor[] none = {unit, tensor(shape, 0, 0, 0, 0, 0, 0, 0, 0)};
    assertEquals(0, FeatureLoss.of(flow, student, same), 1e-15);
    assertEquals(0.4375, FeatureLoss.of(flow, student, none), 1e-15); // the sum of squares
  }

  @Test
  void variationalInformation() {
    Var target = Var.of(tensor(Shape.of(1, 2, 1, 1), 1, 2));
    Var mean = Var.of(tensor(Shape.of(1, 2, 1, 1), 0.5, 2.5));
    Shape channels = Shape.of(2, 1, 1);
    Var five = Var.of(tensor(channels, 5, 5));
    Var one = Var.of(tensor(channels, 1, 1));
    assertEquals(
        0.829718956,
        VariationalInformation.negativeLogLikelihood(target, mean, five).item(),
        TOLERANCE);
    assertEquals(
        0.125, VariationalInformation.negativeLogLikelihood(target, mean, one).item(), TOLERANCE);
  }

  /** By hand: e^(−1)·(1 + c + c²/2) with 2γ = 1 and cosines c = 0 and 1 between two rows. */
  @Test
  void correlationCongruence() {
    Tensor apart = tensor(Shape.of(2, 2), 3, 0, 0, 2);
    Tensor alike = tensor(Shape.of(2, 2), 1, 1, 2, 2);
    double difference = StrictMath.exp(-1) * 1.5; // of the two entries beside the diagonal
    assertEquals(
        difference * difference / 2,
        FeatureLoss.of(new CorrelationCongruence(0.5, 2, "s0", "t0"), apart, alike),
        1e-15);
  }

  /** By hand: margin 1, units of 0.5 where the teacher is on, and off: 0.25 + 2.25. */
  @Test
  void activationBoundaries() {
    Tensor s = tensor(Shape.of(1, 2), 0.5, 0.5);
    Tensor t = tensor(Shape.of(1, 2), 3, -0.1);
    Tensor right = tensor(Shape.of(1, 2), 1, -1);
    List<String> taps = List.of("s0", "s1");
    List<String> taught = List.of("t0", "t1");
    Objective two = new ActivationBoundaries(Form.PAPER, 1, taps, taught);
    Objective code = new ActivationBoundaries(Form.CODE, 1, taps, taught);
    assertEquals(2.5, FeatureLoss.of(new ActivationBoundaries(Form.PAPER, 1, S, T), s, t), 1e-15);
    assertEquals(1.25, FeatureLoss.of(two, new Tensor[] {s, right}, new Tensor[] {t, t}), 1e-15);
    assertEquals(2.5, FeatureLoss.of(two, new Tensor[] {right, s}, new Tensor[] {t, t}), 1e-15);
    assertEquals(0.0075, FeatureLoss.of(code, new Tensor[] {right, s}, new Tensor[] {t, t}), 1e-15);
  }

  /** By hand: two examples, differences 1 and 2, and 0 and 3. */
  @Test
  void hints() {
    Tensor s = tensor(Shape.of(2, 2), 1, 2, 5, 3);
    Tensor t = tensor(Shape.of(2, 2), 0, 0, 5, 0);
    assertEquals(3.5, FeatureLoss.of(new Hints(Form.PAPER, "s0", "t0"), s, t), 1e-15);
    assertEquals(3.5, FeatureLoss.of(new Hints(Form.CODE, "s0", "t0"), s, t), 1e-15);
    Tensor wide = tensor(Shape.of(1, 1, 1, 4), 1, 3, 5, 5);
    Tensor narrow = tensor(Shape.of(1, 1, 1, 2), 1, 2);
    assertEquals(5, FeatureLoss.of(new Hints(Form.CODE, "s0", "t0"), wide, narrow), 1e-15);
    assertEquals(5, FeatureLoss.of(new Hints(Form.PAPER, "s0", "t0"), narrow, wide), 1e-15);
  }
}
