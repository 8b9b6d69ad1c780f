package limbeck.engine.io.onnx;

/** A node must know a value to be imported, and that value is computed when the program runs. */
final class UnknownException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String value;

  UnknownException(String value) {
    super(
        "must know "
            + limbeck.engine.io.FormatException.quote(value)
            + " to be imported, which is"
            + " only known when the model runs");
    this.value = value;
  }

  /** The name of the value. */
  String value() {
    return value;
  }
}
