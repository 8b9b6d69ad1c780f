package limbeck.kd.recipe.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import limbeck.kd.Objective;
import limbeck.kd.objective.HardLabels;
import limbeck.kd.recipe.Cycles;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.Stage;
import limbeck.kd.recipe.Term;
import limbeck.kd.recipe.Training;
import limbeck.kd.recipe.Weight;

/**
 * The stages of a network: tables {@code stages}, or one stage with {@code terms}. A stage with
 * {@code cycles} is as many stages.
 */
final class StageReader {
  private StageReader() {}

  /** The stages; one on labels alone where the table has neither stages nor terms. */
  static List<Stage> read(Fields network, Training training) {
    List<Stage> stages = new ArrayList<>();
    if (network.has("stages")) {
      if (network.has("terms")) {
        throw network.wrong("terms", "a network with stages has the terms of its loss in them");
      }
      for (Fields f : network.tables("stages")) {
        Training own = TrainingReader.read(f, training);
        stages.addAll(stages(f, f.text("name", ""), own, stages.isEmpty()));
        f.done();
      }
    } else {
      stages.addAll(stages(network, "", training, true));
    }
    return stages;
  }

  /** What a table says: one stage, or the cycles of one. */
  private static List<Stage> stages(Fields f, String name, Training training, boolean first) {
    boolean fresh = f.flag("freshOptimizer", true);
    boolean cyclic = f.has("cycles");
    Stage whole = stage(f, name, training, fresh || cyclic && first);
    if (!cyclic) {
      return List.of(whole);
    }
    int cycles = f.whole("cycles", null, 1, 10_000);
    try {
      return Cycles.of(whole, cycles, first, fresh && f.has("freshOptimizer"));
    } catch (RecipeException e) {
      throw f.wrong("cycles", e.getMessage());
    }
  }

  private static Stage stage(Fields f, String name, Training training, boolean fresh) {
    List<Term> terms = new ArrayList<>();
    for (Fields t : f.tables("terms")) {
      terms.add(term(t));
      t.done();
    }
    if (terms.isEmpty()) {
      terms.add(Term.of(new HardLabels(), 1));
    }
    Stage.Keep keep =
        Stage.Keep.valueOf(
            f.word("keep", "last", List.of("last", "best")).toUpperCase(Locale.ROOT));
    int drop = f.whole("dropTerms", 0, 0, 1000);
    try {
      return new Stage(name, training, terms, keep, drop, fresh);
    } catch (RecipeException e) {
      throw f.wrong(e.getMessage());
    }
  }

  private static Term term(Fields f) {
    Objective objective = MethodReader.read(f);
    double value = f.real("weight", 1.0, 0, 1e9);
    try {
      Weight weight =
          new Weight(
              value,
              f.real("finalWeight", value, 0, 1e9),
              f.whole("from", 0, 0, 1_000_000),
              f.whole("until", Weight.END, 0, Weight.END),
              f.whole("warmup", 0, 0, 1_000_000));
      return new Term(objective, f.textOrNull("teacher"), weight);
    } catch (RecipeException e) {
      throw f.wrong(e.getMessage());
    }
  }
}
