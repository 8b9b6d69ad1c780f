package limbeck.engine.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.index.Compare;
import limbeck.engine.op.index.Compare.Relation;
import limbeck.engine.op.index.TopK;
import limbeck.engine.op.layout.Concat;
import limbeck.engine.op.layout.MaskFill;
import limbeck.engine.op.layout.TakeAlong;
import limbeck.engine.op.reduce.ArgMax;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs some of whose values are integers. */
class IndexProgramTest {
  private static final float[] ROWS = {3, -1, 5, 0, /* */ -2, -7, 1, 4, /* */ 6, 6, -6, 2};

  @TempDir Path folder;

  /** The two largest of a row, then the row with −1 for what is not above 0. */
  private static Program program() {
    Program.Builder b = Program.builder(DType.F32, Shape.of(4));
    int zero = b.constant("zero", Tensor.of(Shape.SCALAR, 0f));
    int top = b.step(new TopK(2, -1), 0);
    int above = b.step(new Compare(Relation.GREATER), 0, zero);
    int largest = b.step(new TakeAlong(-1), 0, top);
    int filled = b.step(new MaskFill(-1), 0, above);
    b.step(new Concat(-1, 2), largest, filled);
    return b.build();
  }

  @Test
  void masksAndIndicesAreValues() throws IOException {
    Path file = folder.resolve("top");
    program().save(file, Map.of());
    Runner runner = Program.load(file).runner(Workers.inline());
    float[] out = new float[18];
    runner.run(ROWS, out);
    assertArrayEquals(
        new float[] {5, 3, 3, -1, 5, -1, /* */ 4, 1, -1, -1, 1, 4, /* */ 6, 6, 6, 6, -1, 2}, out);
    float[] one = new float[6];
    runner.run(new float[] {0, 1, 0, 2}, one);
    assertArrayEquals(new float[] {2, 1, -1, 1, -1, 2}, one);
    runner.run(ROWS, out);
    assertEquals(5, out[0]);
    assertEquals(4 * (16 + 16 + 16), intBytes(program(), 3), "6 and 12 integers, and the margin");
  }

  /** Bytes of what a plan for so many examples keeps integers in. */
  private static long intBytes(Program program, int batch) {
    Slabs slabs =
        new Plan(program, new Shape[] {Shape.of(batch, 4)}, Slabs.empty(DType.F32)).slabs();
    return (long) slabs.integers().size() * DType.I32.bytes();
  }

  @Test
  void theResultMayBeIntegers() {
    Program.Builder b = Program.builder(DType.F32, Shape.of(4));
    b.step(new ArgMax(-1, false), 0);
    Runner runner = b.build().runner(Workers.inline());
    Tensor out = Tensor.zeros(DType.I32, Shape.of(3));
    runner.run(Tensor.of(Shape.of(3, 4), ROWS), out);
    assertArrayEquals(new int[] {2, 3, 0}, out.ints());
    assertEquals(
        "run: the program makes I32 of F32: pass tensors",
        assertThrows(ShapeException.class, () -> runner.run(ROWS, new float[3])).getMessage());
  }

  @Test
  void integersAreNoNumbers() {
    Program.Builder b = Program.builder(DType.F32, Shape.of(4));
    b.step(new ArgMax(-1, true), b.step(new ArgMax(-1, true), 0));
    assertEquals(
        "program: step 1 (argMax) reads x of type I32, a floating type expected",
        assertThrows(ShapeException.class, b::build).getMessage());
  }
}
