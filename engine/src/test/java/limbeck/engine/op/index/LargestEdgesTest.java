package limbeck.engine.op.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import limbeck.engine.law.Applied;
import limbeck.engine.op.reduce.ArgMax;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Largest elements beyond what the catalogue asks for: heaps of several levels, and of none. */
class LargestEdgesTest {
  /** The order of a stable sort, along an axis that others follow. */
  @Property(tries = 300)
  void theLargestAreThoseOfAStableSort(
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll @IntRange(min = 1, max = 40) int most,
      @ForAll @IntRange(min = 1, max = 3) int inner,
      @ForAll @IntRange(min = 2, max = 100) int values,
      @ForAll long seed) {
    int k = Math.min(most, n);
    SplittableRandom random = new SplittableRandom(seed);
    Tensor x = Tensor.zeros(DType.F32, Shape.of(2, n, inner));
    for (int i = 0; i < x.size(); i++) {
      x.set(i, random.nextInt(values));
    }
    Tensor found = Applied.of(new TopK(k, 1), x).out();
    for (int line = 0; line < 2 * inner; line++) {
      int first = line / inner * n * inner + line % inner;
      int at = line / inner * k * inner + line % inner;
      Comparator<Integer> bySize = Comparator.comparingDouble(j -> -x.get(first + j * inner));
      int[] expected =
          IntStream.range(0, n).boxed().sorted(bySize).limit(k).mapToInt(j -> j).toArray();
      int[] actual = IntStream.range(0, k).map(j -> (int) found.get(at + j * inner)).toArray();
      assertArrayEquals(expected, actual, "line " + line);
    }
  }

  @Test
  void linesThatAreNone() {
    for (Shape shape : new Shape[] {Shape.of(0, 3), Shape.of(2, 3, 0), Shape.of(0, 4, 0)}) {
      Tensor x = Tensor.zeros(DType.F32, shape);
      assertEquals(shape.with(1, 2), Applied.of(new TopK(2, 1), x).out().shape());
      assertEquals(shape.with(1, 1), Applied.of(new ArgMax(1, true), x).out().shape());
    }
  }
}
