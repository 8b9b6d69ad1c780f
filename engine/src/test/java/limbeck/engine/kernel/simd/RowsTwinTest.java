package limbeck.engine.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import limbeck.engine.kernel.RowLoop;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.scalar.ScalarRows;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every loop gives the same bits on {@link ScalarRows} and {@link VectorRows}, NaN payloads aside,
 * writes its n elements and no others, and works in place.
 */
class RowsTwinTest {
  private static final Rows SCALAR = new ScalarRows();
  private static final Rows VECTOR = new VectorRows();

  /** Past four vectors of 16 lanes, all; around a block of a sum; and several blocks. */
  private static final int[] SIZES =
      IntStream.concat(
              IntStream.rangeClosed(0, 70),
              IntStream.of(300, 4095, 4096, 4097, 4100, 4111, 4112, 4113, 9000))
          .toArray();

  /** Values that arithmetic treats apart. */
  private static final float[] EXTREMES = {
    0f,
    -0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    1e-40f,
    -1e-40f,
    Float.MIN_NORMAL,
    1e-30f,
    -1e-30f,
    1e-23f,
    -1e-23f,
    1f,
    -1f,
    88.8f,
    -88.8f,
    -104f,
    30f,
    -30f,
    1e30f,
    -1e30f,
    Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN
  };

  static List<RowLoop> loops() {
    return RowLoop.ALL;
  }

  /** Operands of n elements from {@code at[o]} on, in arrays that go on for {@code after} more. */
  private record Operands(Tensor[] x, int[] at, int n) {
    static Operands random(
        int operands, int n, SplittableRandom random, boolean extremes, int after) {
      Tensor[] x = new Tensor[operands];
      int[] at = new int[operands];
      for (int o = 0; o < operands; o++) {
        at[o] = o == 3 ? at[2] : 2 * random.nextInt(9) + 1; // Adam's moments share their index
        int offset = 2 * random.nextInt(5) + 1;
        float[] values = new float[offset + at[o] + n + after];
        for (int e = 0; e < values.length; e++) {
          values[e] =
              extremes && random.nextInt(4) == 0
                  ? EXTREMES[random.nextInt(EXTREMES.length)]
                  : 3 * (float) random.nextGaussian();
        }
        x[o] = Tensor.view(values, offset, Shape.of(at[o] + n + after));
      }
      return new Operands(x, at, n);
    }

    Operands copy() {
      Tensor[] copy = new Tensor[x.length];
      for (int o = 0; o < x.length; o++) {
        copy[o] = Tensor.view(x[o].floats().clone(), x[o].offset(), x[o].shape());
      }
      return new Operands(copy, at, n);
    }

    /** The same operands, but operand {@code as} takes the place of operand {@code o} as well. */
    Operands with(int o, int as) {
      Operands copy = copy();
      copy.x[o] = copy.x[as];
      int[] moved = at.clone();
      moved[o] = at[as];
      return new Operands(copy.x, moved, n);
    }

    /** Index in the array of the first element of operand o. */
    int start(int o) {
      return x[o].offset() + at[o];
    }
  }

  private static int bits(double value) {
    return Float.floatToIntBits((float) value);
  }

