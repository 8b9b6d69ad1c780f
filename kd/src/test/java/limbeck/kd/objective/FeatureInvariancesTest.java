package limbeck.kd.objective;

import static limbeck.kd.objective.FeatureLoss.map;
import static limbeck.kd.objective.FeatureLoss.normal;
import static limbeck.kd.objective.FeatureLoss.turned;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Objective;
import org.junit.jupiter.api.Test;

/**
 * What must not change a loss. Numbers are of size 1, sums of some hundred terms: 1e−12 leaves room
 * for their rounding in another order.
 */
class FeatureInvariancesTest {
  private static final double ROUNDING = 1e-12;
  private static final List<String> S = List.of("s0");
  private static final List<String> T = List.of("t0");

  private final Tensor rows = normal(1, 6, 5);
  private final Tensor teacherRows = normal(2, 6, 8);
  private final Tensor maps = normal(3, 4, 3, 2, 3);
  private final Tensor teacherMaps = normal(4, 4, 5, 2, 3);

  /** Channels of maps [4, 3, 2, 3] in the order given, which may name one several times. */
  private static Tensor channels(Tensor maps, int... order) {
    int channels = maps.shape().axis(1);
    int n = order.length;
    return FeatureLoss.filled(
        Shape.of(4, n, 2, 3),
        i -> maps.get(((i / 6 / n) * channels + order[i / 6 % n]) * 6 + i % 6));
  }

  private static void requireSame(Objective o, Tensor teacher, Tensor before, Tensor after) {
    double loss = FeatureLoss.of(o, before, teacher);
    assertTrue(loss > 1e-4, "such a loss would show little: " + loss);
    assertEquals(loss, FeatureLoss.of(o, after, teacher), ROUNDING);
  }

  @Test
  void attentionIsBlindToOrderNumberAndScaleOfChannels() {
    for (Form form : Form.values()) {
      Objective o = new AttentionTransfer(form, 2, S, T);
      requireSame(o, teacherMaps, maps, channels(maps, 2, 0, 1));
      requireSame(o, teacherMaps, maps, channels(maps, 0, 0, 1, 1, 2, 2));
      requireSame(o, teacherMaps, maps, map(maps, v -> 3.7 * v));
    }
  }

  @Test
  void neuronSelectivityIsBlindToTheOrderOfChannels() {
    Objective o = new NeuronSelectivity(S, T);
    assertEquals(0, FeatureLoss.of(o, channels(maps, 2, 0, 1), maps), ROUNDING);
    requireSame(o, teacherMaps, maps, channels(maps, 1, 2, 0));
    requireSame(o, teacherMaps, maps, map(maps, v -> 0.3 * v));
  }

  @Test
  void neuronSelectivityIsNeverNegative() {
    for (int stream = 10; stream < 60; stream++) {
      Tensor other = normal(stream, 4, 3, 2, 3);
      assertTrue(FeatureLoss.of(new NeuronSelectivity(S, T), other, teacherMaps) >= 0);
      Tensor near = map(maps, v -> v * (1 + 1e-9));
      assertTrue(FeatureLoss.of(new NeuronSelectivity(S, T), near, maps) >= -ROUNDING);
    }
  }

  @Test
  void similaritiesAreBlindToTurnsAndScale() {
    List<Objective> all =
        List.of(
            new SimilarityPreserving(S, T),
            new ProbabilisticTransfer("s0", "t0"),
            new CorrelationCongruence(0.4, 2, "s0", "t0"),
            new RelationalKnowledge(25, 50, "s0", "t0"));
    for (Objective o : all) {
      requireSame(o, teacherRows, rows, turned(rows, 0.7));
      requireSame(o, teacherRows, rows, map(rows, v -> 5 * v));
    }
  }

  @Test
  void relationsAreBlindToTranslations() {
    Tensor moved = FeatureLoss.filled(rows.shape(), i -> rows.get(i) + 0.5 * (i % 5) - 2);
    requireSame(new RelationalKnowledge(1, 0, "s0", "t0"), teacherRows, rows, moved);
    requireSame(new RelationalKnowledge(0, 1, "s0", "t0"), teacherRows, rows, moved);
  }

  /** Only on which side of 0 a teacher's unit is. */
  @Test
  void boundariesAreBlindToHowStrongTheTeacherIs() {
    Objective o = new ActivationBoundaries(Form.PAPER, 1, S, T);
    Tensor teacher = normal(5, 4, 3, 2, 3);
    double loss = FeatureLoss.of(o, maps, teacher);
    assertEquals(loss, FeatureLoss.of(o, maps, map(teacher, v -> 9 * v)));
    assertEquals(0, FeatureLoss.of(o, map(teacher, v -> v > 0 ? 1 : -1), teacher));
  }

  @Test
  void relationsOfOneExampleAreNone() {
    Tensor one = normal(6, 1, 5);
    Tensor other = normal(7, 1, 8);
    assertEquals(0, FeatureLoss.of(new SimilarityPreserving(S, T), one, other), ROUNDING);
    assertEquals(0, FeatureLoss.of(new ProbabilisticTransfer("s0", "t0"), one, other), ROUNDING);
    assertEquals(
        0, FeatureLoss.of(new CorrelationCongruence(0.4, 2, "s0", "t0"), one, other), ROUNDING);
    assertEquals(0, FeatureLoss.of(new RelationalKnowledge(25, 50, "s0", "t0"), one, other));
  }

  /** Two of three points are one: distances and angles between them have no direction. */
  @Test
  void equalPointsGetAFiniteGradient() {
    Tensor points = FeatureLoss.tensor(Shape.of(3, 2), 1, 2, 1, 2, 0, 0);
    Objective o = new RelationalKnowledge(25, 50, "s0", "t0");
    assertFinite(new OpContext(), o, points, normal(8, 3, 4));
  }

  /** What is documented of its memory: 10 · B² · n + 5 · B³ numbers, within a fifth. */
  @Test
  void relationsOfABatchOf64TakeTheMemoryThatTheySay() {
    Tensor student = normal(9, 64, 64).to(DType.F32);
    Tensor teacher = normal(10, 64, 64).to(DType.F32);
    OpContext context = new OpContext();
    assertFinite(context, new RelationalKnowledge(25, 50, "s0", "t0"), student, teacher);
    double numbers = context.workspace().bytes() / 4.0;
    assertEquals(15.0, numbers / (64 * 64 * 64), 3);
  }

  private static void assertFinite(OpContext context, Objective o, Tensor student, Tensor teacher) {
    try (Tape tape = Tape.open(context)) {
      Var s = Var.input(student);
      Var loss = o.loss(FeatureLoss.input("s0", s), FeatureLoss.outputs("t", teacher), null);
      tape.backward(loss);
      assertTrue(loss.item() > 0 && Double.isFinite(loss.item()));
      double size = 0;
      for (int i = 0; i < student.size(); i++) {
        size += Math.abs(s.gradient().get(i));
      }
      assertTrue(size > 0 && Double.isFinite(size), "gradient " + size);
    }
  }
}
