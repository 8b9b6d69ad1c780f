package limbeck.kd;

import java.util.ArrayList;
import java.util.List;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.DataSplit;
import limbeck.kd.recipe.Distillation;
import limbeck.kd.recipe.RateDrops;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.Regularisation;
import limbeck.kd.recipe.Settings;
import limbeck.kd.recipe.Training;

/** A 16-8-3 student alone, distilled, and with one bias corrected, and its 16-12-3 teacher. */
public final class TinyRecipe implements Recipe {
  @Override
  public String name() {
    return "tiny";
  }

  @Override
  public String summary() {
    return "A network of 8 units learns from one of 12.";
  }

  @Override
  public String paper() {
    return "none";
  }

  @Override
  public Settings defaults() {
    Settings.Builder s = new Settings.Builder();
    DataSplit.WHOLE.declare(s);
    return s.whole("epochs", 3, 0, 100_000, "of all networks")
        .real("rate", "0.1", 0, 1e6, "of all networks")
        .whole("jitter", 0, 0, 9, "of the students")
        .real("temperature", "2", 0.01, 1000, "of distillation")
        .real("softWeight", "0.9", 0, 1, "of distillation")
        .whole("heldOut", 0, 0, 100, "not shown to students")
        .flag("onlyTwo", false, "students see two classes")
        .build();
  }

  private static Training training(Settings s, double dropout, int jitter) {
    return new Training(
        "sgd",
        s.real("rate"),
        "cosine",
        0,
        0.9,
        1e-4,
        16,
        s.whole("epochs"),
        new Regularisation(dropout, dropout, dropout > 0 ? 2 : 0, jitter),
        true,
        RateDrops.NONE);
  }

  @Override
  public List<Arm> arms(Settings s) {
    Arm.Transfer shown =
        new Arm.Transfer(s.flag("onlyTwo") ? List.of(0, 2) : List.of(), s.whole("heldOut"));
    double soft = s.real("softWeight");
    Arm student =
        Arm.alone(
                "student",
                "student",
                "alone",
                "the student alone",
                "16-8-3",
                training(s, 0, s.whole("jitter")))
            .on(shown);
    Arm distilled =
        student.taught(
            "distilled",
            "distilled",
            "the distilled student",
            "teacher",
            Distillation.softTargets(s.real("temperature"), soft, 1 - soft));
    List<Arm> arms = new ArrayList<>();
    arms.add(
        Arm.alone("teacher", "teacher", "teacher", "the teacher", "16-12-3", training(s, 0.1, 1)));
    arms.add(student);
    arms.add(distilled);
    if (s.whole("heldOut") > 0) {
      arms.add(distilled.corrected("corrected", "corrected", "the corrected one", List.of(1)));
    }
    return arms;
  }

  @Override
  public List<Comparison> comparisons(Settings s) {
    List<Comparison> all = new ArrayList<>();
    if (s.whole("heldOut") > 0) {
      all.add(new Comparison("corrected", "student", "Correction and distillation help"));
    }
    all.add(new Comparison("distilled", "student", "Distillation helps"));
    all.add(new Comparison("distilled", "teacher", "The student beats its teacher"));
    return all;
  }
}
