package limbeck.kd.report;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whom an arm learned from where that is not the teacher itself, and what the detour came to. */
final class PathTaken {
  private final RunReport report;
  private final Arm arm;

  /** Speaks of the chain that leads to an arm. */
  PathTaken(RunReport report, Arm arm) {
    this.report = report;
    this.arm = arm;
  }

  /** The sentence; empty where the record has no chain. */
  String finding() {
    List<Paths.Hop> chain = report.paths().chain();
    if (chain.isEmpty() || chain.get(chain.size() - 1).taughtBy().isEmpty()) {
      return "";
    }
    List<String> teachers = chain.get(chain.size() - 1).taughtBy();
    Set<String> names = new LinkedHashSet<>();
    teachers.forEach(id -> names.add(report.arm(id).phrase()));
    Arm root = report.rootTeacher().orElseThrow();
    boolean itself = !root.role().equals("teacher") || teachers.contains(root.id());
    String who = Sentences.capital(arm.phrase());
    String whom = " learns from " + Sentences.list(List.copyOf(names));
    return who + whom + (itself ? "." : ", not from " + root.phrase() + " itself.") + against(root);
  }

  /** What the detour came to, where the recipe compares it with learning from the teacher alone. */
  private String against(Arm root) {
    return report.comparisons().stream()
        .filter(c -> c.arm().equals(arm.id()))
        .filter(c -> report.arm(c.baseline()).taughtBy().equals(List.of(root.id())))
        .findFirst()
        .map(
            c ->
                String.format(
                    Locale.ROOT,
                    " Against %s the verdict is %s.",
                    report.arm(c.baseline()).phrase(),
                    c.label().label()))
        .orElse("");
  }
}
