package limbeck.kd.report;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Copies of maps that keep their order and cannot be changed. Maps without an order of their own
 * are sorted by key, so that equal maps are written alike.
 */
final class Ordered {
  private Ordered() {}

  static <V> Map<String, V> copy(Map<String, ? extends V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(ordered(map)));
  }

  private static <V> Map<String, ? extends V> ordered(Map<String, ? extends V> map) {
    boolean unordered = map instanceof HashMap && !(map instanceof LinkedHashMap);
    return unordered || map.getClass() == Map.of().getClass() ? new TreeMap<>(map) : map;
  }

  /** As {@link #copy}, with every number as reading it back from JSON gives it. */
  static Map<String, Object> values(Map<String, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    ordered(map).forEach((key, value) -> copy.put(key, JsonObject.value(value)));
    return Collections.unmodifiableMap(copy);
  }
}
