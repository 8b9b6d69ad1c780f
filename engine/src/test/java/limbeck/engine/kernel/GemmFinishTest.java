package limbeck.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Stream;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.f64.DoubleGemm;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link Gemm.Finish}: once for each element, after its final value, the product as without. */
class GemmFinishTest {
  /**
   * All ways that a product is computed: thin in m and in n, narrow edges, tall and wide ones in
   * pieces, no terms and no elements, several blocks of k in turn and side by side.
   */
  private static final int[][] SHAPES = {
    {1, 40, 70},
    {2, 33, 17},
    {40, 1, 70},
    {33, 2, 17},
    {5, 7, 9},
    {8, 32, 64},
    {13, 45, 520},
    {100, 300, 784},
    {300, 100, 70},
    {257, 515, 130},
    {600, 10, 900},
    {7, 9, 0},
    {0, 5, 5},
    {5, 0, 5},
    {10, 10, 9000},
    {3, 50, 70000},
    {1, 9, 9000},
    {9, 2, 9000},
    {70, 70, 4100},
    {40, 530, 8200}
  };

  static Stream<Arguments> kernelsAndWorkers() {
    return GemmTest.kernels().flatMap(g -> Stream.of(1, 3).map(w -> Arguments.of(g, w)));
  }

  @ParameterizedTest
  @MethodSource("kernelsAndWorkers")
  void everyElementIsFinishedOnceWithItsFinalValue(Gemm gemm, int count) {
    try (Workers workers = Workers.of(count)) {
      for (int[] s : SHAPES) {
        for (int form = 0; form < 4; form++) {
          GemmCase c = new GemmCase((form & 1) != 0, (form & 2) != 0, s[0], s[1], s[2], 1);
          float[] plain = c.multiply(gemm, workers);
          Finished finished = new Finished(c, plain);
          c.assertBits(c.multiply(gemm, workers, finished::of), "multiply with a finish");
          finished.assertAll();
          Finished ofPacked = new Finished(c, plain);
          Gemm.Packed b = c.repack(gemm, null);
          c.assertBits(c.multiplyPacked(gemm, workers, b, ofPacked::of), "packed with a finish");
          ofPacked.assertAll();
        }
      }
    }
  }

  /** Counts calls by element, and compares what the first piece of each finds with the product. */
  private static final class Finished {
    private final GemmCase product;
    private final float[] expected;
    private final AtomicIntegerArray calls;
    private final AtomicIntegerArray wrong = new AtomicIntegerArray(1);

    Finished(GemmCase product, float[] expected) {
      this.product = product;
      this.expected = expected;
      calls = new AtomicIntegerArray(product.m * product.n);
    }

    Gemm.Finish of(float[] c) {
      return (row, from, to) -> {
        if (from >= to) {
          wrong.incrementAndGet(0);
        }
        for (int j = from; j < to; j++) {
          int at = product.at + row * product.ldc + j;
          calls.incrementAndGet(row * product.n + j);
          if (Float.floatToRawIntBits(c[at]) != Float.floatToRawIntBits(expected[at])) {
            wrong.incrementAndGet(0);
          }
        }
      };
    }

    void assertAll() {
      assertEquals(0, wrong.get(0), product + ": elements not final, or empty pieces");
      for (int i = 0; i < calls.length(); i++) {
        assertEquals(1, calls.get(i), product + ": calls for element " + i);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernelsAndWorkers")
  void whatAFinishWritesStays(Gemm gemm, int count) {
    try (Workers workers = Workers.of(count)) {
      for (int[] s : SHAPES) {
        GemmCase c = new GemmCase(false, true, s[0], s[1], s[2], 1);
        float[] plain = c.multiply(gemm, workers);
        float[] negated = c.multiply(gemm, workers, y -> negation(c, y));
        for (int i = 0; i < plain.length; i++) {
          int column = (i - c.at) % c.ldc;
          boolean element = i >= c.at && i < c.at + c.m * c.ldc && column < c.n;
          assertEquals(element ? -plain[i] : plain[i], negated[i], c + " index " + i);
        }
      }
    }
  }

  private static Gemm.Finish negation(GemmCase c, float[] y) {
    return (row, from, to) -> {
      for (int i = c.at + row * c.ldc + from; i < c.at + row * c.ldc + to; i++) {
        y[i] = -y[i];
      }
    };
  }

  @Test
  void theOracleFinishesToo() {
    for (int k : new int[] {0, 3, 5000}) {
      Tensor a = Tensor.zeros(DType.F64, Shape.of(4, k));
      Tensor b = Tensor.zeros(DType.F64, Shape.of(5, k));
      Tensor y = Tensor.zeros(DType.F64, Shape.of(4, 5));
      Gemm.Finish add =
          (row, from, to) -> {
            assertTrue(from < to);
            for (int j = from; j < to; j++) {
              y.set(row * 5 + j, y.get(row * 5 + j) + row * 5 + j);
            }
          };
      DoubleGemm gemm = new DoubleGemm();
      Workers one = Workers.inline();
      gemm.multiply(one, false, true, 4, 5, k, a, 0, k, b, 0, k, y, 0, 5, add);
      assertCounts(y);
      Gemm.Packed packed = gemm.pack(true, 5, k, b, 0, k);
      gemm.multiplyPacked(one, false, 4, a, 0, k, packed, y, 0, 5, add);
      assertCounts(y);
    }
  }

  private static void assertCounts(Tensor y) {
    for (int i = 0; i < y.size(); i++) {
      assertEquals(i, y.get(i));
    }
  }
}
