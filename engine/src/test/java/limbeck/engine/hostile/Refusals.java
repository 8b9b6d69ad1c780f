package limbeck.engine.hostile;

import java.io.IOException;
import limbeck.engine.io.FormatException;

/** Looks whether files that ask for much are refused, and soon. */
public final class Refusals {
  private static final double MOST_SECONDS = 20; // on a busy machine; usually a second or less

  private Refusals() {}

  /** Reads a file. */
  @FunctionalInterface
  public interface Reading {
    /** Reads it, or throws. */
    void read() throws IOException;
  }

  /** Something else that a reader documents as its refusal. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What was thrown. */
    public Refused(RuntimeException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /**
   * Reads a file that must be refused, and prints how.
   *
   * @param why what the message must hold
   */
  public static void refused(String what, String why, Reading reading) throws IOException {
    long begin = System.nanoTime();
    String message;
    try {
      reading.read();
      throw new AssertionError(what + ": was read");
    } catch (FormatException | Refused e) {
      message = e.getMessage();
    }
    double seconds = (System.nanoTime() - begin) * 1e-9;
    System.out.println(what + ": " + message);
    if (seconds > MOST_SECONDS || !message.contains(why)) {
      throw new AssertionError(what + ": took " + seconds + " s: " + message);
    }
  }
}