  /** Runs a loop on both providers and compares results, outputs and all that must not change. */
  private static void compare(RowLoop loop, Operands before) {
    Operands scalar = before.copy();
    Operands vector = before.copy();
    double expected = loop.run(SCALAR, scalar.x, scalar.at, before.n);
    double actual = loop.run(VECTOR, vector.x, vector.at, before.n);
    String what = loop + " n=" + before.n + " at=" + Arrays.toString(before.at);
    assertEquals(bits(expected), bits(actual), () -> what + ": " + expected + ", " + actual);
    for (int o = 0; o < before.x.length; o++) {
      float[] was = before.x[o].floats();
      float[] s = scalar.x[o].floats();
      float[] v = vector.x[o].floats();
      for (int e = 0; e < was.length; e++) {
        boolean output =
            loop.outputs().contains(o) && e >= before.start(o) && e < before.start(o) + before.n;
        if (bits(s[e]) != bits(v[e]) || !output && bits(s[e]) != bits(was[e])) {
          assertEquals(
              was[e] + ", " + s[e],
              output + ", " + v[e],
              what + " operand " + o + " element " + (e - before.start(o)));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("loops")
  void sameBits(RowLoop loop) {
    SplittableRandom random = new SplittableRandom(1);
    for (int n : SIZES) {
      compare(loop, Operands.random(loop.operands(), n, random, false, random.nextInt(3)));
      compare(loop, Operands.random(loop.operands(), n, random, true, 70));
    }
  }

  /** With no NaN about, sums of ordinary and extreme values cannot hide behind one. */
  @ParameterizedTest
  @MethodSource("loops")
  void sameBitsWithOneExtreme(RowLoop loop) {
    SplittableRandom random = new SplittableRandom(2);
    for (float extreme : EXTREMES) {
      for (int n : new int[] {1, 15, 17, 33, 47, 70}) {
        Operands operands = Operands.random(loop.operands(), n, random, false, 0);
        for (int o = 0; o < loop.operands(); o++) {
          operands.x[o].set(operands.at[o] + random.nextInt(n), extreme);
        }
        compare(loop, operands);
      }
    }
  }

  /** The loops with an output apart from their inputs. */
  static List<RowLoop> writers() {
    return RowLoop.ALL.stream()
        .filter(loop -> !loop.reduction() && loop.outputs().get(0) > 0)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("writers")
  void inPlace(RowLoop loop) {
    int output = loop.outputs().get(0);
    SplittableRandom random = new SplittableRandom(3);
    for (int n : SIZES) {
      for (int input = 0; input < output; input++) {
        Operands apart = Operands.random(loop.operands(), n, random, true, random.nextInt(20));
        if (loop.name().equals("axpy") || loop.name().equals("mulAdd")) {
          System.arraycopy(
              apart.x[input].floats(),
              apart.start(input),
              apart.x[output].floats(),
              apart.start(output),
              n); // these also read what they write
        }
        Operands within = apart.with(output, input);
        for (Rows rows : List.of(SCALAR, VECTOR)) {
          Operands a = apart.copy();
          Operands w = within.with(output, input);
          loop.run(rows, a.x, a.at, n);
          loop.run(rows, w.x, w.at, n);
          for (int e = 0; e < n; e++) {
            assertEquals(
                bits(a.x[output].floats()[a.start(output) + e]),
                bits(w.x[output].floats()[w.start(output) + e]),
                loop + " n=" + n + " input " + input + " element " + e);
          }
        }
      }
    }
  }

  /** A loop without an entry would be tested nowhere. */
  @Test
  void everyLoopHasAnEntry() {
    Set<String> declared = new TreeSet<>();
    for (Method loop : Rows.class.getMethods()) {
      declared.add(loop.getName());
    }
    declared.add("nesterov"); // momentum with a switch
    Set<String> listed = new TreeSet<>();
    RowLoop.ALL.forEach(loop -> listed.add(loop.name()));
    assertEquals(declared, listed);
  }

  /** A lane of products that underflow is −0; lanes without a term in the tail must stay so. */
  @Test
  void lanesOfNegativeZeroStay() {
    for (int n = 1; n <= 70; n++) {
      Tensor a = Tensor.zeros(DType.F32, Shape.of(n));
      Tensor b = a.own();
      a.fill(1e-30);
      b.fill(-1e-30);
      int expected = n < 16 ? 0 : bits(-0.0);
      assertEquals(expected, bits(SCALAR.dot(a, 0, b, 0, n)), "scalar, n=" + n);
      assertEquals(expected, bits(VECTOR.dot(a, 0, b, 0, n)), "vector, n=" + n);
    }
  }

  @Provide
  Arbitrary<RowLoop> loop() {
    return Arbitraries.of(RowLoop.ALL);
  }

  /** Any bit pattern is a value. */
  @Property(tries = 2000)
  void sameBitsForAnyBits(
      @ForAll("loop") RowLoop loop,
      @ForAll @IntRange(max = 100) int n,
      @ForAll long seed,
      @ForAll @IntRange(max = 20) int after) {
    SplittableRandom random = new SplittableRandom(seed);
    Operands operands = Operands.random(loop.operands(), n, random, false, after);
    for (Tensor x : operands.x) {
      float[] values = x.floats();
      for (int e = 0; e < values.length; e++) {
        values[e] = Float.intBitsToFloat(random.nextInt());
      }
    }
    compare(loop, operands);
  }
}
