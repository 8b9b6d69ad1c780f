package limbeck.kd.report.html;

/** Formulas of records, which are plain text, as markup. */
final class Formula {
  private Formula() {}

  /** The formula with what follows a caret raised: p^T. */
  static String of(String text) {
    return Markup.escape(text).replaceAll("\\^(\\w+)", "<sup>$1</sup>");
  }
}
