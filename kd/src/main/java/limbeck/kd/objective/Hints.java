package limbeck.kd.objective;

import java.util.Map;
import java.util.function.UnaryOperator;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.op.loss.SquaredError;
import limbeck.kd.Batch;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.TapShapes;

/**
 * Hints: a layer of the student, the guided one, learns to predict a layer of the teacher, the
 * hint, through a regressor r that is learned along and thrown away: ½ ‖F_t − r(F_s)‖². A. Romero,
 * N. Ballas, S. Ebrahimi Kahou, A. Chassang, C. Gatta and Y. Bengio, FitNets: Hints for thin deep
 * nets, ICLR 2015, arXiv:1412.6550.
 *
 * <p>The paper's form sums over the features of an example and takes the mean over examples; the
 * code's is the mean of squared differences over all elements, without the ½, and has the published
 * weight 100.
 *
 * <p>Where channels are as many, r is the identity; else it is affine in the channels, the same at
 * each place: a 1 × 1 convolution for feature maps, a linear layer for rows [batch, features].
 * Deviation: where maps differ in size the paper gives r a kernel as large as the difference; here
 * the larger map is average-pooled.
 *
 * <p>The paper trains the student up to the guided layer with this alone, and then the whole with
 * soft targets: no gradient reaches what lies above the guided layer. Used beside other losses it
 * is the one-stage form of later comparisons.
 *
 * @param form of the loss
 * @param studentTap the guided layer
 * @param teacherTap the hint
 */
public record Hints(
    @Hyperparameter(standard = "code", help = "paper: ½ squared distance; code: mean square")
        Form form,
    @Hyperparameter(help = "the student's guided layer") String studentTap,
    @Hyperparameter(help = "the teacher's layer that gives the hint") String teacherTap)
    implements OneTap {
  private static final String METHOD = "hints";

  /** Checks the settings. */
  public Hints {
    Settings.requireGiven(METHOD, "form", form);
    Settings.requireTaps(METHOD, studentTap, teacherTap);
  }

  /** With the identity as regressor: for layers with as many channels. */
  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    return loss(student, teacher, UnaryOperator.identity());
  }

  /** Maps are pooled before the regressor: the results are the same, as it is affine by place. */
  private Var loss(Outputs student, Outputs teacher, UnaryOperator<Var> regressor) {
    EqualMaps maps = EqualMaps.of(student.feature(studentTap), teacher.feature(teacherTap));
    Var prediction = regressor.apply(maps.first()).reshape(0, -1);
    SquaredError error = form == Form.PAPER ? SquaredError.logitMatching() : SquaredError.mean();
    return prediction.apply(error, maps.second().reshape(0, -1));
  }

  @Override
  public Objective fitted(TapShapes student, TapShapes teacher) {
    TapShape guided = TapShape.of(this, student, studentTap);
    TapShape hint = TapShape.of(this, teacher, teacherTap);
    guided.requireKindOf(hint);
    if (guided.channels() == hint.channels()) {
      return this;
    }
    Module regressor = ChannelMap.of(guided, hint);
    return new Fitted(
        this, Map.of("regressor", regressor), (s, t) -> loss(s, t, regressor::forward));
  }

  @Override
  public String formula() {
    return form == Form.PAPER ? "½ ‖F_t − r(F_s)‖²" : "mean (F_t − r(F_s))²";
  }
}
