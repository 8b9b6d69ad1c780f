package limbeck.kd.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Students whose transfer set lacks some classes, before and after one offset on output biases,
 * chosen on training digits the student was not shown. The paper: without any 3, 206 errors become
 * 109; with only 7 and 8, 47.3 % become 13.2 %.
 */
public final class HintonOmitted implements Recipe {
  private static final String HELD_OUT = "distill.heldOut";

  private final String name;
  private final String summary;
  private final List<Integer> shown;
  private final List<Integer> corrected;

  private HintonOmitted(String name, String summary, List<Integer> shown, List<Integer> corrected) {
    this.name = name;
    this.summary = summary;
    this.shown = shown;
    this.corrected = corrected;
  }

  /** All digits but 3 are shown; the bias of 3 is corrected. */
  public static HintonOmitted three() {
    return new HintonOmitted(
        "hinton-omit-3",
        "A student that is never shown a 3 learns 3 from its teacher's soft targets.",
        IntStream.range(0, 10).filter(c -> c != 3).boxed().toList(),
        List.of(3));
  }

  /** Only 7 and 8 are shown; their biases are corrected. */
  public static HintonOmitted sevenAndEight() {
    return new HintonOmitted(
        "hinton-only-7-and-8",
        "A student that is shown only 7 and 8 learns all ten digits from its teacher's soft"
            + " targets.",
        List.of(7, 8),
        List.of(7, 8));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String summary() {
    return summary;
  }

  @Override
  public String paper() {
    return Hinton.PAPER;
  }

  @Override
  public Settings defaults() {
    return Hinton.declare("784-800-800-10")
        .whole(
            HELD_OUT,
            10_000,
            1,
            1_000_000,
            "training examples at the end not shown to the students; the bias offset is chosen on"
                + " them")
        .build();
  }

  @Override
  public List<Arm> arms(Settings s) {
    Arm.Transfer part = new Arm.Transfer(shown, s.whole(HELD_OUT));
    Arm alone = Hinton.student(s).on(part);
    Arm taught = Hinton.distilled(s).on(part);
    List<Arm> arms = new ArrayList<>();
    arms.add(Hinton.teacher(s));
    arms.add(alone);
    arms.add(
        alone.corrected(
            "student-corrected",
            "alone, corr.",
            "the same student trained alone, its biases corrected too",
            corrected));
    arms.add(taught);
    arms.add(
        taught.corrected(
            "corrected", "corrected", "the distilled student with corrected biases", corrected));
    return arms;
  }

  @Override
  public List<Comparison> comparisons(Settings s) {
    return List.of(
        // the correction looks at labels of omitted digits, so the baseline gets it as well
        new Comparison(
            "corrected", "student-corrected", "Soft targets teach digits that were never shown"),
        new Comparison("corrected", "distilled", "Correcting the biases helps"),
        new Comparison("distilled", "student", "Soft targets help before the correction"));
  }
}
