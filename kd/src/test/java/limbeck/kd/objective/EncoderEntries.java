package limbeck.kd.objective;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.kd.Objective;

/** Entries of the catalogue: objectives on layers of transformers. */
final class EncoderEntries {
  private static final int STEPS = 3;

  private EncoderEntries() {}

  static List<ObjectiveEntry> all() {
    return List.of(
        alike("as deep", new PatientKd(PatientKd.Pairing.SKIP), 3, 7).leastAtTeacher(0),
        deeper("skip", new PatientKd(PatientKd.Pairing.SKIP)).least(c -> cls(c, 2), c -> 0),
        deeper("last", new PatientKd(PatientKd.Pairing.LAST)).least(c -> cls(c, 3), c -> 0),
        deeper("given", new PatientKd(PatientKd.Pairing.SKIP, List.of("1:4")))
            .least(c -> cls(c, 4), c -> 0));
  }

  /** Two networks of so many layers and this width. */
  private static ObjectiveEntry alike(String settings, Objective o, int layers, int width) {
    ObjectiveEntry e = ObjectiveEntry.of(settings, o);
    encoder(e, true, layers, width, 2);
    encoder(e, false, layers, width, 2);
    return e;
  }

  /** A student of two layers, a teacher of four. */
  private static ObjectiveEntry deeper(String settings, Objective o) {
    ObjectiveEntry e = ObjectiveEntry.of(settings, o);
    encoder(e, true, 2, 5, 1);
    encoder(e, false, 4, 5, 1);
    return e;
  }

  private static void encoder(ObjectiveEntry e, boolean student, int layers, int width, int heads) {
    tap(e, student, "embeddings", STEPS, width);
    for (int layer = 1; layer <= layers; layer++) {
      tap(e, student, "layer" + layer, STEPS, width);
      tap(e, student, "cls" + layer, width);
    }
  }

  private static void tap(ObjectiveEntry e, boolean student, String tap, int... shape) {
    if (student) {
      e.studentFeature(tap, shape);
    } else {
      e.teacherFeature(tap, shape);
    }
  }

  /** The student's first layer says what a layer of the teacher says, and louder. */
  private static ObjectiveCase cls(ObjectiveCase c, int layer) {
    Map<String, ObjectiveCase.Block> student = new LinkedHashMap<>(c.student());
    student.put("cls1", c.teachers().get(0).get("cls" + layer).map(v -> 3 * v));
    return c.student(student);
  }
}
