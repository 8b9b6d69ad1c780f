package limbeck.autograd;

import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/** Tensors by path, compared with what a model needs. */
final class StateCheck {
  private StateCheck() {}

  /**
   * The given tensors under the names that the model has for them.
   *
   * @param needed shapes by path
   * @param others further names of tied parameters: the path that each stands for. Files of other
   *     programs have a tied parameter under one of its names, or under several
   * @param constants what is no part of the state but of programs: it may be given all the same
   * @throws ShapeException if a tensor is missing, unknown, or has another shape or an integer
   *     type, or if one is given under two names and differs, or differs from a constant
   */
  static Map<String, Tensor> fitting(
      Map<String, Shape> needed,
      Map<String, String> others,
      Map<String, Buffer> constants,
      Map<String, Tensor> given) {
    Map<String, Tensor> fitting = new LinkedHashMap<>();
    Map<String, String> givenAs = new LinkedHashMap<>();
    given.forEach(
        (name, t) -> {
          if (constants.containsKey(name)) {
            requireConstant(name, constants.get(name).value(), t);
            return;
          }
          String path = others.getOrDefault(name, name);
          if (!needed.containsKey(path)) {
            throw new ShapeException("load: the model has no tensor \"" + name + "\"");
          }
          Tensor first = fitting.putIfAbsent(path, t);
          String firstName = givenAs.putIfAbsent(path, name);
          if (first != null && !sameValues(first, t)) {
            throw new ShapeException(
                "load: tensors \""
                    + firstName
                    + "\" and \""
                    + name
                    + "\" differ, but are tied in the model");
          }
        });
    needed.forEach(
        (path, shape) -> check(givenAs.getOrDefault(path, path), shape, fitting.get(path)));
    return fitting;
  }

  private static void requireConstant(String name, Tensor own, Tensor given) {
    boolean floating = given.dtype().isFloating();
    Tensor rounded = floating && given.dtype() != own.dtype() ? own.to(given.dtype()) : own;
    if (!sameValues(given, rounded)) {
      throw new ShapeException(
          "load: tensor \"" + name + "\" differs from the model's, where it is a constant");
    }
  }

  private static boolean sameValues(Tensor a, Tensor b) {
    boolean same = a.dtype() == b.dtype() && a.shape().equals(b.shape());
    for (int i = 0; same && i < a.size(); i++) {
      same = Double.compare(a.get(i), b.get(i)) == 0;
    }
    return same;
  }

  private static void check(String name, Shape needed, Tensor given) {
    String who = "load: tensor \"" + name + "\" ";
    if (given == null) {
      throw new ShapeException(who + needed + " is missing");
    }
    if (!given.shape().equals(needed)) {
      throw new ShapeException(who + "has shape " + given.shape() + ", the model needs " + needed);
    }
    if (!given.dtype().isFloating()) {
      throw new ShapeException(who + "is " + given.dtype() + ", a floating type needed");
    }
  }
}
