package limbeck.kd.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The order of rows in a report: by role; within one role the verdict's arm first, the others as
 * they come; within one arm by the order of the run's seeds.
 */
final class RowOrder {
  private static final List<String> ROLES = List.of("teacher", "assistant", "student", "distilled");

  private RowOrder() {}

  static List<Row> sorted(List<Row> rows, List<Arm> arms, String first, List<Long> seeds) {
    List<String> ids = new ArrayList<>(List.of(first));
    arms.forEach(arm -> ids.add(arm.id()));
    rows.forEach(row -> ids.add(row.armId()));
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort(
        Comparator.comparingInt((Row row) -> place(ROLES, row.role()))
            .thenComparingInt(row -> ids.indexOf(row.armId()))
            .thenComparingInt(row -> place(seeds, row.seed())));
    return List.copyOf(sorted);
  }

  private static <T> int place(List<T> order, T element) {
    int at = order.indexOf(element);
    return at < 0 ? order.size() : at;
  }
}
