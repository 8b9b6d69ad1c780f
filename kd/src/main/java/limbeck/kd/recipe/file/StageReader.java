package limbeck.kd.recipe.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import limbeck.kd.Objective;
import limbeck.kd.objective.HardLabels;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.Stage;
import limbeck.kd.recipe.Term;
import limbeck.kd.recipe.Training;
import limbeck.kd.recipe.Weight;

/** The stages of a network: tables {@code stages}, or one stage with {@code terms}. */
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
        stages.add(stage(f, f.text("name", ""), TrainingReader.read(f, training)));
        f.done();
      }
    } else {
      stages.add(stage(network, "", training));
    }
    return stages;
  }

  private static Stage stage(Fields f, String name, Training training) {
    List<Term> terms = new ArrayList<>();
    for (Fields t : f.tables("terms")) {
      terms.add(term(t));
      t.done();
    }
    if (terms.isEmpty()) {
      terms.add(Term.of(new HardLabels(), 1));
    }
    String keep = f.word("keep", "last", List.of("last", "best"));
    try {
      return new Stage(name, training, terms, Stage.Keep.valueOf(keep.toUpperCase(Locale.ROOT)));
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
