package limbeck.engine.op.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Padding, rows one by one, and wrong ids. */
class EmbeddingTest {
  private final OpContext context = new OpContext(Workers.inline());

  private static Tensor ids(int n, int rows) {
    Philox random = new Philox(3, n);
    Tensor ids = Tensor.zeros(DType.I32, Shape.of(n));
    for (int i = 0; i < n; i++) {
      ids.set(i, random.below(i, rows));
    }
    return ids;
  }

  private Tensor gradient(Embedding op, Tensor ids, Tensor table, Tensor dy) {
    Tensor dTable = Tensor.zeros(DType.F32, table.shape());
    dTable.fill(Double.NaN);
    op.backward(context, new Tensor[] {ids, table}, null, dy, new Tensor[] {null, dTable});
    return dTable;
  }

  private static Tensor normal(int stream, int... axes) {
    Tensor t = Tensor.zeros(DType.F32, Shape.of(axes));
    Philox random = new Philox(4, stream);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, random.normal(i));
    }
    return t;
  }

  @Test
  void paddingGetsNoGradientAndOthersTheirs() {
    Tensor table = normal(1, 6, 5);
    Tensor ids = ids(40, 6);
    Tensor dy = normal(2, 40, 5);
    Tensor all = gradient(new Embedding(), ids, table, dy);
    Tensor padded = gradient(new Embedding(2), ids, table, dy);
    for (int row = 0; row < 6; row++) {
      float[] expected = row == 2 ? new float[5] : row(all, row);
      assertArrayEquals(expected, row(padded, row), "row " + row);
    }
  }

  private static float[] row(Tensor t, int row) {
    int width = t.shape().last();
    return Arrays.copyOfRange(t.floats(), row * width, (row + 1) * width);
  }

  /** The rows touched are those of the ids, ascending, and have the bits of the whole gradient. */
  @ParameterizedTest
  @CsvSource({"1, 1, -1", "40, 6, -1", "40, 6, 2", "9, 300, 5", "2000, 70000, 0", "5, 1, 0"})
  void rowsAreThoseOfTheWhole(int n, int rows, int padding) {
    Embedding op = new Embedding(padding);
    Tensor table = normal(1, rows, 3);
    Tensor ids = ids(n, rows);
    Tensor dy = normal(2, n, 3);
    Tensor whole = gradient(op, ids, table, dy);
    Tensor[] in = {ids, table};
    Tensor found = Tensor.zeros(DType.I32, Shape.of(op.mostRows(in)));
    Tensor values = Tensor.zeros(DType.F32, Shape.of(op.mostRows(in), 3));
    int count = op.backwardRows(context, in, dy, found, values);
    int[] expected =
        Arrays.stream(ids.ints()).filter(id -> id != padding).sorted().distinct().toArray();
    assertArrayEquals(expected, Arrays.copyOf(found.ints(), count));
    float[] scattered = new float[rows * 3];
    for (int i = 0; i < count; i++) {
      System.arraycopy(values.floats(), i * 3, scattered, expected[i] * 3, 3);
    }
    assertArrayEquals(whole.floats(), scattered);
  }

  @Test
  void wrongIdsAreRefused() {
    Tensor table = normal(1, 10, 4);
    assertSays(
        "id 10 at [1, 0] of ids [2, 3] is no row of table [rows=10, width=4]",
        Tensor.of(Shape.of(2, 3), 0, 9, 3, 10, -5, 2),
        table);
    assertSays(
        "id 11 at [1, 1] of ids [3, 2] is no row of table [rows=10, width=4]",
        Tensor.of(Shape.of(3, 2), 0, 9, 3, 11, 5, 2),
        table);
    assertSays(
        "id -1 at [2] of ids [3] is no row of table [rows=10, width=4]",
        Tensor.of(Shape.of(3), 0, 9, -1),
        table);
    assertSays("ids [1] is F32, I32 expected", Tensor.of(Shape.of(1), 1f), table);
    var e = assertThrows(IllegalArgumentException.class, () -> new Embedding(-2));
    assertEquals("embedding: padding index -2, a row number or -1 expected", e.getMessage());
  }

  private void assertSays(String message, Tensor ids, Tensor table) {
    Embedding op = new Embedding();
    Tensor out = Tensor.zeros(DType.F32, op.infer(ids.shape(), table.shape()));
    var e =
        assertThrows(
            ShapeException.class, () -> op.forward(context, new Tensor[] {ids, table}, out));
    assertEquals("embedding: " + message, e.getMessage());
  }
}
