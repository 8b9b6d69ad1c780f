package limbeck.engine.program;

import static limbeck.engine.program.OutputsTest.assertSame;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import limbeck.engine.exec.Workers;
import limbeck.engine.op.Add;
import limbeck.engine.op.Mul;
import limbeck.engine.op.Relu;
import limbeck.engine.op.layout.Gather;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Inputs that have no batch axis, alone and beside others. */
class WholeInputsTest {
  private static final int WIDTH = 4;

  /** Rows of a table of any length for texts of any length, times a number, plus a row of each. */
  static Program lookup() {
    Program.Builder b =
        Program.builder(
            Input.whole("table", DType.F32, Shape.of(10, WIDTH)).free(0),
            Input.of("ids", DType.I32, Shape.of(3)).free(0),
            Input.whole("factor", DType.F32, Shape.SCALAR),
            Input.of("shift", DType.F32, Shape.of(1, WIDTH)));
    int rows = b.step(new Gather(0), 0, 1);
    b.step(new Add(), b.step(new Mul(), rows, 2), 3);
    return b.build();
  }

  static Tensor[] inputs(int entries, int batch, int length) {
    Tensor ids = Tensor.zeros(DType.I32, Shape.of(batch, length));
    for (int i = 0; i < ids.size(); i++) {
      ids.set(i, i * 7 % entries);
    }
    return new Tensor[] {
      Networks.normal(1, entries, WIDTH),
      ids,
      Networks.normal(2),
      Networks.normal(3, batch, 1, WIDTH)
    };
  }

  @Test
  void theirSizeIsNotTheBatchs() {
    Program program = lookup();
    Runner runner = program.runner(Workers.inline());
    int[][] sizes = {{10, 2, 3}, {1, 5, 3}, {7, 1, 4}, {7, 0, 4}, {10, 2, 3}, {3, 3, 3}};
    for (int[] size : sizes) {
      Tensor[] in = inputs(size[0], size[1], size[2]);
      Tensor[] out = OutputsTest.run(runner, in);
      assertEquals(Shape.of(size[1], size[2], WIDTH), out[0].shape());
      assertSame(Eager.outputs(program, in), out);
    }
    assertEquals(Shape.of(6, 3, WIDTH), program.outputShape(6));
  }

  @Test
  void allocatesNothingForShapesSeenBefore() {
    Program program = lookup();
    Runner runner = program.runner(Workers.inline());
    Tensor[][] in = {inputs(10, 2, 3), inputs(8, 2, 3), inputs(10, 5, 3), inputs(10, 2, 7)};
    Tensor[][] out = new Tensor[in.length][];
    for (int k = 0; k < in.length; k++) {
      out[k] = OutputsTest.room(program, in[k]);
    }
    Allocations.assertNone(call -> runner.run(in[call % in.length], out[call % in.length]));
  }

  @Test
  void shapesThatDoNotFit() {
    Runner runner = lookup().runner(Workers.inline());
    assertRefused("run: input table [10, 5] is not of the shape [*, 4]", runner, 0, 10, 5);
    assertRefused("run: input table [1, 10, 4] is not of the shape [*, 4]", runner, 0, 1, 10, 4);
    assertRefused("run: input factor [1] is not of the shape []", runner, 2, 1);
    assertRefused("run: input shift [2, 4] is no batch of examples [1, 4]", runner, 3, 2, 4);
    assertRefused(
        "run: input ids [2, 3] and input shift [3, 1, 4] disagree on the batch",
        runner,
        3,
        3,
        1,
        4);
    assertEquals(24, OutputsTest.run(runner, inputs(5, 2, 3))[0].size()); // and goes on
  }

  /** Whatever the second input's batch is, it is the only one. */
  private static void assertRefused(String message, Runner runner, int wrong, int... axes) {
    Tensor[] in = inputs(10, 2, 3);
    in[wrong] = Tensor.zeros(DType.F32, Shape.of(axes));
    Tensor out = Tensor.zeros(DType.F32, Shape.of(2, 3, WIDTH));
    assertEquals(
        message, assertThrows(ShapeException.class, () -> runner.run(in, out)).getMessage());
  }

  @Test
  void arraysAreTheWholeInput() {
    Program.Builder b = Program.builder(Input.whole("x", DType.F32, Shape.of(2, 2)));
    b.step(new Relu(), 0);
    Program program = b.build();
    assertEquals(Shape.of(2, 2), program.outputShape(9));
    Runner runner = program.runner(Workers.inline());
    float[] out = new float[4];
    runner.run(new float[] {1, -2, 3, -4}, out);
    assertArrayEquals(new float[] {1, 0, 3, 0}, out);
    runner.run(new float[] {-1, 2, -3, 4}, out);
    assertArrayEquals(new float[] {0, 2, 0, 4}, out);
    for (int wrong : new int[] {0, 2, 8}) {
      assertEquals(
          "run: " + wrong + " numbers are not of the shape [2, 2]",
          assertThrows(ShapeException.class, () -> runner.run(new float[wrong], new float[wrong]))
              .getMessage());
    }
    Allocations.assertNone(call -> runner.run(out, out));
  }

  @Test
  void arraysCannotSayHowLongAFreeAxisIs() {
    Program.Builder b = Program.builder(Input.whole("x", DType.F32, Shape.of(2, 2)).free(1));
    b.step(new Relu(), 0);
    Runner runner = b.build().runner(Workers.inline());
    assertEquals(
        "run: 4 numbers are not of the shape [2, *]",
        assertThrows(ShapeException.class, () -> runner.run(new float[4], new float[4]))
            .getMessage());
    Tensor x = Tensor.of(Shape.of(2, 3), 1f, -1, 2, -2, 3, -3);
    assertArrayEquals(new float[] {1, 0, 2, 0, 3, 0}, OutputsTest.run(runner, x)[0].floats());
  }

  /** They need no room for a batch axis. */
  @Test
  void asManyAxesAsATensorHas() {
    Shape most = Shape.of(1, 2, 1, 1, 1, 1, 1, 2);
    Program.Builder b = Program.builder(Input.whole("x", DType.F32, most));
    b.step(new Relu(), 0);
    float[] out = new float[4];
    b.build().runner(Workers.inline()).run(new float[] {1, 2, -3, 4}, out);
    assertArrayEquals(new float[] {1, 2, 0, 4}, out);
    assertThrows(ShapeException.class, () -> Input.of("x", DType.F32, most));
  }
}
