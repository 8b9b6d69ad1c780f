package limbeck.kd.recipe;

import java.util.ArrayList;
import java.util.List;
import limbeck.kd.recipe.Recipe.Comparison;

/**
 * The parts that the MNIST experiments of Hinton, Vinyals and Dean 2015 (arXiv:1503.02531, section
 * 3) share. The paper gives sizes, dropout, max-norm and jitter, the temperature and the errors;
 * optimizer, rates, epochs and weights are ours.
 */
final class Hinton {
  static final String PAPER = "Hinton, Vinyals, Dean 2015 (arXiv 1503.02531), section 3";

  /** The teacher's training: dropout, max-norm, jitter. */
  static final Training TEACHER =
      new Training(
          "adam",
          0.001,
          "cosine",
          0,
          0.9,
          0,
          100,
          60,
          new Regularisation(0, 0.4, 4, 2),
          true,
          RateDrops.NONE);

  /** Both students' training: no regularisation. */
  static final Training STUDENT =
      new Training(
          "adam", 0.002, "cosine", 0, 0.9, 0, 100, 50, Regularisation.NONE, true, RateDrops.NONE);

  static final Distillation DISTILLATION = Distillation.softTargets(20, 1, 0);

  private Hinton() {}

  static Settings.Builder declare(String studentNetwork) {
    Settings.Builder s = declareNetworks(studentNetwork);
    DISTILLATION.declare(s);
    return s;
  }

  /** Everything but the distillation. */
  static Settings.Builder declareNetworks(String studentNetwork) {
    Settings.Builder s = new Settings.Builder();
    DataSplit.WHOLE.declare(s);
    s.widths("teacher.network", "784-1200-1200-10", "teacher: layer widths");
    TEACHER.declare(s, "teacher", "teacher");
    s.widths("student.network", studentNetwork, "both students: layer widths");
    STUDENT.declare(s, "student", "both students");
    return s;
  }

  static Arm teacher(Settings s) {
    return Arm.alone(
        "teacher",
        "teacher",
        "teacher",
        "the teacher",
        s.text("teacher.network"),
        Training.of(s, "teacher"));
  }

  static Arm student(Settings s) {
    return Arm.alone(
        "student",
        "student",
        "alone",
        "the same student trained alone",
        s.text("student.network"),
        Training.of(s, "student"));
  }

  static Arm distilled(Settings s) {
    return student(s)
        .taught("distilled", "distilled", "the distilled student", "teacher", Distillation.of(s));
  }

  /** Teacher, student alone, distilled student. */
  static List<Arm> three(Settings s) {
    List<Arm> arms = new ArrayList<>();
    arms.add(teacher(s));
    arms.add(student(s));
    arms.add(distilled(s));
    return arms;
  }

  static List<Comparison> againstAloneAndTeacher(String arm) {
    return List.of(
        new Comparison(arm, "student", "Distillation helps this student"),
        new Comparison(arm, "teacher", "The distilled student is better than its teacher"));
  }
}
