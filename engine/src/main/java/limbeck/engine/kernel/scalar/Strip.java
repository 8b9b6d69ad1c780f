package limbeck.engine.kernel.scalar;

import static limbeck.engine.kernel.scalar.ColumnStrips.WIDTH;

import limbeck.engine.math.Fma;

/** The inner loops of {@link ScalarGemm}, which C2 vectorizes. */
final class Strip {
  private Strip() {}

  /** Four steps of the chains in c. */
  static void four(float a0, float a1, float a2, float a3, float[] b, float[] c, int n) {
    for (int j = 0; j < n; j++) {
      float s = Fma.fma(a0, b[j], c[j]);
      s = Fma.fma(a1, b[j + WIDTH], s);
      s = Fma.fma(a2, b[j + 2 * WIDTH], s);
      c[j] = Fma.fma(a3, b[j + 3 * WIDTH], s);
    }
  }

  /** One step of the chains in c. */
  static void one(float a, float[] b, float[] c, int n) {
    for (int j = 0; j < n; j++) {
      c[j] = Fma.fma(a, b[j], c[j]);
    }
  }
}
