package limbeck.kd.recipe;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.kd.Objective;

/** The hyperparameters of methods: components of their records. */
public final class Hyperparameters {
  private Hyperparameters() {}

  /** The values of an objective by name; none if it is no record. */
  public static Map<String, Object> of(Objective objective) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (objective.getClass().isRecord()) {
      for (RecordComponent c : objective.getClass().getRecordComponents()) {
        values.put(c.getName(), value(objective, c));
      }
    }
    return values;
  }

  private static Object value(Objective objective, RecordComponent c) {
    try {
      return c.getAccessor().invoke(objective);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          objective.getClass() + ": " + c.getName() + " cannot be read; is it public?", e);
    }
  }
}
