package limbeck.engine.math;

/**
 * The float bit patterns a test visits: every 1,009th of the 2³² by default, all of them with
 * {@code -Dlimbeck.exhaustive=true}. 1,009 is prime, so low bits, exponents and signs all vary.
 */
public final class FloatSweep {
  /** Distance between visited bit patterns. */
  public static final int STRIDE = Boolean.getBoolean("limbeck.exhaustive") ? 1 : 1009;

  /** Number of visited patterns. */
  public static final long COUNT = ((1L << 32) + STRIDE - 1) / STRIDE;

  private FloatSweep() {}

  /** The i-th visited float, 0 ≤ i &lt; {@link #COUNT}. */
  public static float at(long i) {
    return Float.intBitsToFloat((int) (i * STRIDE));
  }
}
