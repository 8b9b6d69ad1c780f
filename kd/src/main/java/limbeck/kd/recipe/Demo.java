package limbeck.kd.recipe;

import java.util.List;
import limbeck.kd.recipe.Recipe.Comparison;

/**
 * The first thing to run: digits that the project draws itself, a teacher, a small student alone
 * and distilled.
 */
public final class Demo implements Recipe {
  private static final Training TEACHER =
      new Training(
          "sgd",
          0.05,
          "cosine",
          0,
          0.9,
          0,
          64,
          15,
          new Regularisation(0.1, 0.3, 3, 1),
          true,
          RateDrops.NONE);
  private static final Training STUDENT =
      new Training(
          "sgd", 0.02, "cosine", 0, 0.9, 0, 64, 30, Regularisation.NONE, true, RateDrops.NONE);

  /** The demo. */
  public Demo() {}

  @Override
  public String name() {
    return "demo";
  }

  @Override
  public String summary() {
    return "A small student learns to read drawn digits from a larger teacher.";
  }

  @Override
  public String paper() {
    return "Hinton, Vinyals, Dean 2015 (arXiv 1503.02531)";
  }

  @Override
  public Settings defaults() {
    Settings.Builder s = new Settings.Builder();
    s.whole("data.train", 10_000, 100, 1_000_000, "digits drawn for training");
    s.whole("data.test", 4_000, 100, 1_000_000, "digits drawn for the test");
    DataSplit.WHOLE.declare(s);
    s.widths("teacher.network", "784-400-400-10", "teacher: layer widths");
    TEACHER.declare(s, "teacher", "teacher");
    s.widths("student.network", "784-30-30-10", "both students: layer widths");
    STUDENT.declare(s, "student", "both students");
    Distillation.softTargets(4, 0.9, 0.1).declare(s);
    return s.build();
  }

  @Override
  public List<Arm> arms(Settings s) {
    return Hinton.three(s);
  }

  @Override
  public List<Comparison> comparisons(Settings s) {
    return Hinton.againstAloneAndTeacher("distilled");
  }
}
