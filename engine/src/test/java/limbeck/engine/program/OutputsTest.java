package limbeck.engine.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.Linear;
import limbeck.engine.op.Relu;
import limbeck.engine.op.Softmax;
import limbeck.engine.op.Tanh;
import limbeck.engine.op.index.TopK;
import limbeck.engine.op.layout.TakeAlong;
import limbeck.engine.op.reduce.Mean;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Programs that give back several of their results. */
class OutputsTest {
  static final int WIDTH = 9;

  /**
   * From [batch, width], of a chain and a long way on: the product inside the chain, what the rest
   * reads, places, their numbers, the mean, and once more what the rest reads.
   */
  static Program many() {
    Program.Builder b = Program.builder(DType.F32, Shape.of(WIDTH));
    int w = b.constant("w", Networks.normal(1, WIDTH, WIDTH));
    int bias = b.constant("b", Networks.normal(2, WIDTH));
    int product = b.step(new Linear(), 0, w, bias);
    int first = b.step(new Tanh(), b.step(new Relu(), product));
    int x = first;
    for (int layer = 0; layer < 4; layer++) {
      x = b.step(new Tanh(), b.step(new Linear(), x, w, bias));
    }
    int soft = b.step(new Softmax(), x);
    int top = b.step(new TopK(2, -1), soft);
    int taken = b.step(new TakeAlong(-1), soft, top);
    int mean = b.step(new Mean(-1), first);
    b.step(new Relu(), b.step(new Relu(), soft)); // which nobody asks for
    return b.build(product, first, top, taken, mean, first);
  }

  static Tensor[] room(Program program, Tensor... in) {
    Shape[] shapes = Arrays.stream(in).map(Tensor::shape).toArray(Shape[]::new);
    Shape[] wanted = program.outputShapes(shapes);
    Tensor[] out = new Tensor[wanted.length];
    for (int k = 0; k < out.length; k++) {
      out[k] = Tensor.zeros(program.outputTypes()[k], wanted[k]);
    }
    return out;
  }

  static Tensor[] run(Runner runner, Tensor... in) {
    Tensor[] out = room(runner.program(), in);
    runner.run(in, out);
    return out;
  }

  /** The same numbers in the same order; all that an output holds, a float holds too. */
  static void assertSame(Tensor[] expected, Tensor[] actual) {
    assertEquals(expected.length, actual.length);
    for (int k = 0; k < expected.length; k++) {
      assertEquals(expected[k].dtype(), actual[k].dtype(), "output " + k);
      assertEquals(expected[k].shape(), actual[k].shape(), "output " + k);
      for (int i = 0; i < expected[k].size(); i++) {
        assertEquals(expected[k].get(i), actual[k].get(i), "output " + k + "[" + i + "]");
      }
    }
  }

  @Test
  void eachIsWhatItsStepMakes() {
    Program program = many();
    assertEquals(
        List.of(DType.F32, DType.F32, DType.I32, DType.F32, DType.F32, DType.F32),
        List.of(program.outputTypes()));
    Shape rows = Shape.of(5, WIDTH);
    Shape two = Shape.of(5, 2);
    assertEquals(
        List.of(rows, rows, two, two, Shape.of(5), rows), List.of(program.outputShapes(rows)));
    Runner runner = program.runner(Workers.inline());
    for (int batch : new int[] {3, 1, 8, 3}) {
      Tensor in = Networks.normal(batch, batch, WIDTH);
      assertSame(Eager.outputs(program, in), run(runner, in));
    }
  }

  @Test
  void whoAsksForOneGetsTheFirst() {
    Program program = many();
    assertEquals(Shape.of(4, WIDTH), program.outputShape(4));
    assertEquals(Shape.of(4, WIDTH), program.outputShape(Shape.of(4, WIDTH)));
    Runner runner = program.runner(Workers.inline());
    Tensor in = Networks.normal(3, 4, WIDTH);
    float[] product = Eager.run(program, in).floats();
    Tensor one = Tensor.zeros(DType.F32, Shape.of(4, WIDTH));
    runner.run(in, one);
    assertArrayEquals(product, one.floats());
    float[] array = new float[product.length];
    runner.run(in.floats(), array);
    assertArrayEquals(product, array);
  }

