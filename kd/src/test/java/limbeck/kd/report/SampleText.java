package limbeck.kd.report;

/** What {@link TextReport} must write of {@link SampleReports#smallest}. */
final class SampleText {
  static final String SMALLEST = "";

  private SampleText() {}
}
