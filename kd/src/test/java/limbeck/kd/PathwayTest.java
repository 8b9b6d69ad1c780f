package limbeck.kd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import limbeck.kd.measure.Results;
import limbeck.kd.objective.HardLabels;
import limbeck.kd.objective.SoftTargets;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.RateDrops;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.Regularisation;
import limbeck.kd.recipe.Settings;
import limbeck.kd.recipe.Stage;
import limbeck.kd.recipe.Term;
import limbeck.kd.recipe.Training;
import limbeck.kd.recipe.Weight;
import limbeck.kd.report.Paths;
import limbeck.kd.report.Schedule;
import org.junit.jupiter.api.Test;

class PathwayTest {
  private static final Training TRAINING =
      new Training(
          "sgd", 0.1, "constant", 0.1, 0.9, 0, 16, 4, Regularisation.NONE, true, RateDrops.NONE);

  /** A teacher, an assistant, and a student that learns in the given stages. */
  private static Paths path(List<Stage> stages) {
    Arm large = Arm.alone("teacher", "teacher", "teacher", "the teacher", "16-12-3", TRAINING);
    Term soft = Term.of(new SoftTargets(3), "teacher", 1);
    Arm middle =
        Arm.alone("assistant", "assistant", "assistant", "the assistant", "16-10-3", TRAINING)
            .trained("assistant", "assistant", "assistant", "the assistant", stages(soft));
    Arm alone = Arm.alone("student", "student", "alone", "alone", "16-8-3", TRAINING);
    Arm small = alone.trained("distilled", "distilled", "distilled", "distilled", stages);
    Recipe recipe = new Given(List.of(large, middle, alone, small));
    Experiment e =
        Experiment.of(
            recipe, recipe.defaults(), Tiny.images(1, 60), Tiny.images(2, 40), List.of(1L));
    return Pathway.of(new Results(e, List.of()));
  }

  /** A recipe of these arms. */
  private record Given(List<Arm> all) implements Recipe {
    @Override
    public String name() {
      return "given";
    }

    @Override
    public String summary() {
      return "A chain.";
    }

    @Override
    public String paper() {
      return "none";
    }

    @Override
    public Settings defaults() {
      return new TinyRecipe().defaults();
    }

    @Override
    public List<Arm> arms(Settings s) {
      return all;
    }

    @Override
    public List<Comparison> comparisons(Settings s) {
      return List.of(new Comparison("distilled", "student", "Distillation helps"));
    }
  }

  private static List<Stage> stages(Term... terms) {
    return List.of(new Stage("", TRAINING, List.of(terms), Stage.Keep.LAST));
  }

  @Test
  void oneHopAndOneUnchangingStageAreNoPath() {
    Paths path = path(stages(Term.of(new SoftTargets(3), "teacher", 1)));
    assertEquals(Paths.NONE, path);
  }

  @Test
  void chainGoesFromTheTeacherToTheStudent() {
    Term near = Term.of(new SoftTargets(2), "assistant", 0.9);
    Term hard = Term.of(new HardLabels(), 0.1);
    List<Paths.Hop> chain = path(stages(near, hard)).chain();
    assertEquals(
        List.of("teacher", "assistant", "distilled"), chain.stream().map(Paths.Hop::arm).toList());
    assertEquals(List.of(), chain.get(0).taughtBy());
    Paths.Hop last = chain.get(2);
    assertEquals(List.of("assistant"), last.taughtBy());
    assertEquals("soft targets at T = 2.0", last.method());
    assertTrue(last.detail().startsWith("L = 0.9 · "), last.detail());
    assertEquals(4, last.epochs());
  }

  @Test
  void aRateThatDropsIsDrawnInSteps() {
    Training dropping =
        new Training(
            "sgd",
            0.1,
            "step",
            0,
            0.9,
            0,
            16,
            4,
            Regularisation.NONE,
            true,
            new RateDrops(List.of(0.5, 0.75), 10));
    Term soft = Term.of(new SoftTargets(3), "teacher", 1);
    List<Stage> stages = List.of(new Stage("", dropping, List.of(soft), Stage.Keep.LAST));
    Schedule.Series rate = path(stages).schedules().get(0).series().get(0);
    assertEquals("learning rate", rate.name());
    assertEquals(
        List.of(
            new Schedule.Point(0, 0.1),
            new Schedule.Point(2, 0.01),
            new Schedule.Point(3, 0.001),
            new Schedule.Point(4, 0.001)),
        rate.points());
  }

  @Test
  void stagesAndChangingWeightsMakeASchedule() {
    Term soft = new Term(new SoftTargets(2), "teacher", new Weight(1, 0.25, 0, Weight.END, 0));
    Stage first = new Stage("annealing", TRAINING, List.of(soft), Stage.Keep.LAST);
    Stage second =
        new Stage("labels", TRAINING, List.of(Term.of(new HardLabels(), 1)), Stage.Keep.LAST);
    Schedule schedule = path(List.of(first, second)).schedules().get(0);
    assertEquals(8, schedule.epochs());
    assertEquals(
        List.of(new Schedule.Phase(0, 4, "annealing"), new Schedule.Phase(4, 8, "labels")),
        schedule.phases());
    Schedule.Series weight = schedule.series().get(0);
    assertEquals("weight of soft targets at T = 2.0", weight.name());
    List<Double> values = weight.points().stream().map(Schedule.Point::value).toList();
    assertEquals(List.of(1.0, 0.75, 0.5, 0.25, Double.NaN), values);
    List<String> names = schedule.series().stream().map(Schedule.Series::name).toList();
    assertTrue(names.contains("hardWeight"), "begins with the second stage");
    assertFalse(names.contains("learning rate"), "does not change");
  }
}
