package limbeck.kd.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies of maps that keep their order and cannot be changed. */
final class Ordered {
  private Ordered() {}

  static <V> Map<String, V> copy(Map<String, ? extends V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** As {@link #copy}, with every number as reading it back from JSON gives it. */
  static Map<String, Object> values(Map<String, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(key, JsonObject.value(value)));
    return Collections.unmodifiableMap(copy);
  }
}
