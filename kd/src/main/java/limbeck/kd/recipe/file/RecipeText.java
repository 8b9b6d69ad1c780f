package limbeck.kd.recipe.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import limbeck.kd.LogitMean;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.BiasCorrection;
import limbeck.kd.recipe.Cohort;
import limbeck.kd.recipe.Copy;
import limbeck.kd.recipe.DataSplit;
import limbeck.kd.recipe.Derivation;
import limbeck.kd.recipe.EnsembleOf;
import limbeck.kd.recipe.Hyperparameters;
import limbeck.kd.recipe.Part;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.Recipe.Comparison;
import limbeck.kd.recipe.Settings;
import limbeck.kd.recipe.Stage;
import limbeck.kd.recipe.Start;
import limbeck.kd.recipe.Study;
import limbeck.kd.recipe.Sweep;
import limbeck.kd.recipe.Term;
import limbeck.kd.recipe.Training;
import limbeck.kd.recipe.Weight;
import limbeck.kd.recipe.WithSpecialists;

/**
 * A recipe as TOML with everything that holds, standard values included: whatever it was declared
 * in. {@link RecipeFile} reads it back to the same networks.
 */
public final class RecipeText {
  private final StringBuilder out = new StringBuilder();

  private RecipeText() {}

  /** The text of a recipe with its settings. */
  public static String of(Recipe recipe, Settings settings) {
    RecipeText text = new RecipeText();
    text.line("name", recipe.name());
    text.line("summary", recipe.summary());
    text.line("paper", recipe.paper());
    text.out.append("\n[data]\n");
    DataSplit data = DataSplit.of(settings);
    text.line("validation", data.validation());
    text.line("split", data.split());
    text.line("subset", data.subset());
    text.line("results", data.results());
    if (!data.format().isEmpty()) {
      text.line("format", data.format());
    }
    List<Arm> arms = recipe.arms(settings);
    arms.forEach(a -> text.network(a, arms));
    text.cohorts(arms);
    recipe.sweeps(settings).forEach(text::sweep);
    recipe.study(settings).students().forEach(text::student);
    recipe.comparisons(settings).forEach(text::comparison);
    return text.out.toString();
  }

  private void line(String key, Object value) {
    out.append(key).append(" = ").append(TomlText.value(value)).append('\n');
  }

  /** Of copies the first stands for all. */
  private void network(Arm arm, List<Arm> all) {
    Copy copy = arm.copy();
    if (copy != null && copy.number() > 1) {
      return;
    }
    String table = "networks." + key(copy == null ? arm.id() : copy.of());
    out.append("\n[").append(table).append("]\n");
    line("role", arm.role());
    line("label", copy == null ? arm.label() : copy.shared(arm.label()));
    line("name", copy == null ? arm.name() : copy.shared(arm.name()));
    if (copy != null) {
      line("copies", all.stream().filter(a -> copy.isLike(a.copy())).count());
    }
    if (arm.derivation() != null) {
      derivation(arm.derivation());
    } else {
      training(arm, table);
    }
  }

  private void derivation(Derivation d) {
    if (d instanceof BiasCorrection c) {
      line("correct", c.arm());
      line("biases", c.classes());
    } else if (d instanceof EnsembleOf e) {
      boolean geometric = e.mean().kind() == LogitMean.Kind.GEOMETRIC;
      line("ensemble", e.of());
      line("mean", geometric ? "geometric" : "arithmetic");
      if (!geometric) {
        line("temperature", e.mean().temperature());
      }
    } else if (d instanceof Part p) {
      line("part", p.arm());
      line("output", p.output());
    } else if (d instanceof WithSpecialists s) {
      line("specialists", s.specialists());
      line("likeliest", s.likeliest());
    } else {
      line("choose", d.of());
    }
  }

  private void training(Arm arm, String table) {
    line("network", arm.network().architecture().name());
    line("inputs", arm.network().inputs());
    if (arm.start() != null) {
      start(arm.start());
    }
    line("augment", arm.augment().toString());
    if (!arm.transfer().classes().isEmpty()) {
      line("classes", arm.transfer().classes());
    }
    if (arm.transfer().heldOut() > 0) {
      line("heldOut", arm.transfer().heldOut());
    }
    if (!arm.transfer().expand().isEmpty()) {
      line("expand", arm.transfer().expand());
    }
    if (arm.weights() != null) {
      line("file", arm.weights().file().toString());
    }
    arm.stages().forEach(s -> stage(table, s));
  }

