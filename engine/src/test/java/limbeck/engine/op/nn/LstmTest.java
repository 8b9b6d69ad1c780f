package limbeck.engine.op.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What lengths, reversal and carried states mean, beyond the catalogue. */
class LstmTest {
  private static final int IN = 21;
  private static final int HIDDEN = 18;
  private static final int STEPS = 7;

  /** Several blocks, with equal lengths, full ones, and an empty one. */
  private static final int[] LENGTHS = {3, 7, 0, 5, 1, 7, 2, 2, 6, 4, 7, 5};

  private static final int BATCH = LENGTHS.length;

  private final OpContext context = new OpContext(Workers.inline());

  private static Tensor normal(long stream, int... axes) {
    Tensor t = Tensor.zeros(DType.F32, Shape.of(axes));
    Philox random = new Philox(5, stream);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, random.normal(i));
    }
    return t;
  }

  /** x and the parameters, then further operands. */
  private static Tensor[] operands(Tensor x, Tensor... more) {
    Tensor[] in = {
      x,
      normal(1, 4 * HIDDEN, IN),
      normal(2, 4 * HIDDEN, HIDDEN),
      normal(3, 4 * HIDDEN),
      normal(4, 4 * HIDDEN)
    };
    Tensor[] all = Arrays.copyOf(in, in.length + more.length);
    System.arraycopy(more, 0, all, in.length, more.length);
    return all;
  }

  private static Shape[] shapes(Tensor[] in) {
    return Arrays.stream(in).map(Tensor::shape).toArray(Shape[]::new);
  }

  private Tensor forward(RecurrentOp op, Tensor... in) {
    context.saved(Tensor.zeros(in[0].dtype(), op.saved(shapes(in))));
    Tensor out = Tensor.zeros(in[0].dtype(), op.infer(shapes(in)));
    op.forward(context, in, out);
    return out;
  }

  /** All gradients, for a gradient of the result. */
  private Tensor[] backward(RecurrentOp op, Tensor out, Tensor gradOut, Tensor... in) {
    Tensor[] gradIn = new Tensor[in.length];
    for (int k = 0; k < in.length; k++) {
      gradIn[k] = op.differentiable(k) ? Tensor.zeros(in[k].dtype(), in[k].shape()) : null;
    }
    op.backward(context, in, out, gradOut, gradIn);
    return gradIn;
  }

  /** The first steps of an example, [steps, n]. */
  private static Tensor cut(Tensor padded, int b, int steps) {
    int n = padded.shape().last();
    int time = padded.shape().axis(1);
    return padded.reshape(Shape.of(BATCH * time, n)).slice(b * time, b * time + steps);
  }

  private static Tensor alone(Tensor padded, int b, int steps) {
    return cut(padded, b, steps).reshape(Shape.of(1, steps, padded.shape().last()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anExampleOfAPaddedBatchIsTheExampleAlone(boolean reverse) {
    Tensor x = normal(6, BATCH, STEPS, IN);
    Tensor dy = normal(7, BATCH, STEPS, HIDDEN);
    Lstm padded = new Lstm(reverse, true, false, false);
    Lstm plain = new Lstm(reverse);
    Tensor[] in = operands(x, Tensor.of(Shape.of(BATCH), LENGTHS));
    Tensor y = forward(padded, in);
    Tensor dx = backward(padded, y, dy, in)[0];
    for (int b = 0; b < BATCH; b++) {
      int length = LENGTHS[b];
      Tensor[] one = operands(alone(x, b, length));
      Tensor out = forward(plain, one);
      assertArrayEquals(floats(out), floats(cut(y, b, length)), "result of example " + b);
      Tensor dOne = backward(plain, out, alone(dy, b, length), one)[0];
      assertArrayEquals(floats(dOne), floats(cut(dx, b, length)), "gradient of example " + b);
      for (Tensor t : new Tensor[] {y, dx}) {
        float[] padding = floats(padding(t, b));
        assertArrayEquals(new float[padding.length], padding, "padding of example " + b);
      }
    }
  }

  private static Tensor padding(Tensor padded, int b) {
    return cut(padded, b, STEPS).slice(LENGTHS[b], STEPS);
  }

  private static float[] floats(Tensor t) {
    return Arrays.copyOfRange(t.floats(), t.offset(), t.offset() + t.size());
  }

  /** More padding, of NaN, changes not a bit of result and gradients, those of weights included. */
  @Test
  void paddingIsNeverRead() {
    Lstm op = new Lstm(true, true, true, true);
    Tensor lengths = Tensor.of(Shape.of(BATCH), LENGTHS);
    Tensor[] state = {normal(8, BATCH, HIDDEN), normal(9, BATCH, HIDDEN)};
    Tensor[][] results = new Tensor[2][];
    for (int turn = 0; turn < 2; turn++) {
      int steps = STEPS + 4 * turn;
      Tensor x = padded(normal(6, BATCH, STEPS, IN), steps);
      Tensor dy = padded(normal(7, BATCH, STEPS, 2 * HIDDEN), steps);
      Tensor[] in = operands(x, lengths, state[0], state[1]);
      Tensor y = forward(op, in);
      Tensor[] gradients = backward(op, y, dy, in);
      gradients[5] = y;
      results[turn] = gradients;
    }
    for (int k = 0; k < results[0].length; k++) {
      for (int b = 0; b < BATCH && (k == 0 || k == 5); b++) {
        int n = LENGTHS[b];
        assertArrayEquals(
            floats(cut(results[0][k], b, n)), floats(cut(results[1][k], b, n)), k + ", " + b);
      }
      if (k != 0 && k != 5) {
        assertArrayEquals(floats(results[0][k]), floats(results[1][k]), "operand " + k);
        assertFalse(Double.isNaN(results[0][k].get(0)));
      }
    }
  }

  /** The valid steps of x in a longer batch, all other numbers NaN. */
  private static Tensor padded(Tensor x, int steps) {
    int n = x.shape().last();
    Tensor y = Tensor.zeros(DType.F32, Shape.of(BATCH, steps, n));
    y.fill(Double.NaN);
    for (int b = 0; b < BATCH; b++) {
      for (int i = 0; i < LENGTHS[b] * n; i++) {
        y.set(b * steps * n + i, x.get(b * STEPS * n + i));
      }
    }
    return y;
  }

  @Test
  void aStateCarriedOnContinuesTheSequence() {
    Tensor x = normal(6, 1, STEPS, IN);
    Tensor whole = forward(new Lstm(false, false, false, true), operands(x));
    int cut = 3;
    Tensor time = x.reshape(Shape.of(STEPS, IN));
    Tensor head = time.slice(0, cut).reshape(Shape.of(1, cut, IN));
    Tensor tail = time.slice(cut, STEPS).reshape(Shape.of(1, STEPS - cut, IN));
    Tensor first = forward(new Lstm(false, false, false, true), operands(head));
    Tensor last = first.reshape(Shape.of(cut, 2 * HIDDEN)).slice(cut - 1, cut).own();
    Tensor state = last.reshape(Shape.of(2, HIDDEN));
    Tensor second =
        forward(
            new Lstm(false, false, true, true),
            operands(tail, state.slice(0, 1), state.slice(1, 2)));
    float[] both = Arrays.copyOf(floats(first), whole.size());
    System.arraycopy(floats(second), 0, both, first.size(), second.size());
    assertArrayEquals(floats(whole), both);
  }

  @Test
  void reversedIsForwardOnTheReversedSequence() {
    Tensor x = normal(6, 1, STEPS, IN);
    Tensor y = forward(new Lstm(true), operands(x));
    Tensor z = forward(new Lstm(false), operands(turned(x)));
    assertArrayEquals(floats(turned(y)), floats(z));
  }

  /**
   * Where no backward pass follows there is no saved buffer; long sequences go in several parts.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 31, 32, 33, 70})
  void resultsAreTheSameWithoutASavedBuffer(int steps) {
    int batch = 9;
    Tensor x = normal(6, batch, steps, IN);
    Tensor lengths = Tensor.zeros(DType.I32, Shape.of(batch));
    for (int b = 0; b < batch; b++) {
      lengths.set(b, (b * 37 + steps) % (steps + 1));
    }
    Tensor[] state = {normal(8, batch, HIDDEN), normal(9, batch, HIDDEN)};
    for (boolean reverse : new boolean[] {false, true}) {
      assertSameWithoutSaved(new Lstm(reverse), operands(x));
      assertSameWithoutSaved(
          new Lstm(reverse, true, true, true), operands(x, lengths, state[0], state[1]));
    }
  }

  private void assertSameWithoutSaved(Lstm op, Tensor[] in) {
    Tensor expected = forward(op, in);
    context.saved(null);
    Tensor out = Tensor.zeros(DType.F32, expected.shape());
    op.forward(context, in, out);
    assertArrayEquals(floats(expected), floats(out), op.toString());
  }

  /** One op of both directions has the bits of two ops, gradients included. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bothDirectionsAreTwoLayersSideBySide(boolean ends) {
    Tensor x = normal(6, BATCH, STEPS, IN);
    Tensor lengths = Tensor.of(Shape.of(BATCH), LENGTHS);
    Tensor[] one = operands(x, lengths);
    Tensor[] both = new Tensor[10];
    System.arraycopy(one, 0, both, 0, 5);
    System.arraycopy(one, 1, both, 5, 4);
    both[9] = lengths;
    BiLstm op = new BiLstm(true, ends);
    Tensor y = forward(op, both);
    Tensor dy =
        normal(7, ends ? new int[] {BATCH, 2 * HIDDEN} : new int[] {BATCH, STEPS, 2 * HIDDEN});
    Tensor[] gradients = backward(op, y, dy, both);
    for (int d = 0; d < 2; d++) {
      Lstm single = new Lstm(d == 1, true, false, false);
      Tensor states = forward(single, one);
      Tensor dOne = Tensor.zeros(DType.F32, states.shape());
      for (int i = 0; i < states.size(); i++) {
        int place = place(i, d, ends);
        if (place >= 0) {
          assertEquals(states.get(i), y.get(place), "direction " + d + ", " + i);
          dOne.set(i, dy.get(place));
        }
      }
      Tensor[] ofOne = backward(single, states, dOne, one);
      for (int k = 1; k < 5; k++) {
        assertArrayEquals(floats(ofOne[k]), floats(gradients[k + 4 * d]), "operand " + k);
      }
    }
  }

  /** Where both directions together have element i of direction d; −1 if they do not. */
  private static int place(int i, int d, boolean ends) {
    int row = i / HIDDEN;
    int b = row / STEPS;
    int time = row % STEPS;
    int column = d * HIDDEN + i % HIDDEN;
    boolean end = LENGTHS[b] > 0 && time == (d == 0 ? LENGTHS[b] - 1 : 0);
    return !ends ? row * 2 * HIDDEN + column : end ? b * 2 * HIDDEN + column : -1;
  }

  private static Tensor turned(Tensor x) {
    int n = x.shape().last();
    Tensor y = x.own();
    for (int i = 0; i < x.size(); i++) {
      y.set((STEPS - 1 - i / n) * n + i % n, x.get(i));
    }
    return y;
  }

  @Test
  void wrongLengthsAreRefused() {
    Lstm op = new Lstm(false, true, false, false);
    Tensor x = normal(6, 3, STEPS, IN);
    assertSays("length 8 of example 1 is not in 0..7", op, x, Tensor.of(Shape.of(3), 7, 8, -1));
    assertSays("length -1 of example 2 is not in 0..7", op, x, Tensor.of(Shape.of(3), 7, 0, -1));
    assertSays("lengths [batch=3] is F32, I32 expected", op, x, Tensor.of(Shape.of(3), 1f, 2f, 3f));
  }

  private void assertSays(String message, Lstm op, Tensor x, Tensor lengths) {
    Tensor[] in = operands(x, lengths);
    ShapeException e = assertThrows(ShapeException.class, () -> forward(op, in));
    assertEquals("lstm: " + message, e.getMessage());
  }
}
