package limbeck.kd.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import limbeck.engine.io.FormatException;

/**
 * Reads one object of {@code report.json}; errors name the field by its path, such as {@code
 * rows[3].errors}. Fields that nobody asks for are ignored, so that later versions may add some.
 */
final class JsonFields {
  private final String path;
  private final Map<String, Object> members;

  /** Reads one part of a report. */
  interface Reader<T> {
    T read(JsonFields fields) throws FormatException;
  }

  JsonFields(String path, Object value) throws FormatException {
    this.path = path;
    this.members = map(path, value);
  }

  private static Map<String, Object> map(String path, Object value) throws FormatException {
    if (!(value instanceof Map<?, ?> map)) {
      throw new FormatException(where(path) + " must be an object");
    }
    Map<String, Object> members = new LinkedHashMap<>();
    map.forEach((key, member) -> members.put((String) key, member));
    return members;
  }

  private static String where(String path) {
    return "report.json: " + (path.isEmpty() ? "the report" : path);
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private FormatException wrong(String name, String expected) {
    return new FormatException(where(at(name)) + " must be " + expected);
  }

  private Object required(String name, String expected) throws FormatException {
    if (members.get(name) == null) {
      throw new FormatException(where(at(name)) + " is missing; it must be " + expected);
    }
    return members.get(name);
  }

  boolean has(String name) {
    return members.get(name) != null;
  }

  Iterable<String> names() {
    return members.keySet();
  }

  Object raw(String name) {
    return members.get(name);
  }

  String text(String name) throws FormatException {
    if (required(name, "a string") instanceof String text) {
      return text;
    }
    throw wrong(name, "a string");
  }

  String text(String name, String fallback) throws FormatException {
    return has(name) ? text(name) : fallback;
  }

  double number(String name) throws FormatException {
    if (required(name, "a number") instanceof Number number) {
      return number.doubleValue();
    }
    throw wrong(name, "a number");
  }

  /** The number, or NaN where it is absent. */
  double measured(String name) throws FormatException {
    return has(name) ? number(name) : Double.NaN;
  }

  long whole(String name) throws FormatException {
    if (required(name, "a whole number") instanceof Long number) {
      return number;
    }
    throw wrong(name, "a whole number");
  }

  /** The count, or −1 where it is absent. */
  long count(String name) throws FormatException {
    long count = has(name) ? whole(name) : -1;
    if (has(name) && count < 0) {
      throw wrong(name, "a count, not below 0");
    }
    return count;
  }

  int integer(String name, int fallback) throws FormatException {
    long value = has(name) ? whole(name) : fallback;
    if (value != (int) value) {
      throw wrong(name, "a whole number of at most 31 bits");
    }
    return (int) value;
  }

  boolean flag(String name, boolean fallback) throws FormatException {
    if (!has(name)) {
      return fallback;
    }
    if (members.get(name) instanceof Boolean flag) {
      return flag;
    }
    throw wrong(name, "true or false");
  }

  <T> T object(String name, Reader<T> reader) throws FormatException {
    return reader.read(new JsonFields(at(name), required(name, "an object")));
  }

  /** The objects of an array, none where it is absent. */
  <T> List<T> objects(String name, Reader<T> reader) throws FormatException {
    List<T> result = new ArrayList<>();
    List<?> values = list(name);
    for (int i = 0; i < values.size(); i++) {
      result.add(reader.read(new JsonFields(at(name) + "[" + i + "]", values.get(i))));
    }
    return result;
  }

  /** The values of an array, none where it is absent. */
  List<?> list(String name) throws FormatException {
    if (!has(name)) {
      return List.of();
    }
    if (members.get(name) instanceof List<?> list) {
      return list;
    }
    throw wrong(name, "an array");
  }

  private <T> List<T> each(String name, String expected, Function<Object, T> convert)
      throws FormatException {
    List<T> result = new ArrayList<>();
    for (Object value : list(name)) {
      T converted = convert.apply(value);
      if (converted == null) {
        throw wrong(name, expected);
      }
      result.add(converted);
    }
    return result;
  }

  List<String> texts(String name) throws FormatException {
    return each(name, "an array of strings", v -> v instanceof String s ? s : null);
  }

  List<Long> wholes(String name) throws FormatException {
    return each(name, "an array of whole numbers", v -> v instanceof Long n ? n : null);
  }

  List<Double> numbers(String name) throws FormatException {
    return each(name, "an array of numbers", JsonFields::toDouble);
  }

  List<List<Long>> matrix(String name) throws FormatException {
    return each(name, "an array of arrays of whole numbers", JsonFields::toLongs);
  }

  private static Double toDouble(Object value) {
    return value instanceof Number number ? (Double) number.doubleValue() : null;
  }

  private static List<Long> toLongs(Object value) {
    if (!(value instanceof List<?> row) || !row.stream().allMatch(v -> v instanceof Long)) {
      return null;
    }
    return row.stream().map(v -> (Long) v).toList();
  }

  /** The numbers by name, none where they are absent. */
  Map<String, Double> numbersByName(String name) throws FormatException {
    return byName(name, "numbers by name", JsonFields::toDouble);
  }

  Map<String, Long> countsByName(String name) throws FormatException {
    return byName(name, "whole numbers by name", v -> v instanceof Long n ? n : null);
  }

  Map<String, List<Double>> vectorsByName(String name) throws FormatException {
    return byName(name, "arrays of numbers by name", JsonFields::toDoubles);
  }

  private static List<Double> toDoubles(Object value) {
    if (!(value instanceof List<?> row) || !row.stream().allMatch(v -> v instanceof Number)) {
      return null;
    }
    return row.stream().map(v -> ((Number) v).doubleValue()).toList();
  }

  private <T> Map<String, T> byName(String name, String expected, Function<Object, T> convert)
      throws FormatException {
    Map<String, T> result = new LinkedHashMap<>();
    if (has(name)) {
      for (Map.Entry<String, Object> entry : map(at(name), members.get(name)).entrySet()) {
        T converted = convert.apply(entry.getValue());
        if (converted == null) {
          throw wrong(name, expected);
        }
        result.put(entry.getKey(), converted);
      }
    }
    return Collections.unmodifiableMap(result);
  }

  /** The object's members as they are, none where it is absent. */
  Map<String, Object> members(String name) throws FormatException {
    return has(name) ? map(at(name), members.get(name)) : Map.of();
  }
}
