package limbeck.engine.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.WindowRows;
import limbeck.engine.kernel.f64.DoubleRows;
import limbeck.engine.kernel.scalar.ScalarRows;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/**
 * The loops of {@link WindowRows} over blocks and squares, of all providers, against their
 * formulas, exactly: at sizes around the widths of vectors, in tensors that end with the block.
 */
class PlaneLoopsTest {
  private static final List<Rows> PROVIDERS =
      List.of(new ScalarRows(), new VectorRows(), new DoubleRows());

  private static final int[] COLUMNS = {0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 48, 50};

  private final SplittableRandom random = new SplittableRandom(11);

  /** Whole numbers, whose sums are exact, with many that are equal; zeros of both signs, NaN. */
  private Tensor tensor(Rows rows, int size, boolean special) {
    Tensor x = Tensor.zeros(rows instanceof DoubleRows ? DType.F64 : DType.F32, Shape.of(size));
    for (int e = 0; e < size; e++) {
      int value = random.nextInt(-3, 4);
      boolean isNan = special && random.nextInt(9) == 0;
      x.set(e, isNan ? Double.NaN : value == 0 && random.nextBoolean() ? -0.0 : value);
    }
    return x;
  }

  private static void assertSame(Tensor expected, Tensor actual, String what) {
    for (int e = 0; e < expected.size(); e++) {
      assertEquals(expected.get(e), actual.get(e), what + ", element " + e);
    }
  }

  @Test
  void blocks() {
    for (Rows rows : PROVIDERS) {
      for (int step = 1; step <= 3; step++) {
        for (int columns : COLUMNS) {
          for (int count = 1; count <= 3; count++) {
            int apart = (columns - 1) * step + 1;
            blocks(rows, step, count, columns, Math.max(1, apart), Math.max(1, columns));
            blocks(rows, step, count, columns, Math.max(1, apart) + 2, columns + 5);
          }
        }
      }
    }
  }

  /** {@code wide} is the length of a row of spread elements, {@code narrow} of neighbours. */
  private void blocks(Rows rows, int step, int count, int columns, int wide, int narrow) {
    String what = rows.getClass().getSimpleName() + " " + count + " x " + columns + " by " + step;
    Tensor spread = tensor(rows, 3 + count * wide, false);
    Tensor taken = tensor(rows, 2 + count * narrow, false);
    Tensor added = spread.own();
    Tensor expectedTaken = taken.own();
    Tensor expectedAdded = spread.own();
    for (int r = 0; r < count; r++) {
      for (int c = 0; c < columns; c++) {
        int at = 3 + r * wide + c * step;
        expectedTaken.set(2 + r * narrow + c, spread.get(at));
        expectedAdded.set(at, spread.get(at) + taken.get(2 + r * narrow + c));
      }
    }
    rows.addBlock(taken, 2, narrow, added, 3, wide, step, count, columns);
    assertSame(expectedAdded, added, "addBlock " + what);
    rows.takeBlock(spread, 3, wide, step, taken, 2, narrow, count, columns);
    assertSame(expectedTaken, taken, "takeBlock " + what);
  }

  @Test
  void squares() {
    for (Rows rows : PROVIDERS) {
      for (int width = 2; width <= 70; width += 2) {
        for (int count = 0; count <= 4; count++) {
          squares(rows, width, count, true);
          squares(rows, width, count, false);
        }
      }
    }
  }

  private void squares(Rows rows, int width, int count, boolean special) {
    String what = rows.getClass().getSimpleName() + " " + count + " of " + width;
    Tensor x = tensor(rows, 1 + 2 * width * count, special);
    Tensor y = tensor(rows, 2 + width / 2 * count, false);
    Tensor dy = tensor(rows, 3 + width / 2 * count, false);
    Tensor dx = tensor(rows, 1 + 2 * width * count, false);
    Tensor expected = y.own();
    Tensor expectedDx = dx.own();
    for (int t = 0; t < width / 2 * count; t++) {
      int corner = 1 + t / (width / 2) * 2 * width + t % (width / 2) * 2;
      int[] square = {corner, corner + 1, corner + width, corner + width + 1};
      double max = Double.NEGATIVE_INFINITY;
      for (int e : square) {
        max = Math.max(max, x.get(e));
      }
      expected.set(2 + t, max);
      double left = dy.get(3 + t) + 0.0;
      for (int e : square) {
        boolean takes = x.get(e) == max || Double.isNaN(x.get(e));
        expectedDx.set(e, takes ? left : 0);
        left = takes ? 0 : left;
      }
    }
    rows.maxOfSquares(x, 1, width, y, 2, count);
    assertSame(expected, y, "maxOfSquares " + what);
    rows.maxOfSquaresGrad(x, 1, width, dy, 3, dx, 1, count);
    assertSame(expectedDx, dx, "maxOfSquaresGrad " + what);
  }
}
