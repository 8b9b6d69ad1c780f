package limbeck.engine.io;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The order in which maps are written: their own, or sorted for the maps that have none. */
public final class MapOrder {
  /** Iteration order of {@code Map.of} differs from run to run, that of the others between JDKs. */
  private static final Set<Class<?>> UNORDERED =
      Set.of(HashMap.class, ConcurrentHashMap.class, Map.of().getClass());

  private MapOrder() {}

  /** A copy in an order that depends on nothing but the map's content and kind. */
  public static <K, V> Map<K, V> copy(Map<K, V> map) {
    Map<K, V> copy = new LinkedHashMap<>();
    for (Map.Entry<K, V> e : entries(map)) {
      copy.put(e.getKey(), e.getValue());
    }
    return copy;
  }

  /** The entries, in an order that depends on nothing but the map's content and kind. */
  static <K, V> Collection<Map.Entry<K, V>> entries(Map<K, V> map) {
    boolean sort =
        UNORDERED.contains(map.getClass())
            && map.keySet().stream().allMatch(key -> key instanceof String);
    return sort ? new TreeMap<>(map).entrySet() : map.entrySet();
  }
}
