package limbeck.kd.recipe.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.kd.recipe.DataSplit;
import limbeck.kd.recipe.Settings;

/**
 * The values of a recipe's file as settings. Of {@code networks.student.epochs} the key is {@code
 * student.epochs}; of the second term of its loss, {@code student.terms.1.weight}. Of a network,
 * and of {@code defaults}, every key of its training is a setting, whether the file has it or not;
 * of a network also the file of its weights, set instead of its training, and how its examples are
 * augmented.
 */
final class TreeSettings {
  private static final String NETWORKS = "networks";
  private static final String DATA = "data";
  private static final String FILE = "file";
  private static final List<String> TOLD = List.of("comparisons", "study"); // no settings
  private static final List<String> TRAINED_BY = List.of("stages", "terms");
  private static final List<String> TRAINING =
      List.of(
          "optimizer",
          "rate",
          "schedule",
          "finalRate",
          "momentum",
          "decay",
          "batch",
          "epochs",
          "inputDropout",
          "hiddenDropout",
          "maxNorm",
          "jitter",
          "nesterov",
          "drops",
          "factor",
          "warmUp",
          "clip");

  private static final String INHERITED = "as above it, or the standard";

  private final TomlTree tree;
  private final Map<String, List<Object>> paths = new LinkedHashMap<>();
  private final Settings settings;

  /**
   * The settings of a document.
   *
   * @param data what it does with its training set
   */
  TreeSettings(TomlTree tree, DataSplit data) {
    this.tree = tree;
    Settings.Builder builder = new Settings.Builder();
    data.declare(builder);
    leaves(List.of(), tree.root(), builder);
    training(List.of("defaults"), builder);
    if (tree.root().get(NETWORKS) instanceof Map<?, ?> networks) {
      networks.keySet().forEach(id -> network(List.of(NETWORKS, id), builder));
    }
    settings = builder.build();
  }

  private void leaves(List<Object> path, Object value, Settings.Builder builder) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((k, v) -> leaves(join(path, k), v, builder));
    } else if (value instanceof List<?> list && list.stream().allMatch(x -> x instanceof Map)) {
      for (int i = 0; i < list.size(); i++) {
        leaves(join(path, i), list.get(i), builder);
      }
    } else if (path.size() > 1 && !TOLD.contains(path.get(0))) {
      declare(path, text(value), value.equals("") ? INHERITED : "", builder);
    }
  }

  private void network(List<Object> table, Settings.Builder builder) {
    training(table, builder);
    declare(join(table, "augment"), "", INHERITED, builder);
    declare(join(table, FILE), "", "weights that are read instead of trained", builder);
  }

  private void training(List<Object> table, Settings.Builder builder) {
    for (String key : TRAINING) {
      declare(join(table, key), "", INHERITED, builder);
    }
  }

  private void declare(List<Object> path, String value, String help, Settings.Builder builder) {
    String key = key(path);
    if (!path.get(0).equals(DATA) && paths.putIfAbsent(key, path) == null) {
      builder.text(key, value, help);
    }
  }

  /** The settings, with the values of the file. */
  Settings settings() {
    return settings;
  }

  /** The document with what was set otherwise. */
  TomlTree changed(Settings s) {
    Object root = tree.root();
    Map<String, String> usual = settings.values();
    for (Map.Entry<String, String> e : s.values().entrySet()) {
      List<Object> path = paths.get(e.getKey());
      if (path != null && !e.getValue().equals(usual.get(e.getKey()))) {
        root = with(root, path, e.getKey(), e.getValue());
        root = isFile(path) ? untrained(root, path.get(1)) : root;
      }
    }
    Map<String, Object> changed = new LinkedHashMap<>();
    ((Map<?, ?>) root).forEach((k, v) -> changed.put((String) k, v));
    return new TomlTree(tree.name(), changed, tree.lines());
  }

  private static boolean isFile(List<Object> path) {
    return path.size() == 3 && path.get(0).equals(NETWORKS) && path.get(2).equals(FILE);
  }

  /** A document without what a network is trained by: who sets its file wants it read instead. */
  private static Object untrained(Object root, Object id) {
    Map<Object, Object> document = new LinkedHashMap<>((Map<?, ?>) root);
    Map<Object, Object> networks = new LinkedHashMap<>((Map<?, ?>) document.get(NETWORKS));
    Map<Object, Object> network = new LinkedHashMap<>((Map<?, ?>) networks.get(id));
    network.keySet().removeAll(TRAINED_BY);
    networks.put(id, network);
    document.put(NETWORKS, networks);
    return document;
  }

  private static Object with(Object at, List<Object> path, String key, String typed) {
    if (path.isEmpty()) {
      return TomlText.parse(key, typed, at);
    }
    Object step = path.get(0);
    List<Object> rest = path.subList(1, path.size());
    if (step instanceof Integer i) {
      List<Object> list = new ArrayList<>((List<?>) at);
      list.set(i, with(list.get(i), rest, key, typed));
      return list;
    }
    Map<Object, Object> map = new LinkedHashMap<>();
    if (at instanceof Map<?, ?> before) {
      map.putAll(before);
    }
    map.put(step, with(map.get(step), rest, key, typed));
    return map;
  }

  private static List<Object> join(List<Object> path, Object key) {
    List<Object> longer = new ArrayList<>(path);
    longer.add(key);
    return longer;
  }

  private static String key(List<Object> path) {
    List<Object> shown = path.get(0).equals(NETWORKS) ? path.subList(1, path.size()) : path;
    return String.join(".", shown.stream().map(String::valueOf).toList());
  }

  /** As it is typed: strings without quotes. */
  private static String text(Object value) {
    return value instanceof String s ? s : TomlText.value(value);
  }
}
