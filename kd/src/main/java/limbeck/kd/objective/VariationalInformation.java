package limbeck.kd.objective;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.Var;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.Conv2d;
import limbeck.autograd.module.Sequential;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.Log;
import limbeck.engine.op.Softplus;
import limbeck.engine.tensor.Shape;
import limbeck.kd.Batch;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.TapShapes;

/**
 * Variational information distillation: the student's feature map shall say as much as possible
 * about the teacher's. A bound of their mutual information is the likelihood of F_t under a
 * Gaussian whose mean μ is learned from F_s and whose variance is learned by channel c:
 *
 * <p>mean over all elements of ½ ((F_t − μ(F_s))² / σ_c² + ln σ_c²), σ_c² = softplus(ρ_c) + 1e−5,
 *
 * <p>summed over pairs of layers; the constant ½ ln 2π is left out. S. Ahn, S. X. Hu, A. Damianou,
 * N. D. Lawrence and Z. Dai, Variational information distillation for knowledge transfer, CVPR
 * 2019, arXiv:1904.05835. Published weight 1. The loss may be negative.
 *
 * <p>μ is three 1 × 1 convolutions without biases, rectified between, of the teacher's width, as in
 * the released code. Where maps differ in size, the larger is average-pooled. With a variance fixed
 * at 1 the loss is half the mean squared error; the best variance of a channel is the mean square
 * of what μ leaves over. Learned parts are {@code layer0}, {@code layer1} … in the order of taps:
 * children {@code mean}, and {@code rho}.
 *
 * @param variance at the start
 * @param studentTaps feature maps
 * @param teacherTaps feature maps, as many
 */
public record VariationalInformation(
    @Hyperparameter(standard = "5", help = "variance σ² at the start") double variance,
    @Hyperparameter(help = "the student's feature maps") List<String> studentTaps,
    @Hyperparameter(help = "the teacher's feature maps, as many") List<String> teacherTaps)
    implements TapPairs {
  private static final String METHOD = "variational-information";
  private static final double LEAST_VARIANCE = 1e-5;

  /** Checks the settings. */
  public VariationalInformation {
    Settings.require(
        variance > LEAST_VARIANCE && variance <= 1e6,
        METHOD,
        "variance",
        variance,
        "a number above 1e-5, at most 1e6");
    studentTaps = Settings.studentTaps(METHOD, studentTaps);
    teacherTaps = Settings.teacherTaps(METHOD, teacherTaps, studentTaps);
  }

  /** The Gaussian of a teacher's map given a student's. */
  static final class Gaussian extends Module {
    private final Module mean;
    private final Parameter rho;

    Gaussian(int in, int out, double variance) {
      mean =
          child(
              "mean",
              new Sequential(
                  new Conv2d(in, out, Window.of(1), false),
                  Activation.relu(),
                  new Conv2d(out, out, Window.of(1), false),
                  Activation.relu(),
                  new Conv2d(out, out, Window.of(1), false)));
      double above = variance - LEAST_VARIANCE;
      double start = above + StrictMath.log(-StrictMath.expm1(-above)); // softplus of it is above
      rho = parameter("rho", Shape.of(out, 1, 1), Init.constant(start));
    }

    /** μ. */
    @Override
    public Var forward(Var x) {
      return mean.forward(x);
    }

    /** σ² [channels, 1, 1]. */
    Var variance() {
      return rho.apply(new Softplus()).plus(LEAST_VARIANCE);
    }

    Var loss(Var student, Var teacher) {
      EqualMaps maps = EqualMaps.of(student, teacher);
      return negativeLogLikelihood(maps.second(), forward(maps.first()), variance());
    }
  }

  /** The log of the variance, equal at each place of a channel, is averaged over channels alone. */
  static Var negativeLogLikelihood(Var x, Var mean, Var variance) {
    Var difference = x.minus(mean);
    Var squares = difference.times(difference).dividedBy(variance).mean();
    return squares.plus(variance.apply(new Log()).mean()).times(0.5);
  }

  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    throw Fitted.missing(METHOD);
  }

  @Override
  public Objective fitted(TapShapes student, TapShapes teacher) {
    List<Gaussian> layers = new ArrayList<>();
    Map<String, Module> learned = new LinkedHashMap<>();
    for (int i = 0; i < studentTaps.size(); i++) {
      int in = TapShape.of(this, student, studentTaps.get(i)).requireMap().channels();
      int out = TapShape.of(this, teacher, teacherTaps.get(i)).requireMap().channels();
      layers.add(new Gaussian(in, out, variance));
      learned.put("layer" + i, layers.get(i));
    }
    return new Fitted(
        this, learned, (s, t) -> TapPairs.sum(this, s, t, (i, a, b) -> layers.get(i).loss(a, b)));
  }

  @Override
  public String formula() {
    return "Σ mean ½ ((F_t − μ(F_s))² / σ² + ln σ²)";
  }
}
