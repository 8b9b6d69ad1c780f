package limbeck.kd.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;
import limbeck.kd.metric.Classification;

/**
 * Confusion counts of an arm, summed over seeds.
 *
 * @param arm id of the arm
 * @param seeds how many seeds are summed
 * @param counts {@code counts[label][predicted]}
 */
public record Confusion(String arm, int seeds, List<List<Long>> counts) {
  /** Copies the counts. */
  public Confusion {
    counts = counts.stream().map(List::copyOf).toList();
  }

  /** Takes the counts of networks that were already summed over seeds. */
  public static Confusion of(String arm, int seeds, Classification sum) {
    List<List<Long>> rows = new ArrayList<>();
    for (long[] row : sum.counts()) {
      rows.add(Arrays.stream(row).boxed().toList());
    }
    return new Confusion(arm, seeds, rows);
  }

  Map<String, Object> json() {
    return new JsonObject()
        .put("arm", arm)
        .count("seeds", seeds)
        .member("counts", JsonObject.value(counts))
        .map();
  }

  static Confusion read(JsonFields fields) throws FormatException {
    return new Confusion(fields.text("arm"), fields.integer("seeds", 1), fields.matrix("counts"));
  }
}
