package limbeck.kd.onnx;

/**
 * What came of a test case.
 *
 * @param name of the case
 * @param kind how it ended
 * @param reason why it did not pass; empty if it did
 */
public record NodeResult(String name, Kind kind, String reason) {
  /** How a case may end. */
  public enum Kind {
    /** Its outputs are those expected. */
    PASSED,
    /** Its outputs are others, or it ended in an error. */
    FAILED,
    /** It holds what is not imported. */
    UNSUPPORTED
  }
}
