package limbeck.kd.recipe.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.kd.Nearest;
import limbeck.kd.recipe.Arm;

/**
 * Who teaches whom, or is made of whom: they exist, and nobody is taught by itself, not even by way
 * of others.
 */
final class TeacherOrder {
  private TeacherOrder() {}

  /**
   * Checks it.
   *
   * @throws limbeck.kd.recipe.RecipeException naming the network and its teachers
   */
  static void check(Fields f, List<Arm> arms) {
    Map<String, Arm> byId = new LinkedHashMap<>();
    arms.forEach(a -> byId.put(a.id(), a));
    for (Arm a : arms) {
      for (String teacher : a.needs()) {
        if (!byId.containsKey(teacher)) {
          throw f.table("networks")
              .wrong(tableOf(a), "no teacher \"" + teacher + "\"" + hint(teacher, arms));
        }
      }
    }
    for (Arm a : arms) {
      List<String> circle = circle(a, byId, new ArrayList<>(List.of(a.id())));
      if (circle != null) {
        throw f.table("networks")
            .wrong(tableOf(a), "is taught by itself, in a circle: " + String.join(" by ", circle));
      }
    }
  }

  /** The name of the table that an arm was read from. */
  private static String tableOf(Arm a) {
    return a.copy() == null ? a.id() : a.copy().of();
  }

  private static String hint(String teacher, List<Arm> arms) {
    return arms.stream().anyMatch(a -> a.copy() != null && a.copy().of().equals(teacher))
        ? "; it has copies: name one, such as " + teacher + "-1, or an ensemble of them"
        : Nearest.hint(teacher, arms.stream().map(Arm::id).toList());
  }

  private static List<String> circle(Arm at, Map<String, Arm> arms, List<String> path) {
    for (String teacher : at.needs()) {
      List<String> longer = new ArrayList<>(path);
      longer.add(teacher);
      if (teacher.equals(path.get(0))) {
        return longer;
      }
      if (!path.contains(teacher)) {
        List<String> found = circle(arms.get(teacher), arms, longer);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** The networks with each after its teachers, else in the order given. */
  static List<Arm> sorted(List<Arm> arms) {
    List<Arm> sorted = new ArrayList<>();
    List<Arm> open = new ArrayList<>(arms);
    List<String> done = new ArrayList<>();
    while (!open.isEmpty()) {
      Arm next = open.stream().filter(a -> done.containsAll(a.needs())).findFirst().orElseThrow();
      open.remove(next);
      sorted.add(next);
      done.add(next.id());
    }
    return sorted;
  }
}
