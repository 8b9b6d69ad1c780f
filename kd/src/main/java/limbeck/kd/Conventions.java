package limbeck.kd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.kd.measure.Results;
import limbeck.kd.measure.SpecialistFigures;
import limbeck.kd.metric.Measure;
import limbeck.kd.objective.HardLabels;
import limbeck.kd.objective.SoftTargets;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.BiasCorrection;
import limbeck.kd.recipe.Chosen;
import limbeck.kd.recipe.Derivation;
import limbeck.kd.recipe.Distillation;
import limbeck.kd.recipe.EnsembleOf;
import limbeck.kd.recipe.Part;
import limbeck.kd.recipe.Stage;
import limbeck.kd.recipe.Term;
import limbeck.kd.recipe.WithSpecialists;
import limbeck.kd.report.NumberFormats;

/** What a reader must know to compare a run with others: objective, weights, protocol, settings. */
final class Conventions {
  private final Results results;
  private final Arm headline;

  Conventions(Results results) {
    this.results = results;
    this.headline = results.origin(results.headlineArm());
  }

  /** Conventions by name, then all settings by key. */
  Map<String, Object> all() {
    Map<String, Object> all = new LinkedHashMap<>();
    if (headline.role().equals("distilled") && !headline.stages().isEmpty()) {
      objective(all);
      weights(all);
    }
    protocol(all);
    optimizers(all);
    Map<Long, String> classes = new SpecialistFigures(results).classes();
    if (!classes.isEmpty()) {
      all.put("specialClasses", words(classes));
    }
    results.experiment().settings().values().forEach(all::putIfAbsent);
    return all;
  }

  private static String words(Map<Long, String> bySeed) {
    List<String> words = new ArrayList<>();
    bySeed.forEach((seed, classes) -> words.add("seed " + seed + ": " + classes));
    return String.join("; ", words);
  }

  private void objective(Map<String, Object> all) {
    List<Stage> stages = headline.stages();
    boolean scored = results.experiment().train().scored();
    for (int i = 0; i < stages.size(); i++) {
      String key = stages.size() == 1 ? "objective" : "objective of stage " + (i + 1);
      String name = stages.get(i).name();
      all.put(key, (name.isEmpty() ? "" : name + ": ") + stages.get(i).formula(scored));
    }
  }

  /**
   * Of the first stage that has a teacher; what does not apply, such as a temperature without one,
   * is left out.
   */
  private void weights(Map<String, Object> all) {
    List<Stage> stages = headline.stages();
    Stage taught =
        stages.stream().filter(s -> !s.teachers().isEmpty()).findFirst().orElse(stages.get(0));
    List<Term> terms = taught.terms();
    all.put(
        "hardWeight",
        sum(terms.stream().filter(t -> t.objective() instanceof HardLabels).toList()));
    all.put("softWeight", sum(terms.stream().filter(t -> t.teacher() != null).toList()));
    for (Term t : terms) {
      if (t.objective() instanceof SoftTargets soft) {
        all.put("temperature", soft.temperature());
        all.put("temperatureSquared", soft.temperatureSquared());
        all.put("reduction", Distillation.name(soft.reduction()));
        all.put("direction", soft.reverse() ? "KL(student ‖ teacher)" : "KL(teacher ‖ student)");
      }
    }
  }

  private static double sum(List<Term> terms) {
    return terms.stream().mapToDouble(t -> t.weight().value()).sum();
  }

  private void protocol(Map<String, Object> all) {
    boolean scored = results.experiment().train().scored();
    all.put("detached", "teacher: evaluation mode, no gradient");
    all.put(
        "view",
        headline.augmented()
            ? "the teacher looks at the same changed inputs as the student, at every step"
            : "the teacher's "
                + (scored ? "outputs" : "logits")
                + " are for the same un-augmented inputs that the student sees");
    all.put("selection", selection());
    all.put("teacherStart", "initial weights of its own, none shared with the students");
    all.put(
        "baseline",
        "same network, seed, initial weights, data order, epochs and schedule, "
            + (scored ? "scores alone" : "labels alone"));
  }

