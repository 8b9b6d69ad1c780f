package limbeck.kd.recipe;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import limbeck.autograd.ParameterStore;
import limbeck.autograd.optim.Adam;
import limbeck.autograd.optim.Optimizer;
import limbeck.autograd.optim.Schedule;
import limbeck.autograd.optim.Sgd;

/**
 * How a network is trained.
 *
 * @param optimizer {@code sgd} or {@code adam}
 * @param rate learning rate at the start
 * @param schedule {@code constant}; {@code cosine}, {@code exponential} or {@code linear}, from
 *     {@code rate} to {@code finalRate}; or {@code step}, with {@code drops}
 * @param finalRate learning rate at the end
 * @param momentum of SGD
 * @param decay L2 weight decay
 * @param batch examples per step
 * @param epochs passes over the training set
 * @param regularisation dropout and the like
 * @param nesterov whether SGD's momentum, if above 0, has Nesterov's form
 * @param drops of the learning rate; none unless the schedule is {@code step}
 * @param warmUp the share of a stage in which the learning rate rises from 0 on a line
 * @param clip the largest norm of a step's gradient, a larger one is shortened; 0: no limit
 */
public record Training(
    String optimizer,
    double rate,
    String schedule,
    double finalRate,
    double momentum,
    double decay,
    int batch,
    int epochs,
    Regularisation regularisation,
    boolean nesterov,
    RateDrops drops,
    double warmUp,
    double clip) {
  /** What a schedule may be. */
  public static final List<String> SCHEDULES =
      List.of("constant", "cosine", "exponential", "linear", "step");

  private static final Map<String, Object> STANDARDS =
      Map.of("nesterov", true, "drops", RateDrops.NONE, "warmUp", 0.0, "clip", 0.0);

  /** A training without warm-up, and with gradients as they are. */
  public Training(
      String optimizer,
      double rate,
      String schedule,
      double finalRate,
      double momentum,
      double decay,
      int batch,
      int epochs,
      Regularisation regularisation,
      boolean nesterov,
      RateDrops drops) {
    this(
        optimizer,
        rate,
        schedule,
        finalRate,
        momentum,
        decay,
        batch,
        epochs,
        regularisation,
        nesterov,
        drops,
        0,
        0);
  }

  /** Declares a training's settings under a prefix, with this training's values as defaults. */
  void declare(Settings.Builder s, String prefix, String who) {
    s.choice(prefix + ".optimizer", optimizer, List.of("sgd", "adam"), who + ": optimizer");
    s.real(prefix + ".rate", Numbers.text(rate), 0, 100, who + ": learning rate at the start");
    s.choice(
        prefix + ".schedule",
        schedule,
        List.of("constant", "cosine", "exponential", "linear"),
        who + ": course of the learning rate");
    s.real(
        prefix + ".finalRate", Numbers.text(finalRate), 0, 100, who + ": learning rate at the end");
    s.real(prefix + ".momentum", Numbers.text(momentum), 0, 0.9999, who + ": momentum of sgd");
    s.real(prefix + ".decay", Numbers.text(decay), 0, 1, who + ": weight decay");
    s.whole(prefix + ".batch", batch, 1, 1_000_000, who + ": examples per step");
    s.whole(prefix + ".epochs", epochs, 0, 1_000_000, who + ": passes over the data");
    s.real(
        prefix + ".inputDropout",
        Numbers.text(regularisation.inputDropout()),
        0,
        0.99,
        who + ": dropout on inputs");
    s.real(
        prefix + ".hiddenDropout",
        Numbers.text(regularisation.hiddenDropout()),
        0,
        0.99,
        who + ": dropout after hidden layers");
    s.real(
        prefix + ".maxNorm",
        Numbers.text(regularisation.maxNorm()),
        0,
        1e6,
        who + ": largest norm of a unit's incoming weights, 0 for none");
    s.whole(
        prefix + ".jitter",
        regularisation.jitter(),
        0,
        27,
        who + ": largest shift of training images in pixels");
  }

  /**
   * Reads a training from settings.
   *
   * @throws RecipeException if they contradict each other
   */
  static Training of(Settings s, String prefix) {
    Training t =
        new Training(
            s.text(prefix + ".optimizer"),
            s.real(prefix + ".rate"),
            s.text(prefix + ".schedule"),
            s.real(prefix + ".finalRate"),
            s.real(prefix + ".momentum"),
            s.real(prefix + ".decay"),
            s.whole(prefix + ".batch"),
            s.whole(prefix + ".epochs"),
            new Regularisation(
                s.real(prefix + ".inputDropout"),
                s.real(prefix + ".hiddenDropout"),
                s.real(prefix + ".maxNorm"),
                s.whole(prefix + ".jitter")),
            true,
            RateDrops.NONE,
            0,
            0);
    t.requireConsistent(prefix);
    return t;
  }

  /**
   * Checks that settings do not contradict each other.
   *
   * @param prefix of the settings' names, for the message
   * @throws RecipeException if they do
   */
  public void requireConsistent(String prefix) {
    if (schedule.equals("exponential") && !(rate > 0 && finalRate > 0)) {
      throw new RecipeException(
          String.format(
              Locale.ROOT,
              "%s.schedule = exponential needs %s.rate and %s.finalRate above 0; they are %s and"
                  + " %s",
              prefix,
              prefix,
              prefix,
              Numbers.text(rate),
              Numbers.text(finalRate)));
    }
    if (schedule.equals("step") == drops.isNone()) {
      throw new RecipeException(
          drops.isNone()
              ? "schedule = step needs " + prefix + ".drops, such as [0.5, 0.75]"
              : "drops are of schedule = step, not of " + schedule);
    }
  }

  /** This training with other regularisation. */
  public Training regularised(Regularisation other) {
    return with(epochs, other);
  }

  /** This training in another number of epochs. */
  public Training over(int newEpochs) {
    return with(newEpochs, regularisation);
  }

  private Training with(int newEpochs, Regularisation newRegularisation) {
    return new Training(
        optimizer,
        rate,
        schedule,
        finalRate,
        momentum,
        decay,
        batch,
        newEpochs,
        newRegularisation,
        nesterov,
        drops,
        warmUp,
        clip);
  }

  /** Whether the state of one's optimizer means something to the other's. */
  boolean sameOptimizer(Training other) {
    return optimizer.equals(other.optimizer) && (momentum > 0) == (other.momentum > 0);
  }

  /** A new optimizer for a model. */
  public Optimizer newOptimizer(ParameterStore store) {
    return switch (optimizer) {
      case "sgd" -> new Sgd(store, rate, momentum, nesterov && momentum > 0, decay);
      case "adam" -> new Adam(store, rate, 0.9, 0.999, 1e-8, decay, true);
      default -> throw new RecipeException("unknown optimizer \"" + optimizer + "\"");
    };
  }

  /** The learning rate over training. */
  public Schedule newSchedule() {
    return warmUp == 0 ? course() : course().warmUp(warmUp);
  }

  private Schedule course() {
    return switch (schedule) {
      case "constant" -> Schedule.constant(rate);
      case "cosine" -> Schedule.cosine(rate, finalRate);
      case "linear" -> Schedule.linear(rate, finalRate);
      case "exponential" -> Schedule.exponential(rate, finalRate);
      case "step" -> Schedule.step(rate, drops.factor(), drops.points(epochs));
      default -> throw new RecipeException("unknown schedule \"" + schedule + "\"");
    };
  }

  /** In words, for reports. */
  public String describe() {
    String method =
        optimizer.equals("adam")
            ? "AdamW"
            : momentum > 0
                ? "SGD, " + (nesterov ? "Nesterov momentum " : "momentum ") + Numbers.text(momentum)
                : "SGD";
    return String.format(
        Locale.ROOT,
        "%s, weight decay %s, batch %d, learning rate %s%s, %d %s",
        method,
        Numbers.text(decay),
        batch,
        Numbers.text(rate),
        courseInWords() + more(),
        epochs,
        epochs == 1 ? "epoch" : "epochs");
  }

  private String courseInWords() {
    return switch (schedule) {
      case "constant" -> "";
      case "step" -> ", " + drops.describe();
      default -> " to " + Numbers.text(finalRate) + " (" + schedule + ")";
    };
  }

  private String more() {
    return (warmUp > 0 ? ", warm-up over " + Numbers.text(100 * warmUp) + " % of it" : "")
        + (clip > 0 ? ", gradients clipped at " + Numbers.text(clip) : "");
  }

  /** As every record's, but without what is as usual; the regularisation's parts as one's own. */
  @Override
  public String toString() {
    return RecordText.of(this, STANDARDS, "regularisation");
  }
}
