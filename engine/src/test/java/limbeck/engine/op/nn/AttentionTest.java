package limbeck.engine.op.nn;

import static limbeck.engine.op.nn.Applied.normal;
import static limbeck.engine.op.nn.Applied.resized;
import static limbeck.engine.op.nn.Applied.sameBits;
import static limbeck.engine.op.nn.Applied.steps;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import limbeck.engine.op.nn.Attention.Keys;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What attention promises beyond the contract of all ops: the bits of padded and partial inputs.
 */
class AttentionTest {
  private static final int WIDTH = 12;
  private static final int HEADS = 3;

  private static Tensor integers(int... values) {
    return Tensor.of(Shape.of(values.length), values);
  }

  /** The fourth operand that lets {@code present} keys of {@code keys} take part; none for all. */
  private static Tensor[] operands(Keys kind, Tensor q, Tensor k, Tensor v, int present) {
    int keys = k.shape().axis(1);
    int[] mask = new int[keys];
    for (int j = 0; j < present; j++) {
      mask[j] = 1;
    }
    return switch (kind) {
      case ALL -> new Tensor[] {q, k, v};
      case LENGTHS, CACHE -> new Tensor[] {q, k, v, integers(present)};
      case MASK -> new Tensor[] {q, k, v, Tensor.of(Shape.of(1, keys), mask)};
    };
  }

  private static void assertSameSteps(Tensor expected, Tensor padded, String what) {
    int given = expected.shape().axis(1);
    assertTrue(sameBits(expected, steps(padded, 0, given)), what);
  }

  /** Sequences of 19, alone and padded to 50: queries and keys, values and gradients. */
  @ParameterizedTest
  @CsvSource({"LENGTHS, false", "LENGTHS, true", "MASK, false", "MASK, true"})
  void paddingDoesNotShow(Keys kind, boolean causal) {
    int length = 19;
    Tensor q = normal(1, 1, length, WIDTH);
    Tensor k = normal(2, 1, length, WIDTH);
    Tensor v = normal(3, 1, length, WIDTH);
    Tensor dy = normal(4, 1, length, WIDTH);
    Applied alone = new Applied(new Attention(HEADS, causal, Keys.ALL), q, k, v);
    Tensor[] expected = alone.backward(dy);
    int padded = 50;
    Tensor[] in =
        operands(
            kind, resized(q, padded, 3), resized(k, padded, -2), resized(v, padded, 7), length);
    Applied batch = new Applied(new Attention(HEADS, causal, kind), in);
    Tensor[] gradients = batch.backward(resized(dy, padded, 0));
    assertSameSteps(alone.out, batch.out, "result");
    for (int i = 0; i < 3; i++) {
      assertSameSteps(expected[i], gradients[i], "gradient " + i);
    }
    for (int i = length * WIDTH; i < padded * WIDTH; i++) {
      assertEquals(0, gradients[1].get(i));
      assertEquals(0, gradients[2].get(i));
    }
  }

  /** What lies past the last key that counts is never read. */
  @ParameterizedTest
  @ValueSource(strings = {"LENGTHS", "MASK", "CACHE"})
  void keysPastTheLastMayHoldAnything(Keys kind) {
    Tensor q = normal(1, 1, 5, WIDTH);
    Tensor k = normal(2, 1, 7, WIDTH);
    Tensor v = normal(3, 1, 7, WIDTH);
    Tensor dy = normal(4, 1, 5, WIDTH);
    Applied alone = new Applied(new Attention(HEADS, false, Keys.ALL), q, k, v);
    Tensor[] expected = alone.backward(dy);
    Tensor[] in = operands(kind, q, resized(k, 30, Double.NaN), resized(v, 30, Double.NaN), 7);
    Applied longer = new Applied(new Attention(HEADS, false, kind), in);
    Tensor[] gradients = longer.backward(dy);
    assertTrue(sameBits(alone.out, longer.out));
    assertTrue(sameBits(expected[0], gradients[0]));
    assertSameSteps(expected[1], gradients[1], "gradient of k");
    assertSameSteps(expected[2], gradients[2], "gradient of v");
  }

