package limbeck.kd.train;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import limbeck.kd.metric.Measure;

/**
 * Why a network is the one that it is.
 *
 * @param arm id of the arm that was chosen
 * @param measure by which it was
 * @param values of all candidates on validation data, in their order
 */
public record Choice(String arm, Measure measure, List<Double> values) {
  /** Copies the list. */
  public Choice {
    values = List.copyOf(values);
  }

  /** Counts are written as whole numbers. */
  Map<String, Object> json() {
    return Map.of("arm", arm, measure.word(), numbers());
  }

  private List<? extends Number> numbers() {
    return measure == Measure.ERRORS ? values.stream().map(Double::longValue).toList() : values;
  }

  /** What was written; null if it is something else. */
  static Choice read(Object json) {
    if (json instanceof Map<?, ?> choice && choice.get("arm") instanceof String arm) {
      for (Measure measure : Measure.values()) {
        if (choice.get(measure.word()) instanceof List<?> values
            && values.stream().allMatch(v -> v instanceof Number)) {
          return new Choice(
              arm, measure, values.stream().map(v -> ((Number) v).doubleValue()).toList());
        }
      }
    }
    return null;
  }

  /** In words: {@code errors are [3, 5]}. */
  String describe() {
    return numbers().stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", measure.noun() + " [", "]"));
  }
}
