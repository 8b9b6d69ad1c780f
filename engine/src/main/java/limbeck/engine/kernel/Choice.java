package limbeck.engine.kernel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import limbeck.engine.math.Fma;

/**
 * The float kernels of a JVM and why. All kernels give the same bits, so the choice decides about
 * speed alone.
 *
 * @param kernels what was chosen
 * @param reason one line
 * @param refused whether vectors were wanted but are not used
 */
record Choice(Kernels kernels, String reason, boolean refused) {
  private static final List<String> VALUES = List.of("auto", "off", "128", "256", "512");
  private static final int NARROWEST = 128;

  /**
   * Goes through the questions in order; the first unfavourable answer settles for scalar kernels.
   *
   * @throws IllegalArgumentException if property {@code limbeck.simd} has a value it cannot have
   */
  static Choice choose(Environment jvm) {
    String simd = jvm.simd() == null ? "auto" : jvm.simd();
    if (!VALUES.contains(simd)) {
      throw new IllegalArgumentException(
          "system property "
              + KernelProvider.PROPERTY
              + " = "
              + simd
              + "; use auto, off, 128, 256 or 512");
    }
    if (simd.equals("off")) {
      String reason = "scalar: system property " + KernelProvider.PROPERTY + " is off";
      return new Choice(jvm.scalarKernels(), reason, false);
    }
    try {
      String obstacle = obstacle(jvm);
      return obstacle == null ? simd(jvm.simdKernels()) : scalar(jvm, obstacle);
    } catch (ReflectiveOperationException | LinkageError | ServiceConfigurationError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return scalar(jvm, "the vector kernels do not start (" + cause + ")");
    }
  }

  private static Choice simd(Kernels kernels) {
    String width = "simd " + kernels.width() + " bit";
    return new Choice(kernels, width + ": Vector API present, hardware fma", false);
  }

  private static Choice scalar(Environment jvm, String obstacle) {
    String reason = "scalar: " + obstacle + "; results are the same";
    return new Choice(jvm.scalarKernels(), reason, true);
  }

  /** What speaks against vectors, and the remedy if there is one; null if nothing does. */
  private static String obstacle(Environment jvm) throws ReflectiveOperationException {
    if (!jvm.hasVectorModule()) {
      return "module jdk.incubator.vector is not resolved; start with --add-modules"
          + " jdk.incubator.vector for speed";
    }
    String info = String.valueOf(jvm.vmInfo()).toLowerCase(Locale.ROOT);
    if (info.contains("emulated-client") || info.contains("interpreted")) {
      return "the JVM runs without its optimizing compiler ("
          + info
          + "), where vectors are slow;"
          + " start without -Xint and -XX:TieredStopAtLevel for speed";
    }
    int widest = jvm.widestVector();
    if (widest < NARROWEST) {
      return "the JVM has no vectors of " + NARROWEST + " bit or more on this CPU";
    }
    if (jvm.hasHardwareFma()) {
      return null;
    }
    return Fma.ruledOut()
        ? "system property limbeck.fma is software, and vectors need the instruction"
        : "this CPU or JVM has no fma instruction";
  }

  /** One line for who wanted vectors and does not get them. */
  void logRefusal(Logger logger) {
    logger.log(Level.INFO, "kernels: " + reason);
  }
}
