package limbeck.engine.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.Add;
import limbeck.engine.op.CustomOp;
import limbeck.engine.op.Linear;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.Relu;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Programs that take several inputs, of which axes beside the batch may be free. */
class InputsTest {
  static final int IN = 6;
  static final int OUT = 5;

  /** relu(linear(a) + linear(b)), for sequences of any length. */
  static Program twoSequences() {
    Program.Builder b =
        Program.builder(
            Input.of("a", DType.F32, Shape.of(4, IN)).free(0),
            Input.of("b", DType.F32, Shape.of(4, IN)).free(0));
    int w = b.constant("w", Networks.normal(1, OUT, IN));
    int v = b.constant("v", Networks.normal(2, OUT, IN));
    int c = b.constant("c", Networks.normal(3, OUT));
    int sum = b.step(new Add(), b.step(new Linear(), 0, w, c), b.step(new Linear(), 1, v, c));
    b.step(new Relu(), sum);
    return b.build();
  }

  /** Keeps x where the mask is not 0. */
  private record Masked() implements CustomOp {
    @Override
    public Shape infer(Shape... in) {
      spec().requireSameShape(1, in);
      return in[0];
    }

    @Override
    public void forward(OpContext c, Tensor[] in, Tensor out) {
      for (int i = 0; i < out.size(); i++) {
        out.set(i, in[1].get(i) == 0 ? 0 : in[0].get(i));
      }
    }

    @Override
    public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
      throw new IllegalStateException("programs do not go back");
    }

    @Override
    public boolean differentiable(int k) {
      return k == 0;
    }

