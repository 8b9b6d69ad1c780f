package limbeck.kd.report.html;

import limbeck.kd.metric.Verdict;

/** A verdict as a badge; fill and outline differ as well as colour. */
final class Badge {
  private Badge() {}

  static String of(Verdict verdict) {
    String kind =
        switch (verdict) {
          case BEATS -> "beats";
          case NO_BEATS -> "no";
          case INCONCLUSIVE -> "open";
        };
    return Markup.tag("span", verdict.label(), "class", "badge " + kind);
  }
}