  private String selection() {
    List<String> choices = new ArrayList<>();
    if (headline.stages().stream().anyMatch(s -> s.keep() == Stage.Keep.BEST)) {
      choices.add(
          "stages marked so hand on the weights of the epoch with the " + results.measure().best());
    }
    if (chosenNetworks()) {
      choices.add("networks chosen among others are those with the " + results.measure().best());
    }
    if (choices.isEmpty()) {
      return "none: the networks after the last epoch; epochs were fixed before the run";
    }
    Experiment e = results.experiment();
    return String.join("; ", choices)
        + (e.evaluation() == e.validation()
            ? "; results are on the same examples, and better than they would be on new ones"
            : "");
  }

  /** Whether anything was chosen by its errors on validation data. */
  boolean chooses() {
    return chosenNetworks()
        || results.experiment().arms().stream()
            .flatMap(a -> a.stages().stream())
            .anyMatch(s -> s.keep() == Stage.Keep.BEST);
  }

  private boolean chosenNetworks() {
    return results.experiment().arms().stream().anyMatch(a -> a.derivation() instanceof Chosen);
  }

  private void optimizers(Map<String, Object> all) {
    all.put("optimizer", optimizer(headline));
    Arm teacher = results.rootTeacher();
    if (teacher != null) {
      all.put("teacherOptimizer", optimizer(teacher));
      if (!teacher.equals(results.teacher())) {
        all.put("assistantOptimizer", optimizer(results.teacher()));
      }
    }
  }

  private String optimizer(Arm a) {
    if (a.derivation() != null && a.stages().isEmpty()) {
      return optimizer(results.arm(a.derivation().of().get(0)));
    }
    return String.join(
        "; then ", a.stages().stream().map(s -> s.training().describe()).distinct().toList());
  }

  /** How an arm was trained, in words. */
  static String method(Arm a, Measure measure) {
    if (a.stages().isEmpty()) {
      return a.derivation() == null ? "weights from a file" : madeOf(a.derivation(), measure);
    }
    StringBuilder method =
        new StringBuilder(
            String.join(
                "; then ", a.stages().stream().map(s -> signal(s, measure)).distinct().toList()));
    if (!a.training().regularisation().describe().isEmpty()) {
      method.append(", ").append(a.training().regularisation().describe());
    }
    if (!a.augment().isNone()) {
      method.append(", images changed by ").append(a.augment());
    }
    if (!a.transfer().expand().isEmpty()) {
      method.append(", with examples made by ").append(a.transfer().expand());
    }
    if (!a.transfer().classes().isEmpty()) {
      method.append(", only classes ").append(a.transfer().classes());
    }
    if (a.start() != null) {
      method.append(", ").append(a.start().describe());
    }
    if (a.derivation() instanceof BiasCorrection c) {
      method
          .append(", biases of ")
          .append(c.classes())
          .append(" corrected on held-out training examples");
    }
    return method.toString();
  }

  private static String madeOf(Derivation d, Measure measure) {
    if (d instanceof EnsembleOf e) {
      String mean = measure == Measure.PEARSON ? "mean of the outputs" : e.mean().describe();
      return mean + " of " + NumberFormats.plural(d.of().size(), "network");
    }
    if (d instanceof Part p) {
      return "output " + p.output() + " of " + p.arm();
    }
    if (d instanceof WithSpecialists s) {
      return s.generalist()
          + " with "
          + NumberFormats.plural(s.specialists().size(), "specialist")
          + ", asked where one knows "
          + (s.likeliest() == 1
              ? "its likeliest class"
              : "one of its " + s.likeliest() + " likeliest classes");
    }
    return measure.best() + " of " + String.join(", ", d.of());
  }

  private static String signal(Stage s, Measure measure) {
    List<String> signals =
        s.terms().stream()
            .filter(t -> s.terms().size() == 1 || !(t.objective() instanceof HardLabels))
            .map(t -> name(t, measure) + (t.teacher() == null ? "" : " of " + t.teacher()))
            .toList();
    return String.join(", ", signals);
  }

  private static String name(Term t, Measure measure) {
    boolean scores = measure == Measure.PEARSON && t.objective() instanceof HardLabels;
    return scores ? "scores" : t.objective().name();
  }
}
