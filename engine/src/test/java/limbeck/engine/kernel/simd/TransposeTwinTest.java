package limbeck.engine.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.f64.DoubleRows;
import limbeck.engine.kernel.scalar.ScalarRows;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** {@link Rows#transpose} of all providers: the block, and nothing beside it. */
class TransposeTwinTest {
  private static final int[] SIZES = {0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 67};

  /**
   * The block of numbers that say where they come from, at the very end of x and within y, whose
   * other elements stay.
   */
  private static void check(int rows, int columns, int ldx, int ldy) {
    int i = 5;
    int j = 3;
    int xSize = columns == 0 || rows == 0 ? i : i + (columns - 1) * ldx + rows;
    int ySize = j + rows * ldy + columns + 40;
    for (Rows provider : List.of(new ScalarRows(), new VectorRows(), new DoubleRows())) {
      DType type = provider instanceof DoubleRows ? DType.F64 : DType.F32;
      Tensor x = Tensor.zeros(type, Shape.of(xSize + 3)).slice(3, xSize + 3);
      Tensor y = Tensor.zeros(type, Shape.of(ySize));
      Tensor expected = Tensor.zeros(type, Shape.of(ySize));
      for (int e = 0; e < xSize; e++) {
        x.set(e, e + 1);
      }
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          expected.set(j + r * ldy + c, i + c * ldx + r + 1);
        }
      }
      provider.transpose(x, i, ldx, y, j, ldy, rows, columns);
      for (int e = 0; e < ySize; e++) {
        assertEquals(
            expected.get(e),
            y.get(e),
            provider.getClass().getSimpleName()
                + String.format(
                    Locale.ROOT,
                    " %d x %d, ldx %d, ldy %d, element %d",
                    rows,
                    columns,
                    ldx,
                    ldy,
                    e));
      }
    }
  }

  @Test
  void blocksOfAllSizes() {
    for (int rows : SIZES) {
      for (int columns : SIZES) {
        check(rows, columns, Math.max(1, rows), Math.max(1, columns));
        check(rows, columns, rows + 3, columns + 2);
      }
    }
  }

  /** With one row, neighbours of x may be any distance apart. */
  @Test
  void everyFewElements() {
    for (int columns : SIZES) {
      check(1, columns, 1, columns);
      check(1, columns, 2, columns);
      check(1, columns, 19, columns);
    }
  }

  @Property(tries = 300)
  void anyBlock(
      @ForAll @IntRange(max = 80) int rows,
      @ForAll @IntRange(max = 80) int columns,
      @ForAll @IntRange(max = 20) int beyondRow,
      @ForAll @IntRange(max = 20) int beyondColumn) {
    check(rows, columns, rows + 1 + beyondRow, columns + 1 + beyondColumn);
  }
}
