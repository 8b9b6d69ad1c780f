package limbeck.kd.objective;

import java.util.List;
import limbeck.autograd.Var;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.Reduction;
import limbeck.engine.op.loss.SquaredError;
import limbeck.kd.Batch;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.TapShapes;

/**
 * Flow of the solution procedure: how a network comes from one layer to a later one, told by the
 * inner products of their channels, G = F₁ F₂ᵀ / (H · W) [channels of the first, of the second],
 * shall be alike. J. Yim, D. Joo, J. Bae and J. Kim, A gift from knowledge distillation: fast
 * optimization, network minimization and transfer learning, CVPR 2017 (not on arXiv).
 *
 * <p>The paper's form is Σ ‖G_t − G_s‖² over flows, mean over examples, all flows with weight 1;
 * the code's is the mean of squared differences over the elements of G and examples, summed over
 * flows, with the published weight 50. The paper trains the student with this alone first, then on
 * labels.
 *
 * <p>Taps come in twos: the first and the second are the begin and the end of a flow, the third and
 * the fourth of another. Where the two maps of a flow differ in size, the larger is average-pooled
 * (the paper takes maxima). Student and teacher need as many channels at each tap; their heights
 * and widths may differ.
 *
 * @param form of the loss
 * @param studentTaps feature maps, two for each flow
 * @param teacherTaps feature maps, as many
 */
public record SolutionFlow(
    @Hyperparameter(standard = "code", help = "paper: squared distance; code: mean square")
        Form form,
    @Hyperparameter(help = "the student's feature maps: begin and end of each flow")
        List<String> studentTaps,
    @Hyperparameter(help = "the teacher's feature maps, as many") List<String> teacherTaps)
    implements TapPairs {
  private static final String METHOD = "solution-flow";

  /** Checks the settings. */
  public SolutionFlow {
    Settings.requireGiven(METHOD, "form", form);
    studentTaps = Settings.studentTaps(METHOD, studentTaps);
    teacherTaps = Settings.teacherTaps(METHOD, teacherTaps, studentTaps);
    Settings.require(
        studentTaps.size() % 2 == 0, METHOD, "studentTaps", studentTaps, "two taps for each flow");
  }

  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    Var sum = null;
    for (int i = 0; i < studentTaps.size(); i += 2) {
      Var loss = loss(flow(student, studentTaps, i), flow(teacher, teacherTaps, i));
      sum = sum == null ? loss : sum.plus(loss);
    }
    return sum;
  }

  private Var loss(Var student, Var teacher) {
    SquaredError error =
        form == Form.PAPER ? new SquaredError(1, Reduction.BATCH_MEAN) : SquaredError.mean();
    return student.reshape(0, -1).apply(error, teacher.reshape(0, -1));
  }

  /** G, [batch, channels of the first, channels of the second]. */
  private static Var flow(Outputs network, List<String> taps, int i) {
    EqualMaps maps = EqualMaps.of(network.feature(taps.get(i)), network.feature(taps.get(i + 1)));
    Var first = maps.first().reshape(0, 0, -1);
    Var second = maps.second().reshape(0, 0, -1);
    return first.apply(new MatMul(false, true), second).times(1.0 / first.shape().last());
  }

  @Override
  public Objective fitted(TapShapes student, TapShapes teacher) {
    for (int i = 0; i < studentTaps.size(); i++) {
      TapShape s = TapShape.of(this, student, studentTaps.get(i)).requireMap();
      TapShape t = TapShape.of(this, teacher, teacherTaps.get(i)).requireMap();
      s.requireChannelsOf(t, "choose taps with as many channels, or a method that learns a map");
    }
    return this;
  }

  @Override
  public String formula() {
    return form == Form.PAPER ? "Σ ‖G_t − G_s‖²" : "Σ mean (G_t − G_s)²";
  }
}
