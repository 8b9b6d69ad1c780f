package limbeck.engine.kernel;

import limbeck.engine.kernel.f64.DoubleKernels;
import limbeck.engine.kernel.scalar.ScalarKernels;
import limbeck.engine.math.Fma;

/**
 * The kernels of this JVM, chosen once, when first asked for. Float kernels use the Vector API if
 * it will be fast here, else plain loops with the same results: the module {@code
 * jdk.incubator.vector} must be resolved, the optimizing compiler on, vectors of 128 bits or more
 * and the fma instruction available. A refusal is logged once, at level INFO, to the system logger
 * {@code limbeck}.
 *
 * <p>System property {@value #PROPERTY} = {@code auto} (default), {@code off}, or a width of {@code
 * 128}, {@code 256} or {@code 512} bits; a width beyond the CPU's runs slowly, but correctly.
 */
public final class KernelProvider {
  /** The system property that chooses the float kernels. */
  public static final String PROPERTY = "limbeck.simd";

  private static final Kernels F64 = new DoubleKernels();

  private static final Kernels PLAIN_F32 = new ScalarKernels();

  private KernelProvider() {}

  /**
   * A wrong property must not make this class unusable without a word: hence the error as a value.
   */
  private static final class Chosen {
    static final Choice CHOICE;
    static final String ERROR;

    static {
      Choice choice = null;
      String error = null;
      try {
        Fma.checkProperty();
        choice = Choice.choose(new JvmEnvironment());
        if (choice.refused()) { // a logger costs a start tens of milliseconds
          choice.logRefusal(System.getLogger("limbeck"));
        }
      } catch (IllegalArgumentException e) {
        error = e.getMessage();
      }
      CHOICE = choice;
      ERROR = error;
    }
  }

  private static Choice choice() {
    if (Chosen.ERROR != null) {
      throw new IllegalArgumentException(Chosen.ERROR);
    }
    return Chosen.CHOICE;
  }

  /**
   * The kernels for tensors of type F32.
   *
   * @throws IllegalArgumentException if property {@code limbeck.simd} or {@code limbeck.fma} has a
   *     value it cannot have; so throw {@link #reason} and {@link #width}
   */
  public static Kernels f32() {
    return choice().kernels();
  }

  /** The kernels for tensors of type F32 without vectors: the same bits. */
  public static Kernels plainF32() {
    return PLAIN_F32;
  }

  /** The kernels for tensors of type F64: plain loops. */
  public static Kernels f64() {
    return F64;
  }

  /** Which float kernels were chosen and why, in one line. */
  public static String reason() {
    return choice().reason();
  }

  /** Vector width of the float kernels in bits; 0 for scalar loops. */
  public static int width() {
    return choice().kernels().width();
  }
}
