package limbeck.kd.recipe;

/**
 * A recipe that cannot be run: an unknown name or key, an impossible value. The message says what
 * to do instead.
 */
public class RecipeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line: what, and what would be right
   */
  public RecipeException(String message) {
    super(message);
  }
}
