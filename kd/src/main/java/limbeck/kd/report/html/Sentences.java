package limbeck.kd.report.html;

import java.util.List;

/** Small pieces of sentences. */
final class Sentences {
  private Sentences() {}

  /** One; one and another; one, another and a third. */
  static String list(List<String> items) {
    int last = items.size() - 1;
    return last < 1
        ? String.join("", items)
        : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
  }
}
