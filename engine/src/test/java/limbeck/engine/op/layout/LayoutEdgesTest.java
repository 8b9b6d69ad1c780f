package limbeck.engine.op.layout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Settings, values of I32 operands, and numbers that no difference quotient can tell. */
class LayoutEdgesTest {
  private final OpContext context = new OpContext(Workers.inline());

  private Tensor run(Op op, Tensor... in) {
    Shape[] shapes = new Shape[in.length];
    for (int k = 0; k < in.length; k++) {
      shapes[k] = in[k].shape();
    }
    Tensor out = Tensor.zeros(DType.F32, op.infer(shapes));
    op.forward(context, in, out);
    return out;
  }

  private static void assertRefused(String message, Runnable maker) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, maker::run).getMessage());
  }

  @Test
  void settingsOutOfRange() {
    assertRefused("permute: axes [0, 2] are not 0 to 1 in some order", () -> Permute.to(0, 2));
    assertRefused("permute: axes [1, 1] are not 0 to 1 in some order", () -> Permute.to(1, 1));
    assertRefused("permute: axes [-1, 0] are not 0 to 1 in some order", () -> Permute.to(-1, 0));
    assertRefused("slice: step 0 is not 1 or more", () -> new Slice(0, 0, 3, 0));
    assertRefused("concat: 0 operands, 1 to 64 at a time are supported", () -> new Concat(0, 0));
    assertRefused("concat: 65 operands, 1 to 64 at a time are supported", () -> new Concat(0, 65));
    assertRefused(
        "pad: before [1] and after [1, 2] are not as many numbers from 0 on",
        () -> new Pad(List.of(1), List.of(1, 2), 0));
    assertRefused(
        "pad: before [1] and after [-1] are not as many numbers from 0 on",
        () -> new Pad(List.of(1), List.of(-1), 0));
    assertRefused(
        "oneHot: 0 classes as F32; at least 1, as F32 or F64, expected", () -> new OneHot(0));
    assertRefused(
        "oneHot: 3 classes as I32; at least 1, as F32 or F64, expected",
        () -> new OneHot(3, 1, 0, DType.I32));
  }

  @Test
  void idsOutOfRange() {
    Tensor x = Tensor.zeros(DType.F32, Shape.of(2, 4));
    Tensor high = Tensor.of(Shape.of(2, 3), 0, 1, 3, 2, 4, -1);
    Tensor negative = Tensor.of(Shape.of(3), 0, -1, 9);
    assertSays("gather: index[1, 1] is 4, not one of the 4 from 0 on", new Gather(1), x, high);
    assertSays("gather: index[1] is -1, not one of the 2 from 0 on", new Gather(0), x, negative);
    assertSays("oneHot: labels[1] is -1, not one of the 5 from 0 on", new OneHot(5), negative);
    assertSays(
        "scatter: index[1, 1] is 4, not one of the 4 from 0 on", new Scatter(1), x, high, high);
    assertSays(
        "gather: index[] is 0, not one of the 0 from 0 on",
        new Gather(0),
        Tensor.zeros(DType.F32, Shape.of(0, 3)),
        Tensor.of(Shape.SCALAR, 0));
  }

  @Test
  void numbersWhereIdsAndMasksBelong() {
    Tensor x = Tensor.zeros(DType.F32, Shape.of(3));
    assertSays("gather: index [3] is F32, I32 expected", new Gather(0), x, x);
    assertSays("oneHot: labels [3] is F32, I32 expected", new OneHot(4), x);
    assertSays("where: mask [3] is F32, I32 expected", new Where(), x, x, x);
    assertSays("maskFill: mask [3] is F32, I32 expected", new MaskFill(1), x, x);
    assertSays("scatter: index [3] is F32, I32 expected", new Scatter(0), x, x, x);
  }

  private void assertSays(String message, Op op, Tensor... in) {
    assertEquals(message, assertThrows(ShapeException.class, () -> run(op, in)).getMessage());
  }

  @Test
  void sizesThatOverflow() {
    assertThrows(
        ShapeException.class,
        () -> new Pad(List.of(Integer.MAX_VALUE), List.of(1), 0).infer(Shape.of(3)));
    Shape most = Shape.of(Integer.MAX_VALUE);
    Concat two = new Concat(0, 2);
    assertThrows(ShapeException.class, () -> two.infer(most, most));
    assertEquals(most, two.infer(Shape.of(Integer.MAX_VALUE - 1), Shape.of(1)));
  }

  /** The catalogue compares as many elements as a result has. */
  @Test
  void shapesOfSlices() {
    Shape x = Shape.of(3, 7);
    assertEquals(Shape.of(3, 4), new Slice(1, 2, 6).infer(x));
    assertEquals(Shape.of(3, 2), new Slice(1, 2, 6, 2).infer(x));
    assertEquals(Shape.of(3, 2), new Slice(-1, 2, 6, 3).infer(x));
    assertEquals(Shape.of(2, 7), new Slice(0, -2, Slice.END).infer(x));
    assertEquals(Shape.of(3, 0), new Slice(1, 0, 0).infer(x)); // 0 is the start, not the end
    assertEquals(Shape.of(3, 0), new Slice(1, 4, 4, 2).infer(x));
  }

  @Test
  void entriesOfAsManyAxesAsThereMayBe() {
    Shape x = Shape.of(1, 2, 3, 4);
    assertEquals(Shape.of(1, 5, 1, 5, 1, 5, 3, 4), new Gather(1).infer(x, Shape.of(5, 1, 5, 1, 5)));
    Shape more = Shape.of(5, 1, 5, 1, 5, 1);
    assertThrows(ShapeException.class, () -> new Gather(1).infer(x, more));
  }

  /** More rows than an int counts: of no elements, so there is nothing to do. */
  @Test
  void entriesWithoutElements() {
    Tensor x = Tensor.zeros(DType.F32, Shape.of(65_536, 2, 0));
    Tensor index = Tensor.zeros(DType.I32, Shape.of(40_000));
    assertEquals(Shape.of(65_536, 40_000, 0), run(new Gather(1), x, index).shape());
  }

  /** What is not chosen does not come through, be it infinite or NaN. */
  @Test
  void masksChooseAndDoNotCompute() {
    float inf = Float.POSITIVE_INFINITY;
    Tensor a = Tensor.of(Shape.of(2, 2), Float.NaN, 1, inf, 2);
    Tensor b = Tensor.of(Shape.of(2, 2), 3, Float.NaN, 4, -inf);
    Tensor mask = Tensor.of(Shape.of(2), 0, 1);
    assertArrayEquals(new float[] {3, 1, 4, 2}, run(new Where(), mask, a, b).floats());
    assertArrayEquals(
        new float[] {-inf, 1, -inf, 2},
        run(new MaskFill(Double.NEGATIVE_INFINITY), a, mask).floats());
  }

  /** Of several for one place the last stays, and has its gradient; the others have none. */
  @Test
  void whatIsWrittenOver() {
    Tensor x = Tensor.of(Shape.of(2, 3), 1f, 2, 3, 4, 5, 6);
    Tensor index = Tensor.of(Shape.of(2, 2), 2, 2, 0, 1);
    Tensor updates = Tensor.of(Shape.of(2, 2), 7f, 8, 9, 10);
    Tensor[] in = {x, index, updates};
    assertArrayEquals(new float[] {1, 2, 8, 9, 10, 6}, run(new Scatter(1), in).floats());
    Tensor dy = Tensor.of(Shape.of(2, 3), 1f, 2, 3, 4, 5, 6);
    Tensor dx = Tensor.zeros(DType.F32, x.shape());
    Tensor du = Tensor.zeros(DType.F32, updates.shape());
    new Scatter(1).backward(context, in, x, dy, new Tensor[] {dx, null, du});
    assertArrayEquals(new float[] {1, 2, 0, 0, 0, 6}, dx.floats());
    assertArrayEquals(new float[] {0, 3, 4, 5}, du.floats());
  }

  /** Terms 1e8, 1, −1e8 of one id, in this order: only ascending order gives 0. */
  @Test
  void gradientsOfAnEntryAddUpInTheOrderOfTheIndex() {
    Tensor x = Tensor.zeros(DType.F32, Shape.of(3, 1));
    Tensor index = Tensor.of(Shape.of(2, 2), 2, 0, 2, 2);
    Tensor dy = Tensor.of(Shape.of(2, 2, 1), 1e8f, 5, 1, -1e8f);
    Tensor dx = Tensor.zeros(DType.F32, x.shape());
    new Gather(0).backward(context, new Tensor[] {x, index}, dy, dy, new Tensor[] {dx, null});
    assertArrayEquals(new float[] {5, 0, 0}, dx.floats());
  }
}
