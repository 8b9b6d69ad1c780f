package limbeck.bench.peers;

import java.util.Locale;

/**
 * A line of the table: a task, ourselves and one peer.
 *
 * @param task what was done
 * @param threads by each
 * @param oursMs our median
 * @param peer its name
 * @param peerMs its median
 * @param limitMs what the multiply-adds take at the rate measured on the spot
 */
record Row(Task task, int threads, double oursMs, String peer, double peerMs, double limitMs) {
  static final String TITLES =
      String.format(
          Locale.ROOT,
          "%-30s %-22s %10s %10s %7s %10s",
          "case",
          "peer",
          "ours ms",
          "peer ms",
          "ratio",
          "limit ms");

  /** Above 1 if we are faster. */
  double ratio() {
    return peerMs / oursMs;
  }

  String text() {
    boolean gemm = task instanceof Task.Multiply;
    return String.format(
        Locale.ROOT,
        "%-30s %-22s %10.3f %10.3f %7.2f %10.3f",
        gemm ? task.workload() : task.phase() + " " + task.workload(),
        peer,
        oursMs,
        peerMs,
        ratio(),
        limitMs);
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "  {\"workload\": \"%s\", \"phase\": \"%s\", \"threads\": %d, \"oursMs\": %.5f,"
            + " \"peer\": \"%s\", \"peerMs\": %.5f, \"ratio\": %.4f, \"limitMs\": %.5f}",
        task.workload(),
        task.phase(),
        threads,
        oursMs,
        peer,
        peerMs,
        ratio(),
        limitMs);
  }
}
