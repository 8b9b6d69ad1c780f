package limbeck.kd.recipe;

import java.util.ArrayList;
import java.util.List;

/**
 * The teacher without dropout, without max-norm, without jitter, and what each is worth to its
 * student.
 */
public final class HintonAblation implements Recipe {
  HintonAblation() {}

  @Override
  public String name() {
    return "hinton-ablation";
  }

  @Override
  public String summary() {
    return "The teacher loses dropout, max-norm or jitter, and its student with it.";
  }

  @Override
  public String paper() {
    return Hinton.PAPER;
  }

  @Override
  public Settings defaults() {
    return Hinton.declare("784-800-800-10").build();
  }

  @Override
  public List<Arm> arms(Settings s) {
    List<Arm> arms = new ArrayList<>(Hinton.three(s));
    Training t = Training.of(s, "teacher");
    Regularisation all = t.regularisation();
    add(arms, s, "dropout", t.regularised(all.withoutDropout()));
    add(arms, s, "max-norm", t.regularised(all.withoutMaxNorm()));
    add(arms, s, "jitter", t.regularised(all.withoutJitter()));
    return arms;
  }

  private static void add(List<Arm> arms, Settings s, String without, Training training) {
    String teacher = "teacher-no-" + without;
    arms.add(
        Arm.alone(
            teacher,
            "teacher",
            "−" + without + " (T)", // of the teacher; (S): of its student
            "the teacher without " + without,
            s.text("teacher.network"),
            training));
    arms.add(
        Hinton.student(s)
            .taught(
                "distilled-no-" + without,
                "−" + without + " (S)",
                "the student of the teacher without " + without,
                teacher,
                Distillation.of(s)));
  }

  @Override
  public List<Comparison> comparisons(Settings s) {
    List<Comparison> all = new ArrayList<>();
    for (String without : List.of("dropout", "max-norm", "jitter")) {
      all.add(
          new Comparison(
              "teacher",
              "teacher-no-" + without,
              "The teacher's " + without + " helps the teacher"));
      all.add(
          new Comparison(
              "distilled",
              "distilled-no-" + without,
              "The teacher's " + without + " helps its student"));
    }
    List<Comparison> usual = Hinton.againstAloneAndTeacher("distilled");
    all.add(0, usual.get(0));
    all.add(usual.get(1));
    return all;
  }
}
