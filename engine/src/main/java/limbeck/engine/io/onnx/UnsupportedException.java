package limbeck.engine.io.onnx;

/** Something of ONNX that is not imported; the message says what, and continues "node … (Op) ". */
final class UnsupportedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnsupportedException(String message) {
    super(message);
  }
}
