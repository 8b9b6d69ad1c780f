package limbeck.kd.recipe;

/**
 * One of several networks that are alike but for their random numbers: initial weights, dropout,
 * the order of examples, augmentation.
 *
 * @param of what the copies have in common, the name of a network that is not there by itself
 * @param number from 1 on
 */
public record Copy(String of, int number) {
  /** Whether this is a copy of the same network. */
  public boolean isLike(Copy other) {
    return other != null && of.equals(other.of);
  }

  /** A copy's label or name without its number. */
  public String shared(String text) {
    return text.substring(0, text.length() - (" " + number).length());
  }

  /** The id of the arm. */
  public String id() {
    return of + "-" + number;
  }
}
