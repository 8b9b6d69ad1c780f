package limbeck.engine.op.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.index.IntegerMath.Operation;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** What is refused for its value or its type, and what has no integer. */
class IndexEdgesTest {
  private static Tensor run(Op op, Tensor... in) {
    Shape[] shapes = Arrays.stream(in).map(Tensor::shape).toArray(Shape[]::new);
    Tensor out = Tensor.zeros(op.resultType(DType.F32), op.infer(shapes));
    op.forward(new OpContext(Workers.inline()), in, out);
    return out;
  }

  private static void assertSays(String message, Op op, Tensor... in) {
    assertEquals(message, assertThrows(ShapeException.class, () -> run(op, in)).getMessage());
  }

  private static Tensor numbers(double... x) {
    return Tensor.of(Shape.of(x.length), x);
  }

  private static Tensor integers(int... x) {
    return Tensor.of(Shape.of(x.length), x);
  }

  @Test
  void divisionBy0() {
    Tensor a = integers(3, 0, -3);
    Tensor b = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 0, 0);
    String rest = " by b [2, 3], whose element 4 is 0";
    assertSays("integerMath: div" + rest, new IntegerMath(Operation.DIV), a, b);
    assertSays("integerMath: remainder" + rest, new IntegerMath(Operation.REMAINDER), a, b);
    assertSays("integerMath: modulo" + rest, new IntegerMath(Operation.MODULO), a, b);
    assertArrayEquals(
        new int[] {3, 0, -9, 12, 0, 0}, run(new IntegerMath(Operation.MUL), a, b).ints());
  }

  /** As Java has it: 2³¹ wraps around. */
  @Test
  void theSmallestIntegerByMinus1() {
    Tensor least = integers(Integer.MIN_VALUE);
    Tensor minus = integers(-1);
    assertArrayEquals(least.ints(), run(new IntegerMath(Operation.DIV), least, minus).ints());
    assertEquals(0, run(new IntegerMath(Operation.REMAINDER), least, minus).get(0));
    assertEquals(0, run(new IntegerMath(Operation.MODULO), least, minus).get(0));
  }

  @Test
  void typesThatDoNotFit() {
    Tensor x = numbers(1, 2, 3);
    Op sum = new IntegerMath(Operation.ADD);
    assertSays("integerMath: a [3] is F64, I32 expected", sum, x, integers(1));
    assertSays("integerMath: b [3] is F64, I32 expected", sum, integers(1), x);
    assertSays("toFloats: x [3] is F64, I32 expected", new ToFloats(false), x);
    assertEquals(
        "toFloats: type I32, F32 or F64 expected",
        assertThrows(IllegalArgumentException.class, () -> new ToFloats(DType.I32, false))
            .getMessage());
  }

  @Test
  void integersThatFloatDoesNotHave() {
    int most = 1 << 24;
    Tensor x = integers(most, -most, most + 1);
    Tensor y = integers(7, -most - 1);
    Op exact = new ToFloats(true);
    String rest = ", beyond ±2²⁴: F32 would round it";
    assertSays("toFloats: element 2 of x is 16777217" + rest, exact, x);
    assertSays("toFloats: element 1 of x is -16777217" + rest, exact, y);
    assertArrayEquals(
        new float[] {most, -most, most}, run(new ToFloats(false), x).floats(), "rounded to even");
    assertArrayEquals(
        new double[] {most, -most, most + 1}, run(new ToFloats(DType.F64, true), x).doubles());
  }

  @Test
  void numbersThatAreNoIntegers() {
    Op exact = new ToIntegers(true);
    for (double x : List.of(0.5, -1.5, 16777217.0, -1e10, Double.NaN, Double.NEGATIVE_INFINITY)) {
      assertSays(
          "toIntegers: element 1 of x is " + x + ", no integer within ±2²⁴", exact, numbers(3, x));
    }
    assertArrayEquals(new int[] {1 << 24, 0}, run(exact, numbers(1 << 24, -0.0)).ints());
    double inf = Double.POSITIVE_INFINITY;
    assertArrayEquals(
        new int[] {0, Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 16777217},
        run(new ToIntegers(false), numbers(Double.NaN, inf, -1e10, -1.9, 16777217)).ints());
  }
}
