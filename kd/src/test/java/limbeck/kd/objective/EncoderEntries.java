package limbeck.kd.objective;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.kd.Objective;

/** Entries of the catalogue: objectives on layers of transformers. */
final class EncoderEntries {
  private static final String LEARNED = "depends on what is learned";
  private static final int STEPS = 3;
  private static final int HEADS = 2;

  private EncoderEntries() {}

  static List<ObjectiveEntry> all() {
    return List.of(
        alike("as deep", new PatientKd(PatientKd.Pairing.SKIP), 3, 7).leastAtTeacher(0),
        deeper("skip", new PatientKd(PatientKd.Pairing.SKIP)).least(c -> cls(c, 2), c -> 0),
        deeper("last", new PatientKd(PatientKd.Pairing.LAST)).least(c -> cls(c, 3), c -> 0),
        deeper("given", new PatientKd(PatientKd.Pairing.SKIP, List.of("1:4")))
            .least(c -> cls(c, 4), c -> 0),
        alike("as wide", new TinyBertLayers(), 2, 6).leastAtTeacher(0),
        alike("scores alone", new TinyBertLayers(0, 0, 2, List.of()), 1, 6).leastAtTeacher(0),
        deeper("other widths", new TinyBertLayers(), 4, 6).noMinimum(LEARNED),
        deeper("given", new TinyBertLayers(0.5, 2, 0, List.of("1:3")), 3, 2).noMinimum(LEARNED),
        alike("", new MiniLm(), 1, 6).leastAtTeacher(0),
        deeper("other widths", new MiniLm(), 4, 6)
            .noMinimum("relations of teachers that are wider may not be had"),
        alike("relation heads", new MiniLm(3, 1), 2, 6)
            .least(EncoderEntries::lastIsTeachersFirst, c -> 0));
  }

  /** Two networks of so many layers and this width. */
  private static ObjectiveEntry alike(String settings, Objective o, int layers, int width) {
    ObjectiveEntry e = ObjectiveEntry.of(settings, o);
    encoder(e, true, layers, width);
    encoder(e, false, layers, width);
    return e;
  }

  /** A student of two layers, a teacher of four. */
  private static ObjectiveEntry deeper(String settings, Objective o) {
    return deeper(settings, o, 5, 5);
  }

  private static ObjectiveEntry deeper(String settings, Objective o, int width, int others) {
    ObjectiveEntry e = ObjectiveEntry.of(settings, o);
    encoder(e, true, 2, width);
    encoder(e, false, 4, others);
    return e;
  }

  private static void encoder(ObjectiveEntry e, boolean student, int layers, int width) {
    tap(e, student, "embeddings", STEPS, width);
    for (int layer = 1; layer <= layers; layer++) {
      tap(e, student, "layer" + layer, STEPS, width);
      tap(e, student, "cls" + layer, width);
      tap(e, student, attention(layer) + "scores", HEADS, STEPS, STEPS);
      for (String what : List.of("queries", "keys", "values")) {
        tap(e, student, attention(layer) + what, STEPS, width);
      }
    }
  }

  private static String attention(int layer) {
    return "encoder.layers." + (layer - 1) + ".self_attn.";
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

  private static ObjectiveCase lastIsTeachersFirst(ObjectiveCase c) {
    Map<String, ObjectiveCase.Block> student = new LinkedHashMap<>(c.student());
    for (String what : List.of("queries", "keys", "values")) {
      student.put(attention(2) + what, c.teachers().get(0).get(attention(1) + what));
    }
    return c.student(student);
  }
}
