package limbeck.kd;

import limbeck.kd.data.Dataset;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.BiasCorrection;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.Stage;
import limbeck.kd.recipe.Term;
import limbeck.kd.recipe.WithSpecialists;

/** What needs classes is refused where examples have scores. */
final class ScoresCheck {
  private ScoresCheck() {}

  /**
   * Checks an arm.
   *
   * @throws RecipeException if it needs classes, saying what for
   */
  static void of(Arm arm, Dataset train) {
    for (Stage stage : arm.stages()) {
      for (Term term : stage.terms()) {
        if (!term.objective().takesScores()) {
          throw needsClasses(
              arm,
              train,
              term.objective().name() + " needs distributions over classes",
              "one output; LogitMatching or AnnealedLogits expected");
        }
      }
    }
    boolean specialist = arm.start() != null && arm.start().specialist() != null;
    if (specialist || arm.derivation() instanceof WithSpecialists) {
      throw needsClasses(arm, train, "specialists are for classes", "none");
    }
    if (arm.derivation() instanceof BiasCorrection) {
      throw needsClasses(arm, train, "biases are corrected class by class", "none");
    }
    if (arm.augment().mixup() != null) {
      throw needsClasses(arm, train, "mixup mixes classes", "none");
    }
    if (!arm.transfer().classes().isEmpty()) {
      throw needsClasses(arm, train, "it is shown some classes only", "none");
    }
  }

  private static RecipeException needsClasses(Arm arm, Dataset train, String why, String has) {
    return new RecipeException(
        arm.id() + ": " + why + ", but " + train.name() + " has scores and so " + has);
  }
}
