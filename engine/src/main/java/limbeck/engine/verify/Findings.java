package limbeck.engine.verify;

import java.util.ArrayList;
import java.util.List;

/** The failures of one op in one configuration. */
final class Findings {
  private final String op;
  private final String configuration;
  private final List<String> failures = new ArrayList<>();

  Findings(String op, String configuration) {
    this.op = op;
    this.configuration = configuration;
  }

  void fail(String check, String place) {
    failures.add(op + ", " + configuration + ", " + check + ": " + place);
  }

  /** A failure if there is a place. */
  void failAt(String check, String placeOrNull) {
    if (placeOrNull != null) {
      fail(check, placeOrNull);
    }
  }

  String op() {
    return op;
  }

  String configuration() {
    return configuration;
  }

  OpReport report(OpReport.Row rowOrNull) {
    return new OpReport(rowOrNull == null ? List.of() : List.of(rowOrNull), failures);
  }
}
