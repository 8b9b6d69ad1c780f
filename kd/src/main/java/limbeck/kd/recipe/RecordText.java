package limbeck.kd.recipe;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A record's text, in the form that records have by themselves, without those components that say
 * nothing new. Such texts go into the keys of trained networks: who adds a component that most arms
 * do not use leaves it out where it has its standard value, and their keys stay what they are.
 */
final class RecordText {
  private RecordText() {}

  /**
   * The text.
   *
   * @param standards values that are left out, by the name of their component
   * @param opened components, records themselves, in whose place their own components stand: so
   *     some that belong together can be made one, and the text stays
   */
  static String of(Record r, Map<String, Object> standards, String... opened) {
    List<String> parts = new ArrayList<>();
    add(r, standards, Set.of(opened), parts);
    return r.getClass().getSimpleName() + "[" + String.join(", ", parts) + "]";
  }

  private static void add(
      Record r, Map<String, Object> standards, Set<String> opened, List<String> parts) {
    for (RecordComponent c : r.getClass().getRecordComponents()) {
      Object value = value(r, c);
      if (opened.contains(c.getName())) {
        add((Record) value, standards, opened, parts);
      } else if (!standards.containsKey(c.getName()) || !standards.get(c.getName()).equals(value)) {
        parts.add(c.getName() + "=" + value);
      }
    }
  }

  private static Object value(Record r, RecordComponent c) {
    try {
      return c.getAccessor().invoke(r);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(r.getClass() + ": " + c.getName() + " cannot be read", e);
    }
  }
}
