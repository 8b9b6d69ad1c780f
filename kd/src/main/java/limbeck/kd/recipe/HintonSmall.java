package limbeck.kd.recipe;

import java.util.ArrayList;
import java.util.List;

/**
 * Students of 30 units per layer at several temperatures: the paper finds 2.5 to 4 better than
 * higher or lower.
 */
public final class HintonSmall implements Recipe {
  private static final String TEMPERATURES = "distill.temperatures";

  HintonSmall() {}

  @Override
  public String name() {
    return "hinton-small";
  }

  @Override
  public String summary() {
    return "A small student learns from the teacher at several temperatures.";
  }

  @Override
  public String paper() {
    return Hinton.PAPER;
  }

  @Override
  public Settings defaults() {
    Settings.Builder s = Hinton.declareNetworks("784-30-30-10");
    Hinton.DISTILLATION.declareWithoutTemperature(s);
    s.reals(
        TEMPERATURES,
        "4,1,2,2.5,3,8,20",
        0.01,
        10_000,
        "temperatures tried; the first is the verdict's");
    return s.build();
  }

  @Override
  public List<Arm> arms(Settings s) {
    List<Arm> arms = new ArrayList<>();
    arms.add(Hinton.teacher(s));
    arms.add(Hinton.student(s));
    for (double t : temperatures(s)) {
      arms.add(
          Hinton.student(s)
              .taught(
                  id(t),
                  "T = " + Numbers.text(t),
                  "the student distilled at T = " + Numbers.text(t),
                  "teacher",
                  Distillation.of(s, t)));
    }
    return arms;
  }

  private static List<Double> temperatures(Settings s) {
    List<Double> all = s.reals(TEMPERATURES);
    if (all.stream().distinct().count() != all.size()) {
      throw new RecipeException(
          TEMPERATURES + " = \"" + s.text(TEMPERATURES) + "\": a temperature occurs twice");
    }
    return all;
  }

  private static String id(double t) {
    return "distilled-t" + Numbers.text(t);
  }

  @Override
  public List<Comparison> comparisons(Settings s) {
    List<Comparison> all = new ArrayList<>();
    for (double t : temperatures(s)) {
      all.add(
          new Comparison(
              id(t), "student", "Distillation at T = " + Numbers.text(t) + " helps this student"));
    }
    return all;
  }
}
