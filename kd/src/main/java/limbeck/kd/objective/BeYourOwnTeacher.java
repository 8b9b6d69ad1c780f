package limbeck.kd.objective;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.op.Reduction;
import limbeck.engine.op.Temperature;
import limbeck.engine.op.loss.SquaredError;
import limbeck.kd.Batch;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.TapShapes;

/**
 * Be your own teacher (BYOT): a network with classifiers at several depths, of which the deepest
 * teaches the others. With logits z and features F of the network itself, and z_i, F_i of the
 * shallow exits,
 *
 * <p>H(y, q) + Σ_i [(1 − α) H(y, q_i) + α T² KL(softmax(z/T) ‖ softmax(z_i/T)) + λ ‖F_i − F‖²],
 *
 * <p>mean over examples; z and F are detached where they teach. L. Zhang, J. Song, A. Gao, J. Chen,
 * C. Bao and K. Ma, Be Your Own Teacher: Improve the Performance of Convolutional Neural Networks
 * via Self Distillation, ICCV 2019, arXiv:1905.08094, equations 2 to 5; factor T² and standard
 * values are the released code's, which weighs H(y, q) with 1 − α as well. With α = λ = 0 it is
 * deep supervision. It takes the place of {@link HardLabels}; it is not added to them.
 *
 * <p>The exits are learned along, {@code exit0}, {@code exit1} … in the order of taps, and left
 * behind: a bottleneck of 3 × 3 convolutions of stride 2, batch norms and rectifiers, which gives
 * F_i the shape of F, then the mean of each channel and a linear layer (for rows of features linear
 * layers alone). The paper's bottlenecks are blocks of the network at hand.
 *
 * <p>How the squared distance is reduced decides what λ means: by {@link Reduction#BATCH_MEAN} it
 * is the sum over the features of an example, mean over examples; the mean over features too is
 * {@link Reduction#ELEMENT_MEAN}. The released code sums over the batch as well, {@link
 * Reduction#SUM}, so that its λ of 1e−6 counts once for each example of a batch.
 *
 * @param taps the layers that get an exit, from the lowest up
 * @param deepest the layer whose activation is F
 * @param alpha α, weight of the deepest classifier against the labels, from 0 to 1
 * @param temperature T, above 0
 * @param lambda λ, weight of the distance of features
 * @param hintReduction of the squared distance over features and examples
 */
public record BeYourOwnTeacher(
    @Hyperparameter(help = "layers that get an exit, from the lowest up") List<String> taps,
    @Hyperparameter(help = "the last layer's features, which the exits' features approach")
        String deepest,
    @Hyperparameter(standard = "0.1", help = "weight of the deepest exit against the labels")
        double alpha,
    @Hyperparameter(standard = "3", help = "temperature T") double temperature,
    @Hyperparameter(standard = "1e-6", help = "weight of the distance of features") double lambda,
    @Hyperparameter(
            standard = "batch-mean",
            help = "squared distance: batch-mean, sum over features; element-mean; or sum")
        Reduction hintReduction)
    implements Objective {
  private static final String METHOD = "be-your-own-teacher";

  /** With the released code's settings, but for the mean over examples. */
  public BeYourOwnTeacher(List<String> taps, String deepest) {
    this(taps, deepest, 0.1, 3, 1e-6, Reduction.BATCH_MEAN);
  }

  /** Checks the settings. */
  public BeYourOwnTeacher {
    taps = Settings.taps(METHOD, "taps", taps);
    Settings.requireTap(METHOD, "deepest", deepest);
    Settings.require(alpha >= 0 && alpha <= 1, METHOD, "alpha", alpha, "a share from 0 to 1");
    Temperature.checked(METHOD, temperature);
    Settings.requireNotNegative(METHOD, "lambda", lambda);
    Settings.requireGiven(METHOD, "hintReduction", hintReduction);
  }

  /**
   * There are no exits yet.
   *
   * @throws IllegalStateException always: call {@link #fitted} first
   */
  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    throw new IllegalStateException(
        METHOD + ": it learns exits along with the student; call fitted(student, teacher)");
  }

  @Override
  public boolean asksTeacher() {
    return false;
  }

  @Override
  public List<String> studentTaps() {
    List<String> all = new ArrayList<>(taps);
    all.add(deepest);
    return all;
  }

  @Override
  public Objective fitted(TapShapes student, TapShapes teacher) {
    List<ShallowExit> exits = new ArrayList<>();
    for (String tap : taps) {
      ShallowExit exit =
          ShallowExit.between(student.of(tap), student.of(deepest), student.classes());
      if (exit == null) {
        throw new IllegalArgumentException(
            METHOD
                + ": tap \""
                + tap
                + "\" of "
                + student.network()
                + ", "
                + student.of(tap)
                + ", cannot be halved to tap \""
                + deepest
                + "\", "
                + student.of(deepest));
      }
      exits.add(exit);
    }
    return new WithExits(this, exits);
  }

  @Override
  public String formula() {
    return "H(y, q) + Σ_i [(1 − α) · H(y, q_i) + α · T² · KL(q^T ‖ q_i^T) + λ · ‖F_i − F‖²], α = "
        + alpha
        + ", T = "
        + temperature
        + ", λ = "
        + lambda
        + ", i over exits at "
        + String.join(", ", taps);
  }

  /** The method with its exits, in the order of taps. */
  private record WithExits(BeYourOwnTeacher method, List<ShallowExit> exits) implements Objective {
    @Override
    public Var loss(Outputs student, Outputs teacher, Batch batch) {
      Var sum = new HardLabels().loss(student, null, batch);
      Var features = student.feature(method.deepest).reshape(0, -1);
      Outputs taught = new Outputs(student.logits(), Map.of(method.deepest, features)).detached();
      for (int i = 0; i < exits.size(); i++) {
        Var adapted = exits.get(i).adapted(student.feature(method.taps.get(i)));
        Outputs exit = new Outputs(exits.get(i).logits(adapted));
        sum = sum.plus(method.logitLoss(exit, taught, batch));
        if (method.lambda > 0) {
          SquaredError distance = new SquaredError(method.lambda, method.hintReduction);
          sum = sum.plus(adapted.reshape(0, -1).apply(distance, taught.feature(method.deepest)));
        }
      }
      return sum;
    }

    @Override
    public boolean asksTeacher() {
      return false;
    }

    @Override
    public List<String> studentTaps() {
      return method.studentTaps();
    }

    @Override
    public String name() {
      return method.name();
    }

    @Override
    public String formula() {
      return method.formula();
    }

    @Override
    public Map<String, Module> learned() {
      Map<String, Module> learned = new LinkedHashMap<>();
      exits.forEach(exit -> learned.put("exit" + learned.size(), exit));
      return learned;
    }
  }

  /** (1 − α) · hard + α · soft; a term of weight 0 is left out. */
  private Var logitLoss(Outputs exit, Outputs taught, Batch batch) {
    Var hard = alpha < 1 ? new HardLabels().times(1 - alpha).loss(exit, null, batch) : null;
    Var soft =
        alpha > 0 ? new SoftTargets(temperature).times(alpha).loss(exit, taught, batch) : null;
    return hard == null ? soft : soft == null ? hard : hard.plus(soft);
  }
}
