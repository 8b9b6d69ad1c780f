package limbeck.kd.report;

import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;

/**
 * One arm of a run: a network trained in one way, over all seeds.
 *
 * @param id short name that rows and verdicts refer to
 * @param role {@code teacher}, {@code assistant}, {@code student} (alone) or {@code distilled}
 * @param label at most 14 letters, for the heads of tables
 * @param name noun phrase for sentences, such as "the same student trained alone"; null for that of
 *     the role
 * @param network its architecture, such as 784-64-64-10; may be null
 * @param method how it was trained; may be null
 * @param taughtBy ids of the arms that taught it, nearest last; none where nobody did, or where the
 *     record does not say
 */
public record Arm(
    String id,
    String role,
    String label,
    String name,
    String network,
    String method,
    List<String> taughtBy) {

  /** Copies the list. */
  public Arm {
    taughtBy = List.copyOf(taughtBy);
  }

  /** An arm of which is not said who taught it. */
  public Arm(String id, String role, String label, String name, String network, String method) {
    this(id, role, label, name, network, method, List.of());
  }

  /** Returns the only arm of a role, which is named after it. */
  static Arm ofRole(String role) {
    String label = role.equals("student") ? "alone" : role;
    return new Arm(role, role, label, null, null, null);
  }

  /** Returns the noun phrase for sentences. */
  public String phrase() {
    if (name != null) {
      return name;
    }
    return switch (role) {
      case "teacher" -> "the teacher";
      case "assistant" -> "the assistant";
      case "student" -> "the same student trained alone";
      case "distilled" -> "the distilled student";
      default -> label;
    };
  }

  /** Returns the noun phrase where a sentence is about this arm first: "the student alone". */
  String subject() {
    return phrase().replaceFirst("^the same (\\S+) trained alone$", "the $1 alone");
  }

  Map<String, Object> json() {
    return new JsonObject()
        .put("id", id)
        .put("role", role)
        .put("label", label)
        .put("name", name)
        .put("network", network)
        .put("method", method)
        .put("taughtBy", taughtBy)
        .map();
  }

  static Arm read(JsonFields fields) throws FormatException {
    String id = fields.text("id");
    return new Arm(
        id,
        fields.text("role"),
        fields.text("label", id),
        fields.text("name", null),
        fields.text("network", null),
        fields.text("method", null),
        fields.texts("taughtBy"));
  }
}
