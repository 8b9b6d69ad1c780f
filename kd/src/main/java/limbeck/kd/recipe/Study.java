package limbeck.kd.recipe;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A recipe's networks as answers to three questions: which student, which knowledge, which balance
 * of size and quality.
 *
 * @param students at least two, with different names
 */
public record Study(List<Student> students) {
  /** A recipe that asks nothing of the kind. */
  public static final Study NONE = new Study(List.of());

  /**
   * A kind of student.
   *
   * @param name what reports call it
   * @param arms ids of its networks by what they learn from; one learns from labels
   */
  public record Student(String name, Map<Knowledge, String> arms) {
    /** Copies the map, in the order of {@link Knowledge}. */
    public Student {
      EnumMap<Knowledge, String> copy = new EnumMap<>(Knowledge.class);
      copy.putAll(arms);
      arms = copy;
    }

    @Override
    public Map<Knowledge, String> arms() {
      return new EnumMap<>(arms);
    }
  }

  /** Copies the list. */
  public Study {
    students = List.copyOf(students);
  }

  /** Whether the recipe is a study. */
  public boolean isStudy() {
    return !students.isEmpty();
  }
}
