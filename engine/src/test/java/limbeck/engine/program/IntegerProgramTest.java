package limbeck.engine.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.Add;
import limbeck.engine.op.Relu;
import limbeck.engine.op.Scale;
import limbeck.engine.op.index.IntegerMath;
import limbeck.engine.op.index.IntegerMath.Operation;
import limbeck.engine.op.index.ToFloats;
import limbeck.engine.op.index.ToIntegers;
import limbeck.engine.op.layout.Gather;
import limbeck.engine.op.layout.SliceAs;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that compute with integers, some of them with nothing else. */
class IntegerProgramTest {
  @TempDir Path folder;

  /** (7 · x) mod 5, and whether its lowest bit is set. */
  private static Program alone() {
    Program.Builder b = Program.builder(Input.of("x", DType.I32, Shape.of(3)));
    int seven = b.constant("seven", Tensor.of(Shape.SCALAR, 7));
    int five = b.constant("five", Tensor.of(Shape.SCALAR, 5));
    int one = b.constant("one", Tensor.of(Shape.of(3), 1, 1, 1));
    int product = b.step(new IntegerMath(Operation.MUL), 0, seven);
    int rest = b.step(new IntegerMath(Operation.MODULO), product, five);
    int odd = b.step(new IntegerMath(Operation.AND), rest, one);
    return b.build(rest, odd);
  }

  @Test
  void integersAlone() throws IOException {
    Path file = folder.resolve("alone");
    alone().save(file, Map.of());
    Runner runner = Program.load(file).runner(Workers.inline());
    Tensor[] in = {Tensor.of(Shape.of(2, 3), 1, -1, 0, 306_783_379, -4, 2)};
    Tensor[] out = OutputsTest.run(runner, in);
    assertArrayEquals(new int[] {2, 3, 0, 2, 2, 4}, out[0].ints()); // 2³¹ + 5 wraps around
    assertArrayEquals(new int[] {0, 1, 0, 0, 0, 0}, out[1].ints());
    assertEquals(
        "run: the program makes I32 of I32: pass tensors",
        assertThrows(ShapeException.class, () -> runner.run(new float[3], new float[3]))
            .getMessage());
    Allocations.assertNone(call -> runner.run(in, out));
  }

  /** Numbers on the way to integers and back; nothing else says that they are doubles. */
  @Test
  void thereAndBack() throws IOException {
    for (DType type : new DType[] {DType.F32, DType.F64}) {
      Program.Builder b = Program.builder(DType.I32, Shape.of(4));
      int half = b.step(new Scale(0.5), b.step(new ToFloats(type, false), 0));
      int cut = b.step(new ToIntegers(false), half);
      Program program = b.build(half, cut);
      Path file = folder.resolve(type.name());
      program.save(file, Map.of());
      Tensor in = Tensor.of(Shape.of(1, 4), 3, -3, 33_554_434, Integer.MIN_VALUE);
      Tensor[] out = OutputsTest.run(Program.load(file).runner(Workers.inline()), in);
      assertEquals(type, out[0].dtype());
      assertEquals(-1.5, out[0].get(1));
      int rounded = type == DType.F32 ? 16_777_216 : 16_777_217;
      assertArrayEquals(new int[] {1, -1, rounded, -(1 << 30)}, out[1].ints());
    }
  }

  /** Tokens and positions, for texts of any length up to that of the table. */
  @Test
  void aTableCutToTheLengthOfABatch() {
    Program.Builder b = Program.builder(Input.of("ids", DType.I32, Shape.of(3)).free(0));
    Tensor table = Networks.normal(1, 5, 2);
    Tensor places = Networks.normal(2, 4, 2);
    int tokens = b.constant("tokens", table);
    int positions = b.constant("positions", places);
    int cut = b.step(new SliceAs(0, 1), positions, 0);
    b.step(new Add(), b.step(new Gather(0), tokens, 0), cut);
    Runner runner = b.build().runner(Workers.inline());
    for (int length : new int[] {1, 4, 2}) {
      Tensor ids = Tensor.zeros(DType.I32, Shape.of(2, length));
      ids.fill(3);
      Tensor out = OutputsTest.run(runner, ids)[0];
      for (int i = 0; i < out.size(); i++) {
        float expected = table.floats()[3 * 2 + i % 2] + places.floats()[i % (2 * length)];
        assertEquals(expected, out.floats()[i]);
      }
    }
    Tensor long5 = Tensor.zeros(DType.I32, Shape.of(2, 5));
    assertEquals(
        "sliceAs: x [4, 2] has 4 entries along axis 0, fewer than the 5 of like [2, 5]",
        assertThrows(ShapeException.class, () -> OutputsTest.run(runner, long5)).getMessage());
  }

  @Test
  void numbersAndIntegersAreNotMixedUp() {
    Program.Builder b = Program.builder(DType.I32, Shape.of(3));
    b.step(new Relu(), 0);
    assertSays("step 0 (relu) reads x of type I32, a floating type expected", b);
    Program.Builder sum = Program.builder(DType.F32, Shape.of(3));
    sum.step(new IntegerMath(Operation.ADD), 0, 0);
    assertSays("step 0 (integerMath) reads a of type F32, I32 expected", sum);
    Program.Builder both = Program.builder(DType.F32, Shape.of(3));
    both.step(new Add(), 0, both.step(new ToFloats(DType.F64, true), intsOf(both)));
    assertSays(
        "step 1 (toFloats) makes a value of type F64, but the program computes in F32", both);
  }

  private static int intsOf(Program.Builder b) {
    return b.step(new ToIntegers(true), 0);
  }

  private static void assertSays(String message, Program.Builder wrong) {
    String said = assertThrows(ShapeException.class, wrong::build).getMessage();
    assertEquals("program: " + message, said);
  }
}