    @Override
    public OpSpec spec() {
      return OpSpec.of("masked").operand("x", "...").operand("mask", "...");
    }
  }

  static Tensor[] inputs(int batch, int time) {
    return new Tensor[] {Networks.normal(5, batch, time, IN), Networks.normal(6, batch, time, IN)};
  }

  static float[] run(Runner runner, Tensor... in) {
    Shape[] shapes = Arrays.stream(in).map(Tensor::shape).toArray(Shape[]::new);
    Tensor out = Tensor.zeros(DType.F32, runner.program().outputShape(shapes));
    runner.run(in, out);
    return out.floats();
  }

  /** Rows are independent here: any shape is as good as many shapes of one row. */
  @Test
  void oneProgramServesAllShapes() {
    Runner runner = twoSequences().runner(Workers.inline());
    int[][] shapes = {{1, 4}, {2, 4}, {2, 7}, {1, 1}, {5, 33}, {1, 4}, {0, 3}, {3, 0}, {9, 2}};
    for (int[] shape : shapes) {
      Tensor[] in = inputs(shape[0], shape[1]);
      float[] all = run(runner, in);
      int rows = shape[0] * shape[1];
      assertEquals(rows * OUT, all.length);
      for (int row = 0; row < rows; row++) {
        Tensor a = Tensor.view(in[0].floats(), row * IN, Shape.of(1, 1, IN));
        Tensor b = Tensor.view(in[1].floats(), row * IN, Shape.of(1, 1, IN));
        float[] expected = Arrays.copyOfRange(all, row * OUT, (row + 1) * OUT);
        assertArrayEquals(expected, run(runner, a, b), Arrays.toString(shape) + " row " + row);
      }
    }
  }

  @Test
  void inputsGoByTheirOrder() {
    Tensor[] in = inputs(2, 3);
    Runner runner = twoSequences().runner(Workers.inline());
    float[] straight = run(runner, in);
    float[] crossed = run(runner, in[1], in[0]);
    assertTrue(!Arrays.equals(straight, crossed));
    assertArrayEquals(straight, run(runner, in));
  }

  @Test
  void integersBesideFloats() {
    Program.Builder b =
        Program.builder(
            Input.of("mask", DType.I32, Shape.of(3)).free(0),
            Input.of("x", DType.F32, Shape.of(3)).free(0));
    b.step(new Relu(), b.step(new Masked(), 1, 0));
    Runner runner = b.build().runner(Workers.inline());
    Tensor mask = Tensor.of(Shape.of(2, 2), 1, 0, 0, 7);
    Tensor x = Tensor.of(Shape.of(2, 2), 1f, 2f, 3f, 4f);
    assertArrayEquals(new float[] {1, 0, 0, 4}, run(runner, mask, x));
    assertSays("run: input mask is F32, the program expects I32", () -> run(runner, x, mask));
  }

  @Test
  void allocatesNothingForShapesSeenBefore() {
    Runner runner = twoSequences().runner(Workers.inline());
    int[][] shapes = {{1, 3}, {2, 4}, {2, 3}, {8, 33}};
    Tensor[][] in = Arrays.stream(shapes).map(s -> inputs(s[0], s[1])).toArray(Tensor[][]::new);
    Tensor[] out =
        Arrays.stream(shapes)
            .map(s -> Tensor.zeros(DType.F32, Shape.of(s[0], s[1], OUT)))
            .toArray(Tensor[]::new);
    Allocations.assertNone(call -> runner.run(in[call % in.length], out[call % in.length]));
  }

  @Test
  void plansShareTheirMemory() {
    Program program = twoSequences();
    Slabs none = Slabs.empty(DType.F32);
    Plan large = new Plan(program, shapes(4, 50), none);
    assertNotSame(none, large.slabs());
    assertSame(large.slabs(), new Plan(program, shapes(3, 50), large.slabs()).slabs());
    Slabs larger = new Plan(program, shapes(5, 50), large.slabs()).slabs();
    assertTrue(larger.numbers().size() > large.slabs().numbers().size());
    assertEquals(0, larger.integers().size());
  }

  private static Shape[] shapes(int batch, int time) {
    return new Shape[] {Shape.of(batch, time, IN), Shape.of(batch, time, IN)};
  }

  private static void assertSays(String message, Runnable wrong) {
    RuntimeException e = assertThrows(RuntimeException.class, wrong::run);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void refusesWhatDoesNotFit() {
    Program program = twoSequences();
    Runner runner = program.runner(Workers.inline());
    Tensor[] in = inputs(2, 3);
    assertSays("run: inputs [a, b] expected, 1 given", () -> run(runner, in[0]));
    assertSays(
        "run: input b [2, 3] is no batch of examples [*, 6]",
        () -> run(runner, in[0], Tensor.zeros(DType.F32, Shape.of(2, 3))));
    assertSays(
        "run: input a [2, 3, 7] is no batch of examples [*, 6]",
        () -> run(runner, Tensor.zeros(DType.F32, Shape.of(2, 3, 7)), in[1]));
    assertSays(
        "run: input a [2, 3, 6] and input b [3, 3, 6] disagree on the batch",
        () -> run(runner, in[0], inputs(3, 3)[1]));
    assertSays("add: a [2, 3, 5] and b [2, 4, 5]", () -> run(runner, in[0], inputs(2, 4)[1]));
    assertSays("it takes [a, b], not one input", () -> runner.run(new float[48], new float[40]));
    assertSays("it takes [a, b], not one input", program::inputType);
    assertSays("it takes [a, b], not one input", program::example);
    assertEquals(30, run(runner, in).length); // and goes on
  }

  @Test
  void arraysCannotSayHowLongAFreeAxisIs() {
    Program.Builder b = Program.builder(Input.of("x", DType.F32, Shape.of(3)).free(0));
    b.step(new Relu(), 0);
    Runner runner = b.build().runner(Workers.inline());
    assertSays(
        "run: 6 numbers are no batch of examples [*]",
        () -> runner.run(new float[6], new float[6]));
    assertThrows(ShapeException.class, () -> runner.run(new float[0], new float[0]));
  }

  @Test
  void wrongInputs() {
    Input x = Input.of("x", DType.F32, Shape.of(3, 4));
    assertSays("no inputs", () -> Program.builder());
    assertSays("two inputs are named \"x\"", () -> Program.builder(x, x));
    assertSays("input name \"\" is no line", () -> Input.of("", DType.F32, Shape.of(3)));
    assertSays("free axes [2] are not", () -> x.free(2));
    assertSays("free axes [-1] are not", () -> x.free(-1));
    assertSays("free axes [1, 0] are not", () -> x.free(1, 0));
    assertSays("free axes [0, 0] are not", () -> x.free(0, 0));
    assertSays(
        "leave room for the batch",
        () -> Input.of("x", DType.F32, Shape.of(1, 1, 1, 1, 1, 1, 1, 1)));
    assertSays(
        "step 0 (relu) reads x of type I32, a floating type expected",
        () -> {
          Program.Builder b = Program.builder(DType.I32, Shape.of(3));
          b.step(new Relu(), 0);
          b.build();
        });
  }
}
