package limbeck.kd.recipe.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RecipeKeysTest {
  /** One of everything, so that every reader has asked for every key it knows. */
  private static final String ALL =
      """
      name = "x"
      summary = "x"
      [networks.teacher]
      network = "mlp:4-3-2"
      [networks.given]
      role = "teacher"
      network = "mlp:4-3-2"
      file = "x.safetensors"
      [networks.student]
      network = "mlp:4-3-2"
      terms = [{ method = "HardLabels" }, { method = "MutualLearning", teacher = "peers" }]
      [networks.student-2]
      like = "student"
      terms = [{ method = "HardLabels" }, { method = "MutualLearning", teacher = "peers" }]
      [networks.distilled]
      network = "mlp:4-3-2"
      [[networks.distilled.stages]]
      terms = [{ method = "PermutedDarkKnowledge", teacher = "teacher" }]
      [networks.stepwise]
      role = "student"
      network = "mlp:4-3-2"
      schedule = "step"
      drops = [0.5]
      cycles = 2
      terms = [{ method = "HardLabels" }]
      [networks.student-3]
      copies = 2
      network = "mlp:4-3-2"
      [networks.teacher-2]
      ensemble = "student-3"
      [networks.distilled-3]
      choose = ["student", "student-2"]
      [networks.distilled-2]
      correct = "distilled"
      biases = [1]
      [networks.student-4]
      network = "exits:mlp:4-3-3-2"
      [networks.student-exit]
      part = "student-4"
      output = "exit1"
      [networks.student-of]
      network = "mlp:4-{units}-2"
      [[sweeps]]
      parameter = "units"
      values = [2, 3]
      networks = ["student-of"]
      [networks.expert]
      role = "assistant"
      start = "teacher"
      specialist = { count = 2, classes = 1 }
      [networks.distilled-of-all]
      specialists = "expert"
      [[cohorts]]
      networks = ["student", "student-2"]
      [[study]]
      student = "one"
      labels = "student"
      [[study]]
      student = "other"
      labels = "student-2"
      [[comparisons]]
      arm = "distilled"
      baseline = "student"
      """;

  /** Where a path of the file stands in the list: {@code networks.x.stages[0]} in [networks.ID]. */
  private static String table(String path) {
    if (path.matches(".*terms\\[\\d+]")) {
      return "terms = [{ … }] of a network or a stage";
    }
    if (path.matches("networks\\.[^.]+\\.stages\\[\\d+]")) {
      return "[[networks.ID.stages]]";
    }
    if (path.matches("networks\\.[^.]+\\.specialist")) {
      return "specialist = { … } of a network";
    }
    if (path.matches("networks\\.[^.]+")) {
      return "[networks.ID]";
    }
    if (path.matches(".*\\[\\d+]")) {
      return "[[" + path.replaceAll("\\[\\d+]", "") + "]]";
    }
    return path.isEmpty() ? "" : "[" + path + "]";
  }

  @Test
  void everyKeyThatIsReadIsListedAndNoOther() {
    Map<String, Set<String>> read = new TreeMap<>();
    RecipeFile.of("x.toml", ALL, Path.of(""))
        .asked()
        .forEach(
            (path, keys) -> read.computeIfAbsent(table(path), t -> new TreeSet<>()).addAll(keys));
    read.remove("[networks]"); // its keys are the networks
    read.get("")
        .removeAll(
            Set.of("data", "defaults", "networks", "cohorts", "sweeps", "study", "comparisons"));
    String terms = "terms = [{ … }] of a network or a stage";
    Map<String, Set<String>> listed = new TreeMap<>();
    for (RecipeKeys.Key key : RecipeKeys.all()) {
      for (String table : key.table().split(", ")) {
        Set<String> keys = listed.computeIfAbsent(table, t -> new TreeSet<>());
        keys.addAll(Arrays.asList(key.key().split(", ")));
      }
    }
    listed.get(terms).removeAll(Set.of("tap", "taps")); // asked for by methods that have taps
    assertEquals(lines(listed), lines(read));
  }

  private static String lines(Map<String, Set<String>> keys) {
    return keys.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining("\n"));
  }

  @Test
  void everyKeyIsExplained() {
    for (RecipeKeys.Key key : RecipeKeys.all()) {
      assertTrue(key.help().length() > 5 && key.help().length() < 75, key.key());
    }
  }
}
