package limbeck.kd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import limbeck.engine.io.FormatException;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.BiasCorrection;
import limbeck.kd.recipe.Cohort;
import limbeck.kd.recipe.PastSelf;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.Stage;
import limbeck.kd.recipe.Term;

/** What can be known to fail before anything is trained. */
final class PlanCheck {
  private final Experiment experiment;
  private final Map<String, Arm> arms = new LinkedHashMap<>();
  private final Map<String, TapShapes> shapes = new HashMap<>();

  PlanCheck(Experiment experiment) {
    this.experiment = experiment;
    experiment.arms().forEach(arm -> arms.put(arm.id(), arm));
  }

  void check() throws IOException {
    for (Arm arm : arms.values()) {
      checkWeights(arm);
      checkBiases(arm);
      checkStart(arm);
      for (Stage stage : arm.stages()) {
        for (Term term : stage.terms()) {
          checkTerm(arm, term);
        }
      }
    }
  }

  private void checkWeights(Arm arm) throws IOException {
    if (arm.weights() != null) {
      Path file = arm.weights().file();
      if (!Files.isReadable(file)) {
        throw new RecipeException(
            String.format(
                Locale.ROOT,
                "%s: there is no file %s to read weights from; name yours: --set %s.file=FILE",
                arm.id(),
                file,
                arm.id()));
      }
      try {
        arm.weights().loadInto(network(arm));
      } catch (FormatException e) {
        String who = arm.id() + " (" + arm.network().architecture() + "): ";
        throw new RecipeException(who + e.getMessage());
      }
    }
  }

  private void checkBiases(Arm arm) {
    if (arm.derivation() instanceof BiasCorrection && network(arm).classifiers().isEmpty()) {
      throw new RecipeException(
          arm.id() + ": " + arm.network() + " has no layer that gives its logits, so no biases");
    }
  }

  private void checkStart(Arm arm) {
    if (arm.start() == null || arm.start().layers().isEmpty()) {
      return;
    }
    Network own = network(arm);
    Network from = network(arms.get(arm.start().of()));
    own.init(0); // whether layers fit does not depend on values
    from.init(0);
    try {
      own.loadLayers(from.state(), arm.start().layers());
    } catch (IllegalArgumentException e) {
      throw new RecipeException(
          arm.id() + ": starts from layers of " + arm.start().of() + ": " + e.getMessage());
    }
    if (own.cutter() == null || !own.cutter().equals(from.cutter())) {
      throw new RecipeException(
          arm.id()
              + ": starts from layers of "
              + arm.start().of()
              + ", which reads texts by other tokens");
    }
  }

  private Network network(Arm arm) {
    return arm.network().build(experiment.train(), null);
  }

  private void checkTerm(Arm arm, Term term) {
    try {
      TapShapes own = shapes(arm);
      TapShapes teachers = term.teacher() == null ? null : teacher(arm, term.teacher(), own);
      term.objective().studentTaps().forEach(own::of);
      term.objective().teacherTaps().forEach(teachers == null ? tap -> {} : teachers::of);
      term.objective().fitted(own, teachers);
    } catch (RecipeException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new RecipeException(arm.id() + ", " + term.objective().name() + ": " + e.getMessage());
    }
  }

  private TapShapes teacher(Arm arm, String id, TapShapes own) {
    if (PastSelf.is(id)) {
      return own;
    }
    if (id.equals(Cohort.PEERS)) {
      requireCohort(arm);
      return new TapShapes(id, Map.of(), own.classes());
    }
    Arm teacher = arms.get(id);
    if (teacher == null) {
      throw new RecipeException(
          arm.id() + ": no teacher \"" + id + "\"" + Nearest.hint(id, arms.keySet()));
    }
    return shapes(teacher);
  }

  private static void requireCohort(Arm arm) {
    if (arm.cohort() == null) {
      throw new RecipeException(
          arm.id() + ": teacher \"" + Cohort.PEERS + "\" needs a cohort that it learns in");
    }
  }

  private TapShapes shapes(Arm arm) {
    return shapes.computeIfAbsent(
        arm.id(),
        id -> {
          Network network = network(arm);
          network.begin(0); // shapes do not depend on values
          return TapShapes.of(id, network);
        });
  }
}
