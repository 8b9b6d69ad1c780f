package limbeck.engine.arbitrary;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/**
 * Generators for properties of tensors and ops, with jqwik: shapes of awkward sizes, numbers of
 * every kind, tensors of both. In the test jar of the engine, for tests of one's own.
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<Tensor> batches() {
 *   return Arbitraries.tensors(DType.F32, Arbitraries.shapes(1, 3, 500), Arbitraries.numbers(9));
 * }
 * }</pre>
 */
public final class Arbitraries {
  /** None, one, and about a vector, a few, a tile, a block of a sum. */
  private static final Integer[] SIZES = {
    0, 1, 2, 3, 4, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 4095, 4096, 4097
  };

  private static final Float[] ODD = {
    0f,
    -0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    1e-30f,
    -1e-30f,
    1f,
    -1f,
    1e30f,
    -1e30f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN
  };

  private Arbitraries() {}

  /** Sizes of an axis that loops are likely to get wrong, up to {@code most}. */
  public static Arbitrary<Integer> sizes(int most) {
    List<Integer> sizes = new ArrayList<>();
    for (int size : SIZES) {
      if (size <= most) {
        sizes.add(size);
      }
    }
    Arbitrary<Integer> any = net.jqwik.api.Arbitraries.integers().between(0, most);
    return net.jqwik.api.Arbitraries.frequencyOf(
        Tuple.of(3, net.jqwik.api.Arbitraries.of(sizes)), Tuple.of(1, any));
  }

  /**
   * Shapes of {@code least} to {@code mostAxes} axes; the last axis may have {@code most} elements,
   * those in front of it as many as leave the whole with no more.
   */
  public static Arbitrary<Shape> shapes(int least, int mostAxes, int most) {
    return net.jqwik.api.Arbitraries.integers()
        .between(least, mostAxes)
        .flatMap(
            rank ->
                sizes(most)
                    .array(Integer[].class)
                    .ofSize(rank)
                    .map(sizes -> Shape.of(fitted(sizes, most))));
  }

  /** Cut from the last axis on, so that there are at most so many elements. */
  private static int[] fitted(Integer[] sizes, int most) {
    int[] axes = new int[sizes.length];
    int left = most;
    for (int i = sizes.length - 1; i >= 0; i--) {
      axes[i] = Math.min(sizes[i], Math.max(1, left));
      left /= Math.max(1, axes[i]);
    }
    return axes;
  }

  /** Floats within ±limit, whole ones and 0 among them. */
  public static Arbitrary<Double> numbers(float limit) {
    Arbitrary<Double> any =
        net.jqwik.api.Arbitraries.floats().between(-limit, limit).map(Float::doubleValue);
    Arbitrary<Double> round = net.jqwik.api.Arbitraries.of(0.0, 1.0, -1.0, (double) limit);
    return net.jqwik.api.Arbitraries.frequencyOf(Tuple.of(4, any), Tuple.of(1, round));
  }

  /** All kinds of floats: both zeros, subnormal, huge, infinite, none. */
  public static Arbitrary<Double> extremes() {
    Arbitrary<Double> odd = net.jqwik.api.Arbitraries.of(ODD).map(Float::doubleValue);
    return net.jqwik.api.Arbitraries.frequencyOf(Tuple.of(1, odd), Tuple.of(3, numbers(100)));
  }

  /** Tensors of a floating type. */
  public static Arbitrary<Tensor> tensors(
      DType type, Arbitrary<Shape> shapes, Arbitrary<Double> numbers) {
    return shapes.flatMap(
        shape ->
            numbers.array(Double[].class).ofSize(shape.size()).map(n -> tensor(type, shape, n)));
  }

  private static Tensor tensor(DType type, Shape shape, Double[] numbers) {
    Tensor t = Tensor.zeros(type, shape);
    for (int i = 0; i < numbers.length; i++) {
      t.set(i, numbers[i]);
    }
    return t;
  }
}
