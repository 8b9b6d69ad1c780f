package limbeck.kd;

import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.kd.measure.Results;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.Distillation;

/** What a reader must know to compare a run with others: objective, weights, protocol, settings. */
final class Conventions {
  private final Results results;
  private final Arm headline;

  Conventions(Results results) {
    this.results = results;
    String id = results.headline().arm();
    this.headline =
        results.experiment().arms().stream().filter(a -> a.id().equals(id)).findFirst().get();
  }

  /** Conventions by name, then all settings by key. */
  Map<String, Object> all() {
    Map<String, Object> all = new LinkedHashMap<>();
    if (results.distillation() != null) {
      objective(all, results.distillation());
    }
    protocol(all);
    optimizers(all);
    results.experiment().settings().values().forEach(all::putIfAbsent);
    return all;
  }

  /** What does not apply, such as the temperature of logit matching, is left out. */
  private static void objective(Map<String, Object> all, Distillation d) {
    all.put("objective", d.formula());
    all.put("hardWeight", d.hardWeight());
    all.put("softWeight", d.softWeight());
    if (d.hasTemperature()) {
      all.put("temperature", d.temperature());
      all.put("temperatureSquared", d.temperatureSquared());
      all.put("reduction", Distillation.name(d.reduction()));
      all.put("direction", d.reverse() ? "KL(student ‖ teacher)" : "KL(teacher ‖ student)");
    }
  }

  private void protocol(Map<String, Object> all) {
    boolean shifted = headline.training().jitter() > 0;
    all.put("detached", "teacher: evaluation mode, no gradient");
    all.put(
        "view",
        shifted
            ? "the teacher looks at the same shifted inputs as the student, at every step"
            : "the teacher's logits are for the same un-augmented inputs that the student sees");
    all.put(
        "selection", "none: the networks after the last epoch; epochs were fixed before the run");
    all.put("teacherStart", "initial weights of its own, none shared with the students");
    all.put(
        "baseline",
        "same network, seed, initial weights, data order, epochs and schedule, labels alone");
  }

  private void optimizers(Map<String, Object> all) {
    all.put("optimizer", headline.training().describe());
    Arm teacher = results.teacherOf(headline);
    if (teacher != null) {
      all.put("teacherOptimizer", teacher.training().describe());
    }
  }

  /** How an arm was trained, in words. */
  static String method(Arm a) {
    StringBuilder method = new StringBuilder(signal(a));
    if (!a.training().regularisation().isEmpty()) {
      method.append(", ").append(a.training().regularisation());
    }
    if (!a.transfer().classes().isEmpty()) {
      method.append(", only classes ").append(a.transfer().classes());
    }
    if (a.correction() != null) {
      method
          .append(", biases of ")
          .append(a.correction().classes())
          .append(" corrected on held-out training examples");
    }
    return method.toString();
  }

  private static String signal(Arm a) {
    Distillation d = a.distillation();
    if (d == null || !d.asksTeacher()) {
      return "hard labels";
    }
    return d.method().equals("logit-matching")
        ? "logit matching with " + a.taughtBy()
        : "soft targets of " + a.taughtBy() + ", T = " + d.temperature();
  }
}
