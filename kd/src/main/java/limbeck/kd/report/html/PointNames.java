package limbeck.kd.report.html;

import limbeck.kd.report.ParetoPoint;

/** What points of errors and costs are called: by their arm or role, and by their width. */
record PointNames(RunView run) {
  /** The name of a network, whatever its width. */
  String network(ParetoPoint p) {
    if (p.arm() != null) {
      return run.label(p.arm());
    }
    return p.role().equals("student") ? run.baseline().label() : p.role();
  }

  /** The name with its width, where it is labelled by one. */
  String of(ParetoPoint p) {
    return isWidth(p.label()) ? network(p) + " " + p.label() : network(p);
  }

  /** Whether a point is labelled by a width, not by a name. */
  static boolean isWidth(String label) {
    return !label.isEmpty() && label.charAt(0) >= '0' && label.charAt(0) <= '9';
  }
}
