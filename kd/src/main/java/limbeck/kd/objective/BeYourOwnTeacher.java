package limbeck.kd.objective;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Var;
import limbeck.engine.op.Reduction;
import limbeck.engine.op.Temperature;
import limbeck.engine.op.loss.SquaredError;
import limbeck.engine.tensor.Shape;
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
 * <p>The network offers the exits' logits as taps {@code exit1}, {@code exit2} …, their features as
 * {@code exit1.features} …, and F, in the same shape, as {@code deepest.features}, as networks do
 * whose names begin with {@code exits:}. Without exits it is the labels' cross-entropy.
 *
 * <p>How the squared distance is reduced decides what λ means: by {@link Reduction#BATCH_MEAN} it
 * is the sum over the features of an example, mean over examples; the mean over features too is
 * {@link Reduction#ELEMENT_MEAN}. The released code sums over the batch as well, {@link
 * Reduction#SUM}, so that its λ of 1e−6 counts once for each example of a batch.
 *
 * @param alpha α, weight of the deepest classifier against the labels, from 0 to 1
 * @param temperature T, above 0
 * @param lambda λ, weight of the distance of features
 * @param hintReduction of the squared distance over features and examples
 */
public record BeYourOwnTeacher(
    @Hyperparameter(standard = "0.1", help = "weight of the deepest exit against the labels")
        double alpha,
    @Hyperparameter(standard = "3", help = "temperature T") double temperature,
    @Hyperparameter(standard = "1e-6", help = "weight of the distance of features") double lambda,
    @Hyperparameter(
            standard = "batch-mean",
            help = "squared distance: batch-mean, sum over features; element-mean; or sum")
        Reduction hintReduction)
    implements Objective {
  /** The tap of the deepest classifier's features. */
  public static final String DEEPEST = "deepest.features";

  private static final String METHOD = "be-your-own-teacher";

  /** With the released code's settings, but for the mean over examples. */
  public BeYourOwnTeacher() {
    this(0.1, 3, 1e-6, Reduction.BATCH_MEAN);
  }

  /** Checks the settings. */
  public BeYourOwnTeacher {
    Settings.require(alpha >= 0 && alpha <= 1, METHOD, "alpha", alpha, "a share from 0 to 1");
    Temperature.checked(METHOD, temperature);
    Settings.requireNotNegative(METHOD, "lambda", lambda);
    Settings.requireGiven(METHOD, "hintReduction", hintReduction);
  }

  /** The tap of an exit's logits, from 1. */
  public static String exit(int number) {
    return "exit" + number;
  }

  private static String features(int number) {
    return exit(number) + ".features";
  }

  /**
   * How many exits there are is not known yet.
   *
   * @throws IllegalStateException always: call {@link #fitted} first
   */
  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    throw new IllegalStateException(
        METHOD + ": it depends on the network's exits; call fitted(student, teacher)");
  }

  @Override
  public boolean asksTeacher() {
    return false;
  }

  @Override
  public Objective fitted(TapShapes student, TapShapes teacher) {
    if (!student.taps().containsKey(DEEPEST)) {
      throw new IllegalArgumentException(
          METHOD
              + ": "
              + student.network()
              + " has no exits; a network expected whose name begins with exits:");
    }
    int exits = 0;
    while (student.taps().containsKey(exit(exits + 1))) {
      exits++;
      require(student, exit(exits), Shape.of(student.classes()));
      require(student, features(exits), student.of(DEEPEST));
    }
    return new OfExits(this, exits);
  }

  private void require(TapShapes student, String tap, Shape shape) {
    TapShape.of(this, student, tap).require(shape, shape.toString());
  }

  @Override
  public String formula() {
    return "H(y, q) + Σ_i [(1 − α) · H(y, q_i) + α · T² · KL(q^T ‖ q_i^T) + λ · ‖F_i − F‖²], α = "
        + alpha
        + ", T = "
        + temperature
        + ", λ = "
        + lambda
        + ", i over the exits";
  }

  /** The method on a network with so many exits. */
  private record OfExits(BeYourOwnTeacher method, int exits) implements Objective {
    @Override
    public Var loss(Outputs student, Outputs teacher, Batch batch) {
      Var sum = new HardLabels().loss(student, null, batch);
      Var features = student.feature(DEEPEST).reshape(0, -1);
      Outputs taught = new Outputs(student.logits(), Map.of(DEEPEST, features)).detached();
      for (int i = 1; i <= exits; i++) {
        Outputs exit = new Outputs(student.feature(exit(i)));
        sum = sum.plus(method.logitLoss(exit, taught, batch));
        if (method.lambda > 0) {
          SquaredError distance = new SquaredError(method.lambda, method.hintReduction);
          Var adapted = student.feature(features(i)).reshape(0, -1);
          sum = sum.plus(adapted.apply(distance, taught.feature(DEEPEST)));
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
      List<String> taps = new ArrayList<>(List.of(DEEPEST));
      for (int i = 1; i <= exits; i++) {
        taps.add(exit(i));
        taps.add(features(i));
      }
      return taps;
    }

    @Override
    public String name() {
      return method.name();
    }

    @Override
    public String formula() {
      return method.formula();
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
