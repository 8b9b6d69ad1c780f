package limbeck.kd.objective;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.BatchNorm;
import limbeck.autograd.module.Conv2d;
import limbeck.autograd.module.Sequential;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.Abs;
import limbeck.engine.op.Normalize;
import limbeck.engine.op.loss.SquaredError;
import limbeck.kd.Batch;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.TapShapes;

/**
 * Factor transfer: a paraphraser, an auto-encoder of the teacher's feature map, finds fewer maps
 * that say the same, the teacher's factors; a translator of the student's feature map learns to
 * give these:
 *
 * <p>mean over all elements of |F_t/‖F_t‖ − F_s/‖F_s‖|ᵖ, + reconstruction · mean square of x − its
 * paraphrase,
 *
 * <p>factors F flattened by example. J. Kim, S. Park and N. Kwak, Paraphrasing complex network:
 * network compression via factor transfer, NeurIPS 2018, arXiv:1802.04977, with their p = 1; means
 * as in the released code. Published weight 200.
 *
 * <p>Deviation: the paper trains the paraphraser first, then keeps it. Here both are trained
 * together, and the paraphraser learns from its own error alone: factors are constants where the
 * student is compared with them, so it is not made easy to imitate. What multiplies this loss
 * multiplies the paraphraser's error too, hence its small weight, one over the published one.
 *
 * <p>Paraphraser ({@code encoder}, {@code decoder}) and {@code translator} are three convolutions
 * of 3 × 3 each, with leaky rectifiers of slope 0.1, the translator with batch norms. Where factors
 * differ in size, the larger are average-pooled.
 *
 * @param rate k: how many factors there are for each of the teacher's channels
 * @param power p, 1 or 2
 * @param reconstruction weight of the paraphraser's error, above 0
 * @param studentTap a feature map, as a rule the last
 * @param teacherTap a feature map, as a rule the last
 */
public record FactorTransfer(
    @Hyperparameter(standard = "0.5", help = "factors for each channel of the teacher") double rate,
    @Hyperparameter(standard = "1", help = "power p of differences, 1 or 2") int power,
    @Hyperparameter(standard = "0.005", help = "weight of the paraphraser's own error")
        double reconstruction,
    @Hyperparameter(help = "the student's feature map") String studentTap,
    @Hyperparameter(help = "the teacher's feature map") String teacherTap)
    implements OneTap {
  private static final String METHOD = "factor-transfer";
  private static final double SLOPE = 0.1;

  /** Checks the settings. */
  public FactorTransfer {
    Settings.require(rate > 0 && rate <= 16, METHOD, "rate", rate, "a number above 0, at most 16");
    Settings.require(power == 1 || power == 2, METHOD, "power", power, "1 or 2");
    Settings.requirePositive(METHOD, "reconstruction", reconstruction);
    Settings.requireTaps(METHOD, studentTap, teacherTap);
  }

  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    throw Fitted.missing(METHOD);
  }

  @Override
  public Objective fitted(TapShapes student, TapShapes teacher) {
    int in = TapShape.of(this, student, studentTap).requireMap().channels();
    int maps = TapShape.of(this, teacher, teacherTap).requireMap().channels();
    int factors = (int) Math.max(1, maps * rate);
    Map<String, Module> learned = new LinkedHashMap<>();
    learned.put("encoder", convolutions(false, maps, maps, factors, factors));
    learned.put("decoder", convolutions(false, factors, factors, maps, maps));
    learned.put("translator", convolutions(true, in, in, factors, factors));
    return new Fitted(
        this, learned, (s, t) -> loss(learned, s.feature(studentTap), t.feature(teacherTap)));
  }

  /** Convolutions from one of the widths to the next. */
  private static Module convolutions(boolean norms, int... widths) {
    List<Module> layers = new ArrayList<>();
    for (int i = 1; i < widths.length; i++) {
      layers.add(new Conv2d(widths[i - 1], widths[i], Window.of(3).withPadding(1), true));
      if (norms) {
        layers.add(new BatchNorm(widths[i]));
      }
      layers.add(Activation.leakyRelu(SLOPE));
    }
    return new Sequential(layers.toArray(Module[]::new));
  }

  private Var loss(Map<String, Module> learned, Var student, Var teacher) {
    Var factors = learned.get("encoder").forward(teacher);
    Var paraphrase = learned.get("decoder").forward(factors);
    Var error = paraphrase.reshape(0, -1).apply(SquaredError.mean(), teacher.reshape(0, -1));
    Var translated = learned.get("translator").forward(student);
    return distance(translated, Var.of(factors.value())).plus(error.times(reconstruction));
  }

  private Var distance(Var student, Var teacher) {
    EqualMaps maps = EqualMaps.of(student, teacher);
    Var difference = direction(maps.first()).minus(direction(maps.second()));
    Var powers = power == 1 ? difference.apply(new Abs()) : difference.times(difference);
    return powers.mean();
  }

  private static Var direction(Var factors) {
    return factors.reshape(0, -1).apply(new Normalize());
  }

  @Override
  public String formula() {
    String p = power == 1 ? "" : "²";
    return "mean |F_t/‖F_t‖ − F_s/‖F_s‖|" + p + " + " + reconstruction + " · paraphraser";
  }
}
