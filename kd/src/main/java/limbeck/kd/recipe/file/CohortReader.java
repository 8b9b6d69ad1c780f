package limbeck.kd.recipe.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import limbeck.kd.recipe.Cohort;

/** Networks that learn together: tables {@code [[cohorts]]}. */
final class CohortReader {
  private CohortReader() {}

  /** The cohort of each network that is in one. */
  static Map<String, Cohort> read(Fields recipe) {
    Map<String, Cohort> all = new LinkedHashMap<>();
    List<String> networks = recipe.table("networks").keys();
    for (Fields f : recipe.tables("cohorts")) {
      List<String> ids = f.texts("networks");
      if (ids.stream().distinct().count() < 2 || !networks.containsAll(ids)) {
        throw f.wrong("networks", "at least two of " + String.join(", ", networks) + " expected");
      }
      String update = f.word("update", "sequential", List.of("sequential", "simultaneous"));
      Cohort cohort =
          new Cohort(
              String.join("+", ids),
              Cohort.Update.valueOf(update.toUpperCase(Locale.ROOT)),
              f.whole("stale", 0, 0, Integer.MAX_VALUE));
      for (String id : ids) {
        if (all.put(id, cohort) != null) {
          throw f.wrong("networks", id + " is in two cohorts");
        }
      }
      f.done();
    }
    return all;
  }
}
