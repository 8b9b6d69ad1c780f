package limbeck.kd.recipe.file;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import limbeck.kd.Nearest;
import limbeck.kd.recipe.Knowledge;
import limbeck.kd.recipe.Study;

/**
 * Which networks a study compares: tables {@code [[study]]}, one for each kind of student.
 *
 * <pre>{@code
 * [[study]]
 * student = "BiLSTM"
 * labels = "student"                 # the network that learns from labels; it must be there
 * logits = "distilled"               # from the teacher's logits; likewise augmented, hidden,
 *                                    # attention, as far as there are such networks
 * }</pre>
 */
final class StudyReader {
  private static final int NAME = 24;

  private StudyReader() {}

  /** The study of a recipe; none without such tables. */
  static Study read(Fields recipe, List<String> networks) {
    List<Study.Student> students = new ArrayList<>();
    for (Fields f : recipe.tables("study")) {
      Study.Student student = student(f, networks);
      f.done();
      for (Study.Student other : students) {
        checkApart(f, student, other);
      }
      students.add(student);
    }
    if (students.size() == 1) {
      throw recipe.wrong("study", "two kinds of students at least expected: which is better?");
    }
    return new Study(students);
  }

  private static Study.Student student(Fields f, List<String> networks) {
    String name = f.text("student", null);
    if (name.isBlank() || name.length() > NAME) {
      throw f.wrong("student", "1 to " + NAME + " letters expected");
    }
    Map<Knowledge, String> arms = new EnumMap<>(Knowledge.class);
    for (Knowledge k : Knowledge.values()) {
      String id = k == Knowledge.LABELS ? f.text(k.key(), null) : f.textOrNull(k.key());
      if (id != null) {
        requireThere(f, k, id, networks);
        if (arms.containsValue(id)) {
          throw f.wrong(k.key(), id + " learns from something else in this table already");
        }
        arms.put(k, id);
      }
    }
    return new Study.Student(name, arms);
  }

  private static void requireThere(Fields f, Knowledge k, String id, List<String> networks) {
    if (!networks.contains(id)) {
      throw f.wrong(k.key(), "no network \"" + id + "\"" + Nearest.hint(id, networks));
    }
  }

  private static void checkApart(Fields f, Study.Student student, Study.Student other) {
    if (student.name().equals(other.name())) {
      throw f.wrong("student", "two students are called \"" + student.name() + "\"");
    }
    for (String id : student.arms().values()) {
      if (other.arms().containsValue(id)) {
        throw f.wrong(id + " is a network of " + other.name() + " already");
      }
    }
  }
}
