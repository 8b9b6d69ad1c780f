package limbeck.engine.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import limbeck.engine.exec.Workers;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What masks must not let through: garbage, and the number of padded places. */
class MaskedSoftmaxTest {
  private final OpContext context = new OpContext(Workers.inline());

  /** Random logits, and NaN from {@code kept} on: nobody may read them. */
  private static Tensor padded(int seed, int kept, int n) {
    Philox random = new Philox(seed, 0);
    Tensor x = Tensor.zeros(DType.F32, Shape.of(1, n));
    for (int i = 0; i < n; i++) {
      x.set(i, i < kept ? 10 * random.uniformDouble(i) - 5 : Double.NaN);
    }
    return x;
  }

  private static Tensor mask(int kept, int n) {
    Tensor mask = Tensor.zeros(DType.I32, Shape.of(n));
    for (int i = 0; i < kept; i++) {
      mask.set(i, 1);
    }
    return mask;
  }

  private Tensor[] run(Op op, Tensor gradOut, Tensor... in) {
    Tensor y = Tensor.zeros(DType.F32, in[0].shape());
    Tensor dx = Tensor.zeros(DType.F32, in[0].shape());
    op.forward(context, in, y);
    op.backward(context, in, y, gradOut, new Tensor[] {dx, null});
    return new Tensor[] {y, dx};
  }

  /** Lanes and blocks of sums see the padding as +0: not a bit differs from the row without it. */
  @ParameterizedTest
  @CsvSource({
    "1, 2",
    "1, 17",
    "15, 16",
    "15, 40",
    "16, 33",
    "17, 4097",
    "100, 5000",
    "4095, 4096",
    "4096, 4097",
    "4096, 9000",
    "5000, 8193"
  })
  void paddingDoesNotShow(int kept, int n) {
    check(new Softmax(2), new MaskedSoftmax(2), 0, kept, n);
    check(new LogSoftmax(2), new MaskedLogSoftmax(2), Double.NEGATIVE_INFINITY, kept, n);
  }

  private void check(Op plain, Op masked, double leftOut, int kept, int n) {
    Tensor[] expected = run(plain, padded(2, kept, kept), padded(1, kept, kept));
    Tensor[] actual = run(masked, padded(2, kept, n), padded(1, kept, n), mask(kept, n));
    for (int i = 0; i < n; i++) {
      String place = masked + "[" + i + "]";
      assertEquals(i < kept ? expected[0].get(i) : leftOut, actual[0].get(i), place);
      assertEquals(i < kept ? expected[1].get(i) : 0, actual[1].get(i), 0.0, place + " gradient");
    }
  }

  /**
   * Two runs of kept elements: what the second one's places are does matter, what is between not.
   */
  @Test
  void whatStandsBetweenDoesNotShow() {
    int[] flags = {1, 0, 0, 1, 1, 0, 1};
    Tensor mask = Tensor.of(Shape.of(1, 7), flags);
    float[] values = {1, 2, 3, 4, 5, 6, 7};
    float[] others = {1, Float.NaN, Float.POSITIVE_INFINITY, 4, 5, -1e30f, 7};
    Tensor gradOut = padded(3, 7, 7);
    for (Op op : new Op[] {new MaskedSoftmax(), new MaskedLogSoftmax()}) {
      Tensor[] a = run(op, gradOut, Tensor.of(Shape.of(1, 7), values), mask);
      Tensor[] b = run(op, gradOut, Tensor.of(Shape.of(1, 7), others), mask);
      for (int i = 0; i < 7; i++) {
        assertEquals(a[0].get(i), b[0].get(i));
        assertEquals(a[1].get(i), b[1].get(i));
      }
    }
  }

  /** A gradient that has left the range of numbers spoils its kept neighbours, but no other. */
  @ParameterizedTest
  @ValueSource(floats = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN})
  void whatIsLeftOutHasNoGradientWhateverTheOthersHave(float gradient) {
    Tensor mask = Tensor.of(Shape.of(1, 4), 1, 0, 1, 0);
    Tensor x = Tensor.of(Shape.of(1, 4), 1f, 2f, 3f, 4f);
    Tensor gradOut = Tensor.of(Shape.of(1, 4), gradient, 5f, 6f, 7f);
    for (Op op : new Op[] {new MaskedSoftmax(), new MaskedLogSoftmax()}) {
      Tensor dx = run(op, gradOut, x, mask)[1];
      assertEquals(0.0, dx.get(1), op.toString());
      assertEquals(0.0, dx.get(3), op.toString());
    }
  }

  @Test
  void masksOfAnotherTypeAreRefused() {
    Tensor[] in = {padded(1, 3, 3), Tensor.of(Shape.of(3), 1f, 1f, 0f)};
    Tensor y = Tensor.zeros(DType.F32, Shape.of(1, 3));
    ShapeException e =
        assertThrows(ShapeException.class, () -> new MaskedSoftmax().forward(context, in, y));
    assertEquals("maskedSoftmax: mask [classes=3] is F32, I32 expected", e.getMessage());
  }
}
