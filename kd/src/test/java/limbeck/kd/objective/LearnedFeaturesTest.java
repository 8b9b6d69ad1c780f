package limbeck.kd.objective;

import static limbeck.kd.objective.FeatureLoss.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import limbeck.autograd.Module;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.autograd.module.BatchNorm;
import limbeck.autograd.module.Conv2d;
import limbeck.autograd.module.Linear;
import limbeck.autograd.verify.ModelCheck;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.TapShapes;
import org.junit.jupiter.api.Test;

/** What methods learn along with the student. */
class LearnedFeaturesTest {
  private static final List<String> S = List.of("s0");
  private static final List<String> T = List.of("t0");
  private final Tensor map = normal(1, 4, 2, 4, 4);
  private final Tensor teacherMap = normal(2, 4, 3, 4, 4);
  private final Outputs teacher = FeatureLoss.outputs("t", teacherMap);

  private static Objective fitted(Objective o, Shape student, Shape teacher) {
    TapShapes s = FeatureLoss.shapes("student", "s", student);
    return o.fitted(s, FeatureLoss.shapes("teacher", "t", teacher));
  }

  private static Objective drawn(Objective o) {
    return FeatureLoss.drawn(fitted(o, Shape.of(2, 4, 4), Shape.of(3, 4, 4)));
  }

  @Test
  void aRegressorStandsWhereChannelsDiffer() {
    Hints hints = new Hints(Form.CODE, "s0", "t0");
    assertSame(hints, fitted(hints, Shape.of(3, 8, 8), Shape.of(3, 4, 4)));
    assertSame(hints, fitted(hints, Shape.of(64), Shape.of(64)));
    Objective maps = fitted(hints, Shape.of(2, 4, 4), Shape.of(3, 4, 4));
    assertTrue(maps.learned().get("regressor") instanceof Conv2d);
    assertTrue(
        fitted(hints, Shape.of(32), Shape.of(64)).learned().get("regressor") instanceof Linear);
    assertEquals(S, maps.studentTaps());
    assertEquals(T, maps.teacherTaps());
    assertEquals("hints: mean (F_t − r(F_s))²", maps.name() + ": " + maps.formula());
  }

  /** A student of two layers: the one above the guided one must not learn from hints. */
  @Test
  void hintsReachNothingAboveTheGuidedLayer() {
    Linear guided = new Linear(3, 5);
    Linear above = new Linear(5, 2);
    guided.allocate(DType.F64).init(1);
    above.allocate(DType.F64).init(2);
    Tensor x = normal(3, 4, 3);
    try (Tape tape = Tape.open(new OpContext())) {
      Var hidden = guided.forward(Var.of(x));
      Outputs student = new Outputs(above.forward(hidden), Map.of("s0", hidden));
      Outputs hint = FeatureLoss.outputs("t", normal(4, 4, 5));
      Objective hints = new Hints(Form.PAPER, "s0", "t0");
      tape.backward(hints.loss(student, hint, null));
      assertNotNull(guided.weight().gradient());
      assertNull(above.weight().gradient());
      assertEquals(0, hints.loss(student, new Outputs(hidden, Map.of("t0", hidden)), null).item());
    }
  }

  @Test
  void theVarianceStartsAsDeclared() {
    for (double variance : new double[] {1e-3, 0.5, 5, 100}) {
      Objective o = drawn(new VariationalInformation(variance, S, T));
      var gaussian = (VariationalInformation.Gaussian) o.learned().get("layer0");
      Tensor start = gaussian.variance().value();
      for (int c = 0; c < 3; c++) {
        assertEquals(variance, start.get(c), 1e-12 * Math.max(1, variance));
      }
    }
  }

  @Test
  void aVarianceOfOneIsHalfTheMeanSquare() {
    Var one = Var.of(FeatureLoss.filled(Shape.of(3, 1, 1), i -> 1));
    Var target = Var.of(teacherMap);
    Var mean = Var.of(normal(5, 4, 3, 4, 4));
    double half = FeatureLoss.of(new Hints(Form.CODE, "s0", "t0"), mean.value(), teacherMap) / 2;
    assertEquals(
        half, VariationalInformation.negativeLogLikelihood(target, mean, one).item(), 1e-13);
  }

  /** There the derivative by the variance is 0, and any other variance is worse. */
  @Test
  void theBestVarianceIsTheMeanSquareOfWhatIsLeft() {
    Tensor mean = normal(5, 4, 3, 4, 4);
    double[] best = new double[3];
    for (int i = 0; i < mean.size(); i++) {
      double left = teacherMap.get(i) - mean.get(i);
      best[i / 16 % 3] += left * left / 64;
    }
    try (Tape tape = Tape.open(new OpContext())) {
      Var variance = Var.input(FeatureLoss.tensor(Shape.of(3, 1, 1), best));
      Var loss =
          VariationalInformation.negativeLogLikelihood(Var.of(teacherMap), Var.of(mean), variance);
      tape.backward(loss);
      for (int c = 0; c < 3; c++) {
        assertEquals(0, variance.gradient().get(c), 1e-13);
      }
      Var other = variance.times(1.1);
      assertTrue(
          VariationalInformation.negativeLogLikelihood(Var.of(teacherMap), Var.of(mean), other)
                  .item()
              > loss.item());
    }
  }

