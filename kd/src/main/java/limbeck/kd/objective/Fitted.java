package limbeck.kd.objective;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.kd.Batch;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;

/**
 * A method made ready for two networks, with what it learns.
 *
 * @param method the method as it was declared
 * @param studentTaps what it asks of the student
 * @param teacherTaps what it asks of the teacher
 * @param learned by name, in a fixed order
 * @param computation of the loss, which uses the learned parts
 */
record Fitted(
    Objective method,
    List<String> studentTaps,
    List<String> teacherTaps,
    Map<String, Module> learned,
    Computation computation)
    implements Objective {
  /** A loss of two networks' outputs. */
  @FunctionalInterface
  interface Computation {
    Var loss(Outputs student, Outputs teacher);
  }

  /** With the taps that the method was declared with. */
  Fitted(Objective method, Map<String, Module> learned, Computation computation) {
    this(method, method.studentTaps(), method.teacherTaps(), learned, computation);
  }

  Fitted {
    studentTaps = List.copyOf(studentTaps);
    teacherTaps = List.copyOf(teacherTaps);
    learned = Collections.unmodifiableMap(new LinkedHashMap<>(learned));
  }

  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    return computation.loss(student, teacher);
  }

  @Override
  public String name() {
    return method.name();
  }

  @Override
  public String formula() {
    return method.formula();
  }

  /** The error of a method that is asked for its loss before it has what it learns. */
  static IllegalStateException missing(String method) {
    return new IllegalStateException(
        method + ": it learns something along with the student; call fitted(student, teacher)");
  }
}