  /** A query at a time, or a few, against the keys so far, has the bits of all at once. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4})
  void stepsAreTheWhole(int atOnce) {
    int length = 12;
    Tensor q = normal(1, 1, length, WIDTH);
    Tensor k = normal(2, 1, length, WIDTH);
    Tensor v = normal(3, 1, length, WIDTH);
    assertStepsAreTheWhole(q, k, v, atOnce);
    for (int i = 0; i < v.size(); i++) {
      v.set(i, i / WIDTH % 2 == 0 ? -Float.MIN_VALUE : Float.MIN_VALUE); // half of it is +-0
    }
    assertStepsAreTheWhole(q, k, v, atOnce);
  }

  private static void assertStepsAreTheWhole(Tensor q, Tensor k, Tensor v, int atOnce) {
    int length = q.shape().axis(1);
    int capacity = 20;
    Tensor whole = new Applied(new Attention(HEADS, true, Keys.ALL), q, k, v).out;
    for (int from = 0; from < length; from += atOnce) {
      int to = from + atOnce;
      Tensor query = steps(q, from, to);
      Tensor expected = steps(whole, from, to);
      Attention soFar = new Attention(HEADS, true, Keys.ALL);
      Tensor step = new Applied(soFar, query, steps(k, 0, to), steps(v, 0, to)).out;
      assertTrue(sameBits(expected, step), "queries from " + from);
      Tensor keys = resized(resized(k, to, 0), capacity, Double.NaN);
      Tensor values = resized(resized(v, to, 0), capacity, Double.NaN);
      Attention cached = new Attention(HEADS, true, Keys.CACHE);
      Tensor fromCache = new Applied(cached, query, keys, values, integers(to)).out;
      assertTrue(sameBits(expected, fromCache), "queries from " + from + ", in a cache");
    }
  }

  @Test
  void probabilitiesAreSaved() {
    Tensor x = normal(1, 2, 6, WIDTH);
    Tensor lengths = integers(6, 4);
    Tensor p = new Applied(new Attention(HEADS, true, Keys.LENGTHS), x, x, x, lengths).saved;
    assertEquals(Shape.of(2, HEADS, 6, 6), p.shape());
    for (int row = 0; row < p.size() / 6; row++) {
      int query = row % 6;
      int visible = Math.min(query + 1, row < HEADS * 6 ? 6 : 4);
      double sum = 0;
      for (int j = 0; j < 6; j++) {
        assertEquals(j < visible, p.get(row * 6 + j) > 0);
        sum += p.get(row * 6 + j);
      }
      assertEquals(1, sum, 10 * 0x1p-24); // six roundings of probabilities and of their sum
    }
  }

  private static void assertRefuses(String message, Keys kind, Tensor fourth) {
    Tensor x = normal(1, 2, 3, WIDTH);
    Attention op = new Attention(HEADS, false, kind);
    assertEquals(
        message,
        assertThrows(ShapeException.class, () -> new Applied(op, x, x, x, fourth)).getMessage());
  }

  @Test
  void wrongLengthsAndFlags() {
    assertRefuses("attention: lengths[1] is 4, not in 0..3", Keys.LENGTHS, integers(3, 4));
    assertRefuses("attention: lengths[0] is -1, not in 0..3", Keys.CACHE, integers(-1, 3));
    assertRefuses(
        "attention: mask[4] is 2, not in 0..1",
        Keys.MASK,
        Tensor.of(Shape.of(2, 3), 0, 1, 0, 1, 2, 0));
    assertRefuses(
        "attention: lengths is F32, I32 expected",
        Keys.LENGTHS,
        Tensor.zeros(DType.F32, Shape.of(2)));
  }

  @Test
  void settingsOutOfRange() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new Attention(0, false, Keys.ALL));
    assertEquals("attention: 0 heads, 1 at least", e.getMessage());
    for (double scale : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> new Attention(1, false, Keys.ALL, scale));
    }
  }
}
