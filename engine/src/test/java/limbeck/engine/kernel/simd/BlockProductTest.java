package limbeck.engine.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.GemmCase;
import limbeck.engine.kernel.scalar.Matrix;
import org.junit.jupiter.api.Test;

/**
 * What takes several gigabytes to reach through the interface: more phases than one, for want of
 * packing memory.
 */
class BlockProductTest {
  @Test
  void littleMemoryGivesTheSameBits() {
    int m = 70;
    int n = 131;
    int k = 2050;
    GemmCase expected = new GemmCase(false, true, m, n, k, 0);
    Matrix a = new Matrix();
    a.set(expected.a, expected.indexA(0, 0), k, false);
    Matrix b = new Matrix();
    b.set(expected.b, expected.indexB(0, 0), k, true);
    for (int budget : new int[] {1, 1 << 13, 1 << 16, 1 << 18, 1 << 22}) {
      float[] c = new float[m * n];
      new BlockProduct(budget).into(m, n, c, 0, n, null).run(Workers.inline(), a, b, null, 0, k);
      for (int i = 0; i < m * n; i++) {
        assertEquals(expected.expected(i / n, i % n), c[i], "budget " + budget + ", element " + i);
      }
    }
  }
}