  private void start(Start start) {
    line("start", start.of());
    if (!start.layers().isEmpty()) {
      line("startLayers", start.layers());
    }
    Start.Specialist s = start.specialist();
    if (s != null) {
      List<String> parts = new ArrayList<>();
      add(parts, "number", s.number());
      add(parts, "count", s.count());
      add(parts, "classes", s.classes());
      out.append("specialist = { ").append(String.join(", ", parts)).append(" }\n");
    }
  }

  /** A bare key where TOML allows it. */
  private static String key(String id) {
    return id.matches("[A-Za-z0-9_-]+") ? id : TomlText.value(id);
  }

  private void stage(String network, Stage s) {
    out.append("\n[[").append(network).append(".stages]]\n");
    line("name", s.name());
    line("keep", s.keep());
    if (s.dropTerms() > 0) {
      line("dropTerms", s.dropTerms());
    }
    if (!s.freshOptimizer()) {
      line("freshOptimizer", false);
    }
    training(s.training());
    out.append("terms = [\n");
    s.terms().forEach(t -> out.append("  { ").append(term(t)).append(" },\n"));
    out.append("]\n");
  }

  private void training(Training t) {
    line("optimizer", t.optimizer());
    line("rate", t.rate());
    line("schedule", t.schedule());
    line("finalRate", t.finalRate());
    line("momentum", t.momentum());
    line("decay", t.decay());
    line("batch", t.batch());
    line("epochs", t.epochs());
    line("inputDropout", t.regularisation().inputDropout());
    line("hiddenDropout", t.regularisation().hiddenDropout());
    line("maxNorm", t.regularisation().maxNorm());
    line("jitter", t.regularisation().jitter());
    line("nesterov", t.nesterov());
    line("warmUp", t.warmUp());
    line("clip", t.clip());
    if (t.schedule().equals("step")) {
      line("drops", t.drops().at());
      line("factor", t.drops().factor());
    }
  }

  private static String term(Term t) {
    List<String> parts = new ArrayList<>();
    add(parts, "method", MethodReader.name(t.objective()));
    if (t.teacher() != null) {
      add(parts, "teacher", t.teacher());
    }
    Hyperparameters.of(t.objective()).forEach((name, value) -> add(parts, name, value));
    weight(parts, t.weight());
    return String.join(", ", parts);
  }

  private static void weight(List<String> parts, Weight w) {
    add(parts, "weight", w.value());
    if (w.finalValue() != w.value()) {
      add(parts, "finalWeight", w.finalValue());
    }
    if (w.from() > 0) {
      add(parts, "from", w.from());
    }
    if (w.until() != Weight.END) {
      add(parts, "until", w.until());
    }
    if (w.warmup() > 0) {
      add(parts, "warmup", w.warmup());
    }
  }

  private static void add(List<String> parts, String key, Object value) {
    parts.add(String.format(Locale.ROOT, "%s = %s", key, TomlText.value(value)));
  }

  private void cohorts(List<Arm> arms) {
    arms.stream()
        .map(Arm::cohort)
        .filter(Objects::nonNull)
        .distinct()
        .forEach(c -> cohort(c, arms));
  }

  private void cohort(Cohort c, List<Arm> arms) {
    out.append("\n[[cohorts]]\n");
    line("networks", arms.stream().filter(a -> c.equals(a.cohort())).map(Arm::id).toList());
    line("update", c.update());
    line("stale", c.stale());
  }

  /** The networks stand above, one for each value. */
  private void sweep(Sweep s) {
    out.append("\n[[sweeps]]\n");
    line("parameter", s.parameter());
    line("label", s.label());
    line("values", s.values());
    line("main", s.main());
    line("log", s.log());
    line("networks", s.networks());
  }

  private void student(Study.Student s) {
    out.append("\n[[study]]\n");
    line("student", s.name());
    s.arms().forEach((knowledge, arm) -> line(knowledge.key(), arm));
  }

  private void comparison(Comparison c) {
    out.append("\n[[comparisons]]\n");
    line("arm", c.arm());
    line("baseline", c.baseline());
    line("claim", c.claim());
  }
}
