package limbeck.engine.op.reduce;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.SplittableRandom;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.layout.Permute;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The order of sums, ties, infinities and settings. */
class ReduceEdgesTest {
  private static final float INF = Float.POSITIVE_INFINITY;

  private final OpContext context = new OpContext(Workers.inline());

  private Tensor run(Op op, Tensor x) {
    Tensor out = Tensor.zeros(x.dtype(), op.infer(x.shape()));
    op.forward(context, new Tensor[] {x}, out);
    return out;
  }

  private float[] gradient(Op op, Tensor x, float... dy) {
    Tensor y = run(op, x);
    Tensor dx = Tensor.zeros(x.dtype(), x.shape());
    Tensor gradient = Tensor.of(y.shape(), dy);
    op.backward(context, new Tensor[] {x}, y, gradient, new Tensor[] {dx});
    return dx.floats();
  }

  private static Tensor random(long seed, Shape shape) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor x = Tensor.zeros(DType.F32, shape);
    for (int i = 0; i < x.size(); i++) {
      x.set(i, random.nextInt(8) == 0 ? -0.0f : random.nextGaussian());
    }
    return x;
  }

  /** Wherever the axes are: the bits of the sums of rows that lie in memory. */
  @Property(tries = 200)
  void oneOrderForAllAxes(
      @ForAll @IntRange(min = 1, max = 7) int a,
      @ForAll @IntRange(min = 1, max = 70) int b,
      @ForAll @IntRange(min = 1, max = 40) int c,
      @ForAll long seed) {
    Tensor x = random(seed, Shape.of(a, b, c));
    assertArrayEquals(rowSums(x, Permute.to(0, 2, 1), b), run(new Sum(1), x).floats());
    assertArrayEquals(rowSums(x, Permute.to(1, 2, 0), a), run(new Sum(0), x).floats());
    assertArrayEquals(rowSums(x, Permute.to(1, 0, 2), a * c), run(new Sum(0, 2), x).floats());
    assertArrayEquals(rowSums(x, Permute.to(2, 0, 1), a * b), run(new Sum(0, 1), x).floats());
  }

  @Test
  void oneOrderForLongRows() {
    for (int terms : new int[] {4095, 4096, 4097, 9000}) {
      Tensor x = random(terms, Shape.of(2, terms, 300));
      assertArrayEquals(rowSums(x, Permute.to(0, 2, 1), terms), run(new Sum(1), x).floats());
    }
  }

  private float[] rowSums(Tensor x, Permute rowsLast, int terms) {
    Tensor rows = run(rowsLast, x);
    Rows r = KernelProvider.f32().rows();
    float[] sums = new float[x.size() / terms];
    for (int row = 0; row < sums.length; row++) {
      sums[row] = (float) r.sum(rows, row * terms, terms);
    }
    return sums;
  }

  /** The first of equal ones, zeros of both signs among them, or of NaN; also far into a row. */
  @Test
  void theFirstLargestGetsTheGradient() {
    assertArrayEquals(
        new float[] {0, 2, 0, 0, 3, 0},
        gradient(new Max(1), Tensor.of(Shape.of(2, 3), 1, 5, 5, -1, 0, -0.0f), 2, 3));
    assertArrayEquals(
        new float[] {0, 7, 5, 0},
        gradient(new Max(0), Tensor.of(Shape.of(2, 2), 1, 5, 1.5f, 5), 5, 7));
    assertArrayEquals(
        new float[] {0, 4, 0, 0},
        gradient(new Max(), Tensor.of(Shape.of(4), 9, Float.NaN, 9, Float.NaN), 4));
    assertArrayEquals(
        new float[] {4, 0}, gradient(new Max(), Tensor.of(Shape.of(2), -INF, -INF), 4));
    for (int at : new int[] {0, 63, 64, 65, 127, 128, 190, 199}) {
      float[] x = new float[200];
      x[at] = 1;
      x[199] = 1;
      float[] dx = new float[200];
      dx[at] = 2;
      assertArrayEquals(dx, gradient(new Max(), Tensor.of(Shape.of(200), x), 2), "at " + at);
    }
  }

  @Test
  void infiniteLogSumExp() {
    Tensor x = Tensor.of(Shape.of(3, 2), -INF, -INF, INF, 0, -INF, 3);
    assertArrayEquals(new float[] {-INF, INF, 3}, run(new LogSumExp(-1), x).floats());
    Tensor masked = Tensor.of(Shape.of(2, 2), -INF, -INF, -INF, 3);
    assertArrayEquals(new float[] {0, 0, 0, 2}, gradient(new LogSumExp(1), masked, 5, 2));
    Tensor infinite = Tensor.of(Shape.of(4), INF, 0, INF, -INF);
    assertArrayEquals(
        new float[] {Float.NaN, 0, Float.NaN, 0}, gradient(new LogSumExp(), infinite, 5));
  }

  @Test
  void varianceByHand() {
    Tensor x = Tensor.of(Shape.of(2, 2), 1f, 10, 3, 16);
    assertArrayEquals(new float[] {1, 9}, run(new Variance(0), x).floats());
    assertArrayEquals(new float[] {2, 18}, run(new Variance(List.of(0), false, 1), x).floats());
    assertThrows(IllegalArgumentException.class, () -> new Variance(List.of(0), false, 2));
  }

  @Test
  void shapesOfResults() {
    Shape x = Shape.of(2, 3, 4);
    assertEquals(Shape.SCALAR, new Sum().infer(x));
    assertEquals(Shape.of(1, 1, 1), new Mean(List.of(), true).infer(x));
    assertEquals(Shape.of(2, 4), new Max(-2).infer(x));
    assertEquals(Shape.of(2, 1, 4), new LogSumExp(List.of(1), true).infer(x));
    assertEquals(Shape.of(3), new Variance(2, 0).infer(x));
    assertEquals(new Sum(List.of(1), false), new Sum(1));
    assertEquals(new Sum(List.of(), false), new Sum());
  }
}
