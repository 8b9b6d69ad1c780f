package limbeck.kd.objective;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;

/**
 * Loss and gradients of an objective for one case.
 *
 * @param gradients with respect to the student's logits and taps, by name, and to what is learned,
 *     by module and path; zeros where the loss does not depend on them
 */
record Evaluated(double loss, Map<String, double[]> gradients) {
  /** In float64, in this thread. */
  static Evaluated of(ObjectiveEntry entry, ObjectiveCase c) {
    return of(entry.fitted(c.classes(), DType.F64), c, DType.F64, Workers.inline());
  }

  /** With an objective that is fitted in that type. */
  static Evaluated of(Objective fitted, ObjectiveCase c, DType type, Workers workers) {
    Outputs student = c.studentOutputs(type);
    fitted.learned().values().forEach(m -> m.parameters().clearGradients());
    try (Tape tape = Tape.open(new OpContext(workers))) {
      Var loss = fitted.loss(student, c.teacherOutputs(type), c.batch(type));
      tape.backward(loss);
      Map<String, double[]> gradients = new LinkedHashMap<>();
      gradients.put(ObjectiveCase.LOGITS, gradient(student.logits()));
      student.features().forEach((tap, feature) -> gradients.put(tap, gradient(feature)));
      for (Map.Entry<String, Module> e : fitted.learned().entrySet()) {
        e.getValue()
            .parameters()
            .parameters()
            .forEach((path, p) -> gradients.put(e.getKey() + "/" + path, gradient(p)));
      }
      return new Evaluated(loss.item(), gradients);
    }
  }

  private static double[] gradient(Var leaf) {
    double[] values = new double[leaf.value().size()];
    Tensor gradient = leaf.gradient();
    for (int i = 0; i < values.length && gradient != null; i++) {
      values[i] = gradient.get(i);
    }
    return values;
  }

  /** The loss alone, without a tape. */
  static double loss(Objective fitted, ObjectiveCase c, DType type) {
    return Module.infer(
            new OpContext(Workers.inline()),
            () -> fitted.loss(c.studentOutputs(type), c.teacherOutputs(type), c.batch(type)))
        .get(0);
  }

  /** Whether loss and gradients are finite numbers. */
  boolean isFinite() {
    return Double.isFinite(loss)
        && gradients.values().stream().flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
  }
}
