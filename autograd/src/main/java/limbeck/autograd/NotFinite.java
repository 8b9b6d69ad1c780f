package limbeck.autograd;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import limbeck.engine.tensor.Tensor;

/** The text of {@link Tape#firstNotFinite}. */
final class NotFinite {
  private NotFinite() {}

  static String first(List<Tape.Step> steps, Function<Parameter, String> names) {
    for (Tape.Step step : steps) {
      String found = in(step, names);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return "";
  }

  private static String in(Tape.Step step, Function<Parameter, String> names) {
    String op = step.op().spec().name();
    List<String> parameters = new ArrayList<>();
    for (Var v : step.in()) {
      boolean leaf = v.tape() == null;
      if (leaf && !finite(v.value())) {
        return v instanceof Parameter p
            ? "parameter " + names.apply(p)
            : "an input of shape " + v.shape() + " of op " + op;
      }
      if (v instanceof Parameter p) {
        parameters.add(names.apply(p));
      }
    }
    if (finite(step.out().value())) {
      return "";
    }
    return "the result of op "
        + op
        + (parameters.isEmpty() ? "" : " with " + String.join(", ", parameters));
  }

  private static boolean finite(Tensor t) {
    if (!t.dtype().isFloating()) {
      return true;
    }
    for (int i = 0; i < t.size(); i++) {
      if (!(Math.abs(t.get(i)) < Double.POSITIVE_INFINITY)) {
        return false;
      }
    }
    return true;
  }
}