  @Test
  void connectorsStandWhereChannelsDiffer() {
    ActivationBoundaries two =
        new ActivationBoundaries(Form.CODE, 1, List.of("s0", "s1"), List.of("t0", "t1"));
    Shape[] student = {Shape.of(2, 4, 4), Shape.of(6)};
    Shape[] other = {Shape.of(3, 4, 4), Shape.of(6)};
    Objective fitted =
        two.fitted(
            FeatureLoss.shapes("student", "s", student), FeatureLoss.shapes("teacher", "t", other));
    assertEquals(Set.of("layer0"), fitted.learned().keySet());
    Module connector = fitted.learned().get("layer0");
    assertTrue(connector.children().get("1") instanceof BatchNorm);
    assertSame(
        two,
        two.fitted(
            FeatureLoss.shapes("student", "s", student),
            FeatureLoss.shapes("teacher", "t", student)));
  }

  /** In training, where batch norms use the batch's own statistics. */
  @Test
  void connectorsAndTranslatorsLearnInTraining() {
    for (Objective o :
        List.of(
            new ActivationBoundaries(Form.PAPER, 1, S, T),
            new FactorTransfer(0.7, 2, 0.005, "s0", "t0"))) {
      Objective fitted = drawn(o);
      Module learned = fitted.learned().get(o instanceof FactorTransfer ? "translator" : "layer0");
      learned.train(1, 1);
      Var s = Var.input(map);
      ModelCheck.require(
          learned, () -> fitted.loss(FeatureLoss.input("s0", s), teacher, null), 1e-6, s);
    }
  }

  @Test
  void theParaphraserLearnsFromItsOwnErrorAlone() {
    Objective fitted = drawn(new FactorTransfer(0.5, 1, 0.01, "s0", "t0"));
    Map<String, double[]> one = paraphraserGradients(fitted, map);
    Map<String, double[]> other = paraphraserGradients(fitted, normal(6, 4, 2, 4, 4));
    assertEquals(one.keySet(), other.keySet());
    one.forEach((path, g) -> assertArrayEquals(g, other.get(path), path));
    Objective more = new FactorTransfer(0.5, 1, 0.02, "s0", "t0");
    Map<String, double[]> twice = paraphraserGradients(drawn(more), map);
    one.forEach(
        (path, g) -> {
          for (int i = 0; i < g.length; i++) {
            assertEquals(2 * g[i], twice.get(path)[i], 1e-15, path);
          }
        });
  }

  private Map<String, double[]> paraphraserGradients(Objective fitted, Tensor student) {
    Map<String, double[]> gradients = new TreeMap<>();
    fitted.learned().values().forEach(m -> m.parameters().clearGradients());
    try (Tape tape = Tape.open(new OpContext())) {
      tape.backward(fitted.loss(FeatureLoss.outputs("s", student), teacher, null));
    }
    for (String part : List.of("encoder", "decoder")) {
      fitted
          .learned()
          .get(part)
          .parameters()
          .parameters()
          .forEach((path, p) -> gradients.put(part + path, p.gradient().own().doubles()));
    }
    return gradients;
  }

  /** The formula in plain code, on what the learned parts give. */
  @Test
  void factorTransferIsItsFormula() {
    Objective fitted = drawn(new FactorTransfer(0.7, 1, 0.25, "s0", "t0"));
    Module encoder = fitted.learned().get("encoder");
    Tensor factors = encoder.infer(teacherMap, new OpContext()).own();
    Tensor paraphrase = fitted.learned().get("decoder").infer(factors, new OpContext()).own();
    Tensor translated = fitted.learned().get("translator").infer(map, new OpContext()).own();
    assertEquals(Shape.of(4, 2, 4, 4), factors.shape()); // ⌊0.7 · 3⌋ factors
    double expected = 0;
    for (int example = 0; example < 4; example++) {
      double a = length(factors, example);
      double b = length(translated, example);
      for (int i = example * 32; i < example * 32 + 32; i++) {
        expected += Math.abs(factors.get(i) / a - translated.get(i) / b) / 128;
      }
    }
    for (int i = 0; i < teacherMap.size(); i++) {
      double error = paraphrase.get(i) - teacherMap.get(i);
      expected += 0.25 * error * error / teacherMap.size();
    }
    assertEquals(expected, FeatureLoss.of(fitted, map, teacherMap), 1e-12);
  }

  private static double length(Tensor factors, int example) {
    double sum = 0;
    for (int i = example * 32; i < example * 32 + 32; i++) {
      sum += factors.get(i) * factors.get(i);
    }
    return Math.sqrt(sum);
  }

  @Test
  void withoutWhatTheyLearnTheySayWhatToDo() {
    Outputs student = FeatureLoss.outputs("s", map);
    for (Objective o :
        List.of(
            new VariationalInformation(5, S, T), new FactorTransfer(0.5, 1, 0.005, "s0", "t0"))) {
      String message =
          assertThrows(IllegalStateException.class, () -> o.loss(student, teacher, null))
              .getMessage();
      assertTrue(message.contains("call fitted(student, teacher)"), message);
    }
  }
}
