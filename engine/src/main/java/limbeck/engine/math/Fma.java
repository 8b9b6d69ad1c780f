package limbeck.engine.math;

import java.util.List;

/**
 * Fused multiply-add: a·b + c rounded once, by the CPU's instruction where there is one, else in
 * double arithmetic.
 *
 * <p>{@link Math#fma(float, float, float)} goes through {@code BigDecimal} on a CPU without the
 * instruction, which costs about a microsecond. Both ways give the same bits; the system property
 * {@code limbeck.fma} = {@code auto} (default), {@code hardware} or {@code software} chooses, read
 * once.
 */
public final class Fma {
  /** What the property says. */
  private static final String PROPERTY = System.getProperty("limbeck.fma", "auto");

  /** Null if the property has an allowed value. A class that fails to start could not say so. */
  private static final String ERROR = error(PROPERTY);

  /** True if {@link #fma} is {@link Math#fma(float, float, float)}. */
  public static final boolean HARDWARE = choose(ERROR == null ? PROPERTY : "auto");

  private Fma() {}

  /** a·b + c, rounded once. */
  public static float fma(float a, float b, float c) {
    return HARDWARE ? Math.fma(a, b, c) : SoftFma.fma(a, b, c);
  }

  /**
   * Checks the property.
   *
   * @throws IllegalArgumentException if it has a value it cannot have
   */
  public static void checkProperty() {
    if (ERROR != null) {
      throw new IllegalArgumentException(ERROR);
    }
  }

  /** Whether the property, and not the CPU, rules the instruction out. */
  public static boolean ruledOut() {
    return PROPERTY.equals("software");
  }

  static String error(String property) {
    return List.of("auto", "hardware", "software").contains(property)
        ? null
        : "system property limbeck.fma = " + property + "; use auto, hardware or software";
  }

  static boolean choose(String property) {
    return property.equals("auto") ? hardwareIsFaster() : property.equals("hardware");
  }

  /**
   * The two are timed against each other, not against a constant: they run in the interpreter and
   * in compiled code alike, where either takes ten times longer than the other does elsewhere. An
   * instruction wins by a factor of three or more, BigDecimal loses by ten or more. The fastest of
   * several rounds counts, so a pause does not decide.
   */
  private static boolean hardwareIsFaster() {
    long hardware = Long.MAX_VALUE;
    long software = Long.MAX_VALUE;
    for (int round = 0; round < 8; round++) {
      hardware = Math.min(hardware, timeHardware());
      software = Math.min(software, timeSoftware());
    }
    return hardware <= software;
  }

  private static long timeHardware() {
    long start = System.nanoTime();
    float y = 1f;
    for (int i = 0; i < 20; i++) {
      y = Math.fma(y, 0.9f, 0.1f);
    }
    return elapsed(start, y);
  }

  private static long timeSoftware() {
    long start = System.nanoTime();
    float y = 1f;
    for (int i = 0; i < 20; i++) {
      y = SoftFma.fma(y, 0.9f, 0.1f);
    }
    return elapsed(start, y);
  }

  /**
   * Nanoseconds since {@code start}; {@code result} is used, so that the loop before cannot be
   * dropped.
   */
  private static long elapsed(long start, float result) {
    long time = System.nanoTime() - start;
    return result > 2f ? Long.MAX_VALUE : time; // the iteration stays below 2
  }
}
