package limbeck.kd.recipe.file;

import java.util.List;
import limbeck.kd.recipe.RateDrops;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.Regularisation;
import limbeck.kd.recipe.Training;

/** How something is trained, from the keys of a table; keys that are missing keep their value. */
final class TrainingReader {
  /** What holds where a recipe says nothing. */
  static final Training STANDARD =
      new Training(
          "sgd",
          0.05,
          "cosine",
          0,
          0.9,
          1e-4,
          128,
          10,
          Regularisation.NONE,
          true,
          RateDrops.NONE,
          0,
          0);

  private TrainingReader() {}

  static Training read(Fields f, Training standard) {
    Training t =
        new Training(
            f.word("optimizer", standard.optimizer(), List.of("sgd", "adam")),
            f.real("rate", standard.rate(), 0, 100),
            f.word("schedule", standard.schedule(), Training.SCHEDULES),
            f.real("finalRate", standard.finalRate(), 0, 100),
            f.real("momentum", standard.momentum(), 0, 0.9999),
            f.real("decay", standard.decay(), 0, 1),
            f.whole("batch", standard.batch(), 1, 1_000_000),
            f.whole("epochs", standard.epochs(), 0, 1_000_000),
            regularisation(f, standard.regularisation()),
            f.flag("nesterov", standard.nesterov()),
            drops(f, standard),
            f.real("warmUp", standard.warmUp(), 0, 1),
            f.real("clip", standard.clip(), 0, 1e6));
    try {
      t.requireConsistent(f.path());
    } catch (RecipeException e) {
      throw f.wrong(e.getMessage());
    }
    return t;
  }

  private static Regularisation regularisation(Fields f, Regularisation standard) {
    return new Regularisation(
        f.real("inputDropout", standard.inputDropout(), 0, 0.99),
        f.real("hiddenDropout", standard.hiddenDropout(), 0, 0.99),
        f.real("maxNorm", standard.maxNorm(), 0, 1e6),
        f.whole("jitter", standard.jitter(), 0, 27));
  }

  /** Drops are inherited by a step schedule alone: another one, chosen here, leaves them behind. */
  private static RateDrops drops(Fields f, Training standard) {
    boolean step = f.text("schedule", standard.schedule()).equals("step");
    RateDrops usual = step ? standard.drops() : RateDrops.NONE;
    List<Double> at = f.has("drops") ? f.reals("drops") : usual.at();
    double factor = f.real("factor", usual.factor(), 0, 1e9);
    if (!step && (f.has("drops") || f.has("factor"))) {
      String key = f.has("drops") ? "drops" : "factor";
      throw f.wrong(key, "is of schedule = \"step\" alone");
    }
    try {
      return new RateDrops(at, factor);
    } catch (RecipeException e) {
      throw f.wrong(e.getMessage());
    }
  }
}
