package limbeck.kd.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds one object of {@code report.json} in the order of the calls. What is absent is left out:
 * null, an empty collection, a number that is not finite, a count below zero.
 */
final class JsonObject {
  private static final double EXACT = 0x1p53;

  private final Map<String, Object> members = new LinkedHashMap<>();

  JsonObject put(String name, String text) {
    return text == null ? this : member(name, text);
  }

  JsonObject put(String name, double number) {
    return Double.isFinite(number) ? member(name, number(number)) : this;
  }

  /** A seed or another whole number that may have any sign. */
  JsonObject whole(String name, long number) {
    return member(name, number);
  }

  JsonObject count(String name, long count) {
    return count < 0 ? this : member(name, count);
  }

  JsonObject put(String name, boolean flag) {
    return member(name, flag);
  }

  /** Puts the name only if the flag is set. */
  JsonObject ifTrue(String name, boolean flag) {
    return flag ? member(name, true) : this;
  }

  JsonObject put(String name, List<?> values) {
    return values.isEmpty() ? this : member(name, value(values));
  }

  JsonObject put(String name, Map<String, ?> values) {
    return values.isEmpty() ? this : member(name, value(values));
  }

  /** Puts the value even if it is null or empty. */
  JsonObject member(String name, Object value) {
    members.put(name, value);
    return this;
  }

  Map<String, Object> map() {
    return members;
  }

  /** A value with whole numbers as integers, and maps and lists that keep their order. */
  static Object value(Object value) {
    if (value instanceof Double number) {
      return number(number);
    }
    if (value instanceof Float number) {
      return number(Double.parseDouble(number.toString()));
    }
    if (value instanceof Integer number) {
      return number.longValue();
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(element -> copy.add(value(element)));
      return copy;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((key, member) -> copy.put((String) key, value(member)));
      return copy;
    }
    return value;
  }

  private static Object number(double number) {
    if (!Double.isFinite(number)) {
      return null;
    }
    boolean whole = number == StrictMath.rint(number) && Math.abs(number) < EXACT;
    return whole ? (Object) (long) number : (Object) number;
  }
}
