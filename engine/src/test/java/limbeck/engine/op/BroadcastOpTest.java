package limbeck.engine.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Rows;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link BroadcastOp} promises about bits, beyond the bounds of the catalogue. */
class BroadcastOpTest {
  private final OpContext context = new OpContext(Workers.inline());

  static List<BroadcastOp> ops() {
    return BroadcastOp.all();
  }

  private static Tensor random(long stream, Shape shape) {
    Tensor t = Tensor.zeros(DType.F32, shape);
    Philox random = new Philox(3, stream);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, random.normal(i));
    }
    return t;
  }

  private Tensor forward(BroadcastOp op, Tensor a, Tensor b) {
    Tensor y = Tensor.zeros(DType.F32, op.infer(a.shape(), b.shape()));
    op.forward(context, new Tensor[] {a, b}, y);
    return y;
  }

  private Tensor gradient(BroadcastOp op, int operand, Tensor a, Tensor b, Tensor dy) {
    Tensor[] in = {a, b};
    Tensor[] gradients = new Tensor[2];
    gradients[operand] = Tensor.zeros(DType.F32, in[operand].shape());
    op.backward(context, in, forward(op, a, b), dy, gradients);
    return gradients[operand];
  }

  private static void assertSameBits(Tensor expected, Tensor actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), actual.get(i), "element " + i);
    }
  }

  /** [2, 3, 4] from [3, 1], written out. */
  private static Tensor repeated(Tensor b) {
    Tensor t = Tensor.zeros(DType.F32, Shape.of(2, 3, 4));
    for (int i = 0; i < t.size(); i++) {
      t.set(i, b.get(i / 4 % 3));
    }
    return t;
  }

  /** So that it does not matter who stretches an operand, and results do not depend on shapes. */
  @ParameterizedTest
  @MethodSource("ops")
  void stretchedOperandsHaveTheBitsOfRepeatedOnes(BroadcastOp op) {
    Tensor a = random(1, Shape.of(2, 3, 4));
    Tensor b = random(2, Shape.of(3, 1));
    Tensor dy = random(3, Shape.of(2, 3, 4));
    Tensor whole = repeated(b);
    assertSameBits(forward(op, a, whole), forward(op, a, b));
    assertSameBits(forward(op, whole, a), forward(op, b, a));
    assertSameBits(gradient(op, 0, a, whole, dy), gradient(op, 0, a, b, dy));
    assertSameBits(gradient(op, 1, whole, a, dy), gradient(op, 1, b, a, dy));
  }

  @Test
  void aBiasHasTheGradientThatItHasInLinear() {
    Tensor x = random(1, Shape.of(700, 33)); // three blocks of rows
    Tensor b = random(2, Shape.of(33));
    Tensor dy = random(3, Shape.of(700, 33));
    Tensor expected = Tensor.zeros(DType.F32, Shape.of(33));
    Tensor[] linear = {random(4, Shape.of(700, 1)), random(5, Shape.of(33, 1)), b};
    new Linear().backward(context, linear, x, dy, new Tensor[] {null, null, expected});
    assertSameBits(expected, gradient(new Add(), 1, x, b, dy));
  }

  /** Rows of the last axis first, then the axis in front, elementwise. */
  @Test
  void sumsGoFromTheInnermostAxisOutwards() {
    Tensor x = random(1, Shape.of(5, 3, 9000));
    Tensor b = random(2, Shape.of(3, 1));
    Tensor dy = random(3, x.shape());
    Tensor expected = Tensor.zeros(DType.F32, b.shape());
    Rows r = context.rows(dy);
    for (int channel = 0; channel < 3; channel++) {
      float sum = (float) r.sum(dy, channel * 9000, 9000);
      for (int example = 1; example < 5; example++) {
        sum += (float) r.sum(dy, (example * 3 + channel) * 9000, 9000);
      }
      expected.set(channel, sum);
    }
    assertSameBits(expected, gradient(new Add(), 1, x, b, dy));
  }

  @Test
  void equalElementsShareTheGradient() {
    Tensor a = Tensor.of(Shape.of(3), 1f, 2f, 3f);
    Tensor b = Tensor.of(Shape.SCALAR, 2f);
    Tensor dy = Tensor.of(Shape.of(3), 10f, 20f, 40f);
    assertArrayEquals(new float[] {0, 10, 40}, gradient(new Maximum(), 0, a, b, dy).floats());
    assertArrayEquals(new float[] {20}, gradient(new Maximum(), 1, a, b, dy).floats());
    assertArrayEquals(new float[] {10, 10, 0}, gradient(new Minimum(), 0, a, b, dy).floats());
    assertArrayEquals(new float[] {50}, gradient(new Minimum(), 1, a, b, dy).floats());
  }

  @Test
  void shapesAreAlignedFromTheEnd() {
    assertEquals(Shape.of(4, 3, 5), new Add().infer(Shape.of(3, 1), Shape.of(4, 1, 5)));
    assertEquals(Shape.of(1, 2), new Add().infer(Shape.of(2), Shape.of(1, 1)));
    assertEquals(Shape.of(0), new Add().infer(Shape.of(0), Shape.of(1)));
    assertEquals(Shape.SCALAR, new Add().infer(Shape.SCALAR, Shape.SCALAR));
  }
}
