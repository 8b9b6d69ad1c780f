package limbeck.kd.train;

import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.kd.LiveTeacher;
import limbeck.kd.TapShapes;
import limbeck.kd.Teacher;

/**
 * The teachers of a training by the ids that terms name, with the shapes of what they tell. One may
 * be missing: a network's own past, before there is one.
 */
public final class TeacherSet {
  private final Map<String, Teacher> teachers = new LinkedHashMap<>();
  private final Map<String, TapShapes> shapes = new LinkedHashMap<>();

  /** No teacher yet. */
  public TeacherSet() {}

  /** Adds a teacher that tells logits alone. */
  public TeacherSet with(String id, Teacher teacher) {
    return with(id, teacher, new TapShapes(id, Map.of(), teacher.classes()));
  }

  /** Adds a teacher. */
  public TeacherSet with(String id, Teacher teacher, TapShapes itsShapes) {
    teachers.put(id, teacher);
    shapes.put(id, itsShapes);
    return this;
  }

  /** Sets or replaces one that came to be in training. */
  void put(String id, Teacher teacher) {
    teachers.put(id, teacher);
  }

  /** Null if there is none yet. */
  Teacher get(String id) {
    return teachers.get(id);
  }

  /** How many examples networks were asked about in training; what is kept, or a peer, is not. */
  long asked() {
    return teachers.values().stream()
        .mapToLong(
            t ->
                t instanceof LiveTeacher live
                    ? live.asked()
                    : t instanceof OwnPast past ? past.asked() : 0)
        .sum();
  }

  /** What a teacher tells; null for null. */
  TapShapes shapes(String id) {
    return id == null ? null : shapes.get(id);
  }
}
