package limbeck.engine.kernel.scalar;

import static limbeck.engine.math.Fma.fma;

import limbeck.engine.math.Exp;
import limbeck.engine.math.Sigmoid;

/**
 * Functions that let their argument through a gate, a sigmoid: GELU by tanh, and the slopes of it
 * and of SiLU. They define the bits of the loops, in vectors too.
 *
 * <p>The slope of x·σ(z) is σ + x·z′·σ·(1 − σ) = σ·(1 + t·(1 − σ)), t = x·z′. With e = e^z and w =
 * 1/(1 + e) it is (e·w)·(1 + t·w): w is 1 − σ without the cancellation of a difference, so that a
 * large t does no harm where the gate is open. The argument is kept within bounds beyond which the
 * slope is 0 or 1 to the last bit, so that neither e nor t overflows.
 */
public final class Gates {
  /** c₁ = 2·√(2/π), rounded. */
  public static final float C1 = 0x1.988454p0f;

  /** c₃ = 0.044715·c₁, rounded. */
  public static final float C3 = 0x1.2444f2p-4f;

  /** 3·c₃, rounded. */
  public static final float C3_TIMES_3 = 0x1.b6676cp-3f;

  /** Below, the slope of GELU is 0: z &lt; −112, and e^z is 0 from −104 on. */
  public static final float GELU_LOW = -11;

  /** Above, the slope of GELU is 1: z &gt; 40, so that t·w &lt; 2⁻⁵⁰. */
  public static final float GELU_HIGH = 7.4f;

  /** Above, the slope of SiLU is 1: t·w &lt; 2⁻⁵⁰. */
  public static final float SILU_HIGH = 40;

  private Gates() {}

  /** x·σ(z), z = x·(c₁ + c₃·x²); 0 from about −10.7 down, NaN for −∞ and NaN. */
  static float geluTanh(float x) {
    return x * Sigmoid.sigmoid(fma(x * x, C3, C1) * x);
  }

  /** d geluTanh / dx. */
  static float geluTanhSlope(float x) {
    float a = x > GELU_HIGH ? GELU_HIGH : x;
    a = a < GELU_LOW ? GELU_LOW : a;
    float square = a * a;
    float e = Exp.exp(fma(square, C3, C1) * a);
    float t = fma(square, C3_TIMES_3, C1) * a;
    float w = 1f / (1f + e);
    return (e * w) * fma(t, w, 1f);
  }

  /** d (x·σ(x)) / dx. */
  static float siluSlope(float x) {
    float a = x > SILU_HIGH ? SILU_HIGH : x;
    float e = Exp.exp(a);
    float w = 1f / (1f + e);
    return (e * w) * fma(a, w, 1f);
  }
}
