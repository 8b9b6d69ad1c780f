package limbeck.engine.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import limbeck.engine.kernel.RowLoop;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.scalar.ScalarRows;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Once compiled, no loop allocates, whatever the row length and whatever lengths came before.
 *
 * <p>A vector that the compiler fails to keep in registers is an object, so this is also the guard
 * of the loops' speed.
 */
class RowsAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Short rows first: a method compiled for them alone must not spoil longer ones. */
  private static final int[] SIZES = {3, 10, 16, 17, 31, 47, 64, 300};

  private static final int CALLS = 2_000;

  /** Time for the compiler to finish in the background, where it shares its core. */
  private static final long PATIENCE = 30_000_000_000L;

  @SuppressWarnings("UnusedVariable") // written, so that no loop is dead code
  private static double sink;

  @BeforeAll
  static void counterWorks() {
    long before = allocated();
    Object[] block = new Object[1000];
    assertTrue(allocated() - before >= 4000, "allocation is counted: " + block.length);
  }

  static List<RowLoop> loops() {
    return RowLoop.ALL;
  }

  private static long allocated() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  /**
   * A program calls many loops. A JVM that has seen no vector yet and compiles its only loop into
   * its only caller knows too little of the types to do it well, on 17.
   */
  @BeforeAll
  static void callEveryLoop() {
    for (RowLoop loop : RowLoop.ALL) {
      for (Rows rows : List.of(new ScalarRows(), new VectorRows())) {
        bytes(loop, rows, operands(loop, 40, 0), new int[loop.operands()], 40);
      }
    }
  }

  /** Operands that end {@code after} elements past the row. */
  private static Tensor[] operands(RowLoop loop, int n, int after) {
    Tensor[] x = new Tensor[loop.operands()];
    for (int o = 0; o < x.length; o++) {
      float[] values = new float[n + 1 + after];
      for (int e = 0; e < values.length; e++) {
        values[e] = 0.5f + (e + o) % 7;
      }
      x[o] = Tensor.view(values, 1, Shape.of(n));
    }
    return x;
  }

  private static long bytes(RowLoop loop, Rows rows, Tensor[] x, int[] at, int n) {
    long before = allocated();
    double sum = 0;
    for (int call = 0; call < CALLS; call++) {
      sum += loop.run(rows, x, at, n);
    }
    sink = sum;
    return allocated() - before;
  }

  @ParameterizedTest
  @MethodSource("loops")
  void allocatesNothing(RowLoop loop) {
    for (Rows rows : List.of(new ScalarRows(), new VectorRows())) {
      for (int n : SIZES) {
        for (int after : new int[] {0, 16}) {
          Tensor[] x = operands(loop, n, after);
          int[] at = new int[x.length];
          long bytes = bytes(loop, rows, x, at, n);
          for (long start = System.nanoTime();
              bytes > 0 && System.nanoTime() - start < PATIENCE; ) {
            bytes = bytes(loop, rows, x, at, n);
          }
          String what = loop + " " + rows.getClass().getSimpleName() + " n=" + n + " +" + after;
          assertEquals(0, bytes, what + ": bytes in " + CALLS + " calls");
        }
      }
    }
  }
}
