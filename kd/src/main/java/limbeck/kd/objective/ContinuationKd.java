package limbeck.kd.objective;

import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.autograd.Var;
import limbeck.engine.op.Reduction;
import limbeck.engine.op.Relu;
import limbeck.kd.Batch;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.Progress;

/**
 * Continuation-KD: from regression on growing logits of the teacher to training on labels, in one
 * run: ψ · H(y, q) + (1 − ψ) · max(0, ‖z − Φ v‖² − m Φ), mean over examples. Φ grows as in {@link
 * AnnealedLogits}, ψ from 0 to 1; differences within the margin m, which may be the teacher's
 * noise, do not count. A. Jafari, I. Kobyzev, M. Rezagholizadeh, P. Poupart and A. Ghodsi,
 * Continuation KD: Improved Knowledge Distillation through the Lens of Continuation Optimization,
 * Findings of EMNLP 2022, arXiv:2212.05998.
 *
 * <p>With a margin of 0 and ψ as a step it is Annealing-KD, but for the second phase's optimizer,
 * which there begins anew.
 *
 * <p>Decided here: Φ grows during the first share of the epochs and is 1 from then on; the norm is
 * summed over classes or their mean, by choice, as in {@link AnnealedLogits}; the margin is
 * compared with each example's norm.
 *
 * @param tauMax the number of stages in which Φ grows, at least 1
 * @param growing share of the epochs in which Φ grows, above 0 up to 1
 * @param mixing how ψ grows
 * @param margin m, from 0 on
 * @param reduction of an example's squared differences, {@link Reduction#BATCH_MEAN}: their sum, or
 *     {@link Reduction#ELEMENT_MEAN}: their mean
 */
public record ContinuationKd(
    @Hyperparameter(standard = "10", help = "number of stages in which the logits grow") int tauMax,
    @Hyperparameter(standard = "0.6667", help = "share of the epochs in which the logits grow")
        double growing,
    @Hyperparameter(
            standard = "linear",
            help = "weight of the labels: linear, from 0 to 1; step, 1 when the logits have grown")
        Mixing mixing,
    @Hyperparameter(standard = "0", help = "margin below which differences do not count")
        double margin,
    @Hyperparameter(standard = "element-mean", help = "batch-mean: sum over classes, or mean")
        Reduction reduction)
    implements Objective {
  private static final String METHOD = "continuation-kd";

  /** How the weight ψ of the labels grows over the epochs. */
  public enum Mixing {
    /** 0 while Φ grows, 1 from then on. */
    STEP,
    /** From 0 in the first epoch to 1 in the last, in equal steps. */
    LINEAR
  }

  /** Checks the settings. */
  public ContinuationKd {
    Settings.requireAtLeast(METHOD, "tauMax", tauMax, 1);
    Settings.require(
        growing > 0 && growing <= 1, METHOD, "growing", growing, "a share above 0, up to 1,");
    Settings.requireGiven(METHOD, "mixing", mixing);
    Settings.requireNotNegative(METHOD, "margin", margin);
    Settings.require(
        reduction == Reduction.BATCH_MEAN || reduction == Reduction.ELEMENT_MEAN,
        METHOD,
        "reduction",
        reduction,
        "batch-mean or element-mean");
  }

  /** The epochs in which Φ grows: the nearest whole number, at least 1. */
  public int growingEpochs(int epochs) {
    return (int) Math.max(1, Math.round(growing * epochs));
  }

  /** Φ, the factor on the teacher's logits. */
  public double phi(Progress p) {
    int growingEpochs = growingEpochs(p.epochs());
    return AnnealedLogits.phi(tauMax, Math.min(p.epoch(), growingEpochs - 1), growingEpochs);
  }

  /** ψ, the weight of the labels. */
  public double psi(Progress p) {
    return switch (mixing) {
      case STEP -> p.epoch() < growingEpochs(p.epochs()) ? 0 : 1;
      case LINEAR -> p.epoch() / (double) Math.max(1, p.epochs() - 1);
    };
  }

  /** A term whose weight is 0 is left out. */
  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    double psi = psi(batch.progress());
    if (psi == 1) {
      return new HardLabels().loss(student, null, batch);
    }
    Var regression = regression(student.logits(), teacher, phi(batch.progress()));
    if (psi == 0) {
      return regression;
    }
    Var hard = new HardLabels().loss(student, null, batch);
    return hard.times(psi).plus(regression.times(1 - psi));
  }

  private Var regression(Var z, Outputs teacher, double phi) {
    Var difference = z.minus(AnnealedLogits.target(teacher, phi));
    Var squares = difference.times(difference);
    Var each = reduction == Reduction.BATCH_MEAN ? squares.sum(-1) : squares.mean(-1);
    return each.plus(-margin * phi).apply(new Relu()).mean();
  }

  @Override
  public String formula() {
    String norm = reduction == Reduction.ELEMENT_MEAN ? "mean (z − Φ v)²" : "‖z − Φ v‖²";
    String hinge = margin == 0 ? norm : "max(0, " + norm + " − " + margin + " Φ)";
    String psi = mixing == Mixing.STEP ? "a step" : "growing to 1";
    return "ψ · H(y, q) + (1 − ψ) · " + hinge + ", ψ " + psi + ", Φ in " + tauMax + " stages to 1";
  }

  @Override
  public boolean takesScores() {
    return true;
  }

  @Override
  public String scoreFormula() {
    return formula().replace(new HardLabels().formula(), new HardLabels().scoreFormula());
  }

  @Override
  public Map<String, Double> course(Progress p) {
    Map<String, Double> course = new LinkedHashMap<>();
    course.put("Φ", phi(p));
    course.put("ψ", psi(p));
    return course;
  }
}
