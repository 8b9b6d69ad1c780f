package limbeck.kd.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import limbeck.engine.io.FormatException;

/**
 * Networks sorted by kind of student and by what they learnt from.
 *
 * @param students kinds of students; none where the run is no study
 */
public record Study(List<Student> students) {
  /** A run that is no study. */
  public static final Study NONE = new Study(List.of());

  /** Copies the list. */
  public Study {
    students = List.copyOf(students);
  }

  /**
   * A kind of student.
   *
   * @param name what it is called
   * @param cells its networks, that of labels first
   */
  public record Student(String name, List<Cell> cells) {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there is no network
     */
    public Student {
      cells = List.copyOf(cells);
      if (cells.isEmpty()) {
        throw new IllegalArgumentException("study: " + name + " has no network");
      }
    }

    Map<String, Object> json() {
      return new JsonObject()
          .put("name", name)
          .member("cells", cells.stream().map(Cell::json).toList())
          .map();
    }

    static Student read(JsonFields fields) throws FormatException {
      List<Cell> cells = fields.objects("cells", Cell::read);
      try {
        return new Student(fields.text("name"), cells);
      } catch (IllegalArgumentException e) {
        throw new FormatException("report.json: " + e.getMessage(), e);
      }
    }
  }

  /**
   * A network.
   *
   * @param knowledge what it learnt from
   * @param arm its id
   * @param gain against the same student that learnt from labels; null for that itself
   */
  public record Cell(String knowledge, String arm, VerdictRecord gain) {
    Map<String, Object> json() {
      JsonObject object = new JsonObject().put("knowledge", knowledge).put("arm", arm);
      if (gain != null) {
        object.member("gain", gain.json());
      }
      return object.map();
    }

    static Cell read(JsonFields fields) throws FormatException {
      return new Cell(
          fields.text("knowledge"),
          fields.text("arm"),
          fields.has("gain") ? fields.object("gain", VerdictRecord::read) : null);
    }
  }

  /** Returns whether the run is a study. */
  public boolean isStudy() {
    return !students.isEmpty();
  }

  /** Returns all networks, student by student. */
  public List<Cell> cells() {
    return students.stream().flatMap(s -> s.cells().stream()).toList();
  }

  /** Returns what was learnt from, each once, that of labels first. */
  public List<String> knowledge() {
    return cells().stream().map(Cell::knowledge).distinct().toList();
  }

  /** Returns the differences against labels, student by student. */
  public List<VerdictRecord> gains() {
    return cells().stream().map(Cell::gain).flatMap(Stream::ofNullable).toList();
  }

  Map<String, Object> json() {
    return new JsonObject().member("students", students.stream().map(Student::json).toList()).map();
  }

  static Study read(JsonFields fields) throws FormatException {
    return new Study(fields.objects("students", Student::read));
  }
}
