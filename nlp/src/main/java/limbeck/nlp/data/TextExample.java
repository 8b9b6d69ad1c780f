package limbeck.nlp.data;

import java.util.Objects;

/**
 * A text, or two, and what is to be said of it.
 *
 * @param first the text
 * @param second the other of a pair; null if there is one text
 * @param target the number of the class, from 0; for regression a number
 */
public record TextExample(String first, String second, double target) {
  /** Checks that there is a text. */
  public TextExample {
    Objects.requireNonNull(first, "first");
  }

  /** Whether it is of two texts. */
  public boolean pair() {
    return second != null;
  }

  /** The target as a class. */
  public int label() {
    return (int) target;
  }
}