  /** Else later results would lie where outputs do. */
  @Test
  void outputsKeepTheirMemoryUntilTheEnd() {
    assertEquals(2 * 48 + 16, size(false), "two results of 45 numbers at a time, and the margin");
    assertEquals(20 * 48 + 16, size(true));
  }

  /** What a plan keeps twenty results in, of which all or the last are outputs. */
  private static int size(boolean all) {
    Program.Builder b = Program.builder(DType.F32, Shape.of(WIDTH));
    int[] results = new int[20];
    for (int i = 0; i < results.length; i++) {
      results[i] = b.step(new Softmax(), i);
    }
    Program program = all ? b.build(results) : b.build();
    Shape[] in = {Shape.of(5, WIDTH)};
    return new Plan(program, in, Slabs.empty(DType.F32)).slabs().numbers().size();
  }

  @Test
  void allocatesNothingForShapesSeenBefore() {
    Program program = many();
    Runner runner = program.runner(Workers.inline());
    Tensor[][] in = new Tensor[4][];
    Tensor[][] out = new Tensor[in.length][];
    for (int k = 0; k < in.length; k++) {
      in[k] = new Tensor[] {Networks.normal(k, 1 + 3 * k, WIDTH)};
      out[k] = room(program, in[k]);
    }
    Allocations.assertNone(call -> runner.run(in[call % in.length], out[call % in.length]));
  }

  @Test
  void tensorsThatDoNotFit() {
    Runner runner = many().runner(Workers.inline());
    Tensor[] in = {Networks.normal(1, 2, WIDTH)};
    assertSays(
        "run: 6 outputs, 5 tensors for them",
        () -> runner.run(in, Arrays.copyOf(room(many(), in), 5)));
    assertSays("run: 6 outputs, 0 tensors for them", () -> runner.run(in, new Tensor[0]));
    Tensor[] small = room(many(), in);
    small[3] = Tensor.zeros(DType.F32, Shape.of(3));
    assertSays("[2, 2]", () -> runner.run(in, small));
    Tensor[] floats = room(many(), in);
    floats[2] = Tensor.zeros(DType.F32, Shape.of(2, 2));
    assertSays("I32", () -> runner.run(in, floats));
    assertSame(Eager.outputs(many(), in), run(runner, in)); // and goes on
  }

  private static void assertSays(String message, Runnable wrong) {
    String said = assertThrows(IllegalArgumentException.class, wrong::run).getMessage();
    assertEquals(true, said.contains(message), said);
  }

  @Test
  void whatIsNoResultOfAStep() {
    Program.Builder b = Program.builder(DType.F32, Shape.of(WIDTH));
    int constant = b.constant("c", Networks.normal(1, WIDTH));
    int last = b.step(new Relu(), 0);
    assertSays("program: no outputs", () -> b.build(new int[0]));
    assertSays(
        "program: output 0 is no result of a step: these are values 2 to 2", () -> b.build(0));
    assertSays("program: output 1 is no result", () -> b.build(last, constant));
    assertSays("program: output 3 is no result", () -> b.build(3));
    assertSays("program: output -1 is no result", () -> b.build(-1));
    assertSays("program: no steps", () -> Program.builder(DType.F32, Shape.of(2)).build());
    assertEquals(List.of(2), b.build().outputs());
    assertEquals(List.of(2, 2), b.build(2, 2).outputs());
  }

  @Test
  void oneThatIsNotTheLast() {
    Program.Builder b = Program.builder(DType.F32, Shape.of(3));
    int half = b.step(new Relu(), 0);
    b.step(new Mean(-1), half);
    Program program = b.build(half);
    float[] out = new float[6];
    program.runner(Workers.inline()).run(new float[] {1, -2, 3, -4, 5, -6}, out);
    assertArrayEquals(new float[] {1, 0, 3, 0, 5, 0}, out);
    assertThrows(
        ShapeException.class,
        () -> program.runner(Workers.inline()).run(new float[6], new float[2]));
  }
}
