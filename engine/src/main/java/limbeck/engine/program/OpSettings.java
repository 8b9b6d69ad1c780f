package limbeck.engine.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;

/**
 * The settings of one op in a program's file, by name; each failure names the place.
 *
 * @param json the object that holds them
 * @param where it stands, for messages
 */
record OpSettings(Map<String, Object> json, String where) {
  double number(String key) throws FormatException {
    return Field.number(json, key, where);
  }

  /** Whether the file says something of a setting that ops did not have from the beginning. */
  boolean has(String key) {
    return json.containsKey(key);
  }

  boolean flag(String key) throws FormatException {
    return Field.flag(json, key, where);
  }

  String text(String key) throws FormatException {
    return Field.string(json, key, where);
  }

  /** The constant of that name. */
  <E extends Enum<E>> E choice(String key, Class<E> kind) throws FormatException {
    String name = text(key);
    for (E constant : kind.getEnumConstants()) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    throw new FormatException(
        where
            + ": "
            + key
            + " "
            + FormatException.quote(name)
            + " is none of "
            + Arrays.toString(kind.getEnumConstants()));
  }

  int integer(String key) throws FormatException {
    return Field.integer(json.get(key), key, where);
  }

  List<Integer> integers(String key) throws FormatException {
    List<Integer> values = new ArrayList<>();
    for (Object value : Field.list(json, key, where)) {
      values.add(Field.integer(value, key, where));
    }
    return values;
  }
}
