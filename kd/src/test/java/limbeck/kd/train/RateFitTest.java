package limbeck.kd.train;

import static limbeck.kd.train.Fits.arm;
import static limbeck.kd.train.Fits.bigNetwork;
import static limbeck.kd.train.Fits.finish;
import static limbeck.kd.train.Fits.hash;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import limbeck.kd.Experiment;
import limbeck.kd.LiveTeacher;
import limbeck.kd.Tiny;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.RateDrops;
import limbeck.kd.recipe.Regularisation;
import limbeck.kd.recipe.Stage;
import limbeck.kd.recipe.Training;
import org.junit.jupiter.api.Test;

/** What a training's rate and momentum do to its bits. */
class RateFitTest {
  private final Experiment e = Tiny.experiment();

  private String trained(Training... trainings) {
    List<Stage> stages = List.of(trainings).stream().map(Stage::alone).toList();
    Arm arm = arm(e, "student").trained("x", "distilled", "x", "x", stages);
    TeacherSet teachers = Fits.taught(new LiveTeacher(bigNetwork(), 3));
    return hash(finish(new Fit(arm, 1, e.train(), e.train(), null, teachers)));
  }

  private static Training sgd(
      double rate,
      String schedule,
      double momentum,
      int epochs,
      boolean nesterov,
      RateDrops drops) {
    return new Training(
        "sgd", rate, schedule, 0, momentum, 0, 16, epochs, Regularisation.NONE, nesterov, drops);
  }

  /** Without momentum an optimizer has no memory, so stages with those rates are the same. */
  @Test
  void aDropIsASmallerRateFromTheFirstStepOfItsEpochOn() {
    Training dropped = sgd(0.1, "step", 0, 4, true, new RateDrops(List.of(0.5, 0.75), 10));
    Training one = sgd(0.1, "constant", 0, 2, true, RateDrops.NONE);
    Training two = sgd(0.01, "constant", 0, 1, true, RateDrops.NONE);
    Training three = sgd(0.001, "constant", 0, 1, true, RateDrops.NONE);
    assertEquals(trained(one, two, three), trained(dropped));
    assertNotEquals(trained(sgd(0.1, "constant", 0, 4, true, RateDrops.NONE)), trained(dropped));
  }

  @Test
  void momentumHasTwoForms() {
    Training nesterov = sgd(0.1, "cosine", 0.9, 2, true, RateDrops.NONE);
    Training plain = sgd(0.1, "cosine", 0.9, 2, false, RateDrops.NONE);
    assertNotEquals(trained(nesterov), trained(plain));
    assertEquals(
        trained(sgd(0.1, "cosine", 0, 2, true, RateDrops.NONE)),
        trained(sgd(0.1, "cosine", 0, 2, false, RateDrops.NONE)));
  }
}
