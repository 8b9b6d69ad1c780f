package limbeck.engine.tensor;

/**
 * Operands whose shapes or types do not fit together. The message names the operation, each operand
 * with its axes, and both values that disagree.
 */
public class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message who, what disagrees with both values, and, where the reader can act, a {@code
   *     help:} line
   */
  public ShapeException(String message) {
    super(message);
  }
}
