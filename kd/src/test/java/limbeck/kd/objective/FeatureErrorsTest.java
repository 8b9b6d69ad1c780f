package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import limbeck.engine.tensor.Shape;
import limbeck.kd.Objective;
import limbeck.kd.TapShapes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Errors name the method, the hyperparameter or the tap, the shapes, and the remedy. */
class FeatureErrorsTest {
  private static final List<String> S = List.of("s0");
  private static final List<String> T = List.of("t0");

  private static void requireError(String expected, Executable action) {
    assertEquals(expected, assertThrows(IllegalArgumentException.class, action).getMessage());
  }

  private static void fit(Objective o, Shape student, Shape teacher) {
    TapShapes s = FeatureLoss.shapes("cnn", "s", student, Shape.of(6));
    o.fitted(s, FeatureLoss.shapes("resnet", "t", teacher, Shape.of(6)));
  }

  @Test
  void hyperparameters() {
    requireError("hints: form is null; a value expected", () -> new Hints(null, "s0", "t0"));
    requireError(
        "hints: studentTap is \" \"; the name of a tap expected",
        () -> new Hints(Form.CODE, " ", "t0"));
    requireError(
        "attention-transfer: power is 0; a whole number from 1 on expected",
        () -> new AttentionTransfer(Form.CODE, 0, S, T));
    requireError(
        "attention-transfer: studentTaps is []; names of taps expected",
        () -> new AttentionTransfer(Form.CODE, 2, List.of(), T));
    requireError(
        "attention-transfer: teacherTaps is [a, b]; as many taps as studentTaps has (1) expected",
        () -> new AttentionTransfer(Form.CODE, 2, S, List.of("a", "b")));
    requireError(
        "relational-knowledge: angle is -1.0; a number from 0 on expected",
        () -> new RelationalKnowledge(1, -1, "s0", "t0"));
    requireError(
        "relational-knowledge: angle is 0.0; a weight above 0 where distance is 0 expected",
        () -> new RelationalKnowledge(0, 0, "s0", "t0"));
    requireError(
        "correlation-congruence: gamma is NaN; a number above 0, at most 100 expected",
        () -> new CorrelationCongruence(Double.NaN, 2, "s0", "t0"));
    requireError(
        "variational-information: variance is 0.0; a number above 1e-5, at most 1e6 expected",
        () -> new VariationalInformation(0, S, T));
    requireError(
        "activation-boundaries: margin is 0.0; a number above 0 expected",
        () -> new ActivationBoundaries(Form.CODE, 0, S, T));
    requireError(
        "factor-transfer: power is 3; 1 or 2 expected",
        () -> new FactorTransfer(0.5, 3, 1, "s0", "t0"));
    requireError(
        "solution-flow: studentTaps is [s0]; two taps for each flow expected",
        () -> new SolutionFlow(Form.CODE, S, T));
  }

  @Test
  void shapes() {
    requireError(
        "attention-transfer: tap \"t0\" of resnet [10] is no feature map [channels, height,"
            + " width]; choose the tap of a convolution",
        () -> fit(new AttentionTransfer(Form.CODE, 2, S, T), Shape.of(3, 4, 4), Shape.of(10)));
    requireError(
        "hints: tap \"s0\" of cnn [3, 4, 4] cannot be compared with tap \"t0\" of resnet [10];"
            + " choose two feature maps [channels, height, width], or two rows [features]",
        () -> fit(new Hints(Form.CODE, "s0", "t0"), Shape.of(3, 4, 4), Shape.of(10)));
    SolutionFlow flow = new SolutionFlow(Form.CODE, List.of("s0", "s0"), List.of("t0", "t0"));
    requireError(
        "solution-flow: tap \"s0\" of cnn [3, 4, 4] and tap \"t0\" of resnet [5, 4, 4] differ"
            + " in channels; choose taps with as many channels, or a method that learns a map",
        () -> fit(flow, Shape.of(3, 4, 4), Shape.of(5, 4, 4)));
    requireError(
        "cnn has no tap \"block9\"; it has [s0, s1]",
        () -> fit(new Hints(Form.CODE, "block9", "t0"), Shape.of(3), Shape.of(3)));
    requireError(
        "resnet has no tap \"t9\"; it has [t0, t1]",
        () -> fit(new RelationalKnowledge(1, 1, "s0", "t9"), Shape.of(3), Shape.of(3)));
    requireError(
        "hints: a teacher is needed, whose tap \"t0\" is compared",
        () ->
            new Hints(Form.CODE, "s0", "t0")
                .fitted(FeatureLoss.shapes("cnn", "s", Shape.of(3)), null));
    requireError(
        "probabilistic-transfer: a teacher is needed, whose tap \"t0\" is compared",
        () ->
            new ProbabilisticTransfer("s0", "t0")
                .fitted(FeatureLoss.shapes("cnn", "s", Shape.of(3)), null));
    requireError(
        "resnet has no tap \"t9\"; it has [t0, t1]",
        () -> fit(new SimilarityPreserving(S, List.of("t9")), Shape.of(3), Shape.of(3)));
    requireError(
        "neuron-selectivity: tap \"s0\" of cnn [3] is no feature map [channels, height, width];"
            + " choose the tap of a convolution",
        () -> fit(new NeuronSelectivity(S, T), Shape.of(3), Shape.of(3, 4, 4)));
  }
}
