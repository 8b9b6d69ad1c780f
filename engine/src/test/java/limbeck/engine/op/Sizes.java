package limbeck.engine.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.OpSample;

/** Shapes that go wrong easily: one, around the 16 lanes, no multiple of any vector. */
final class Sizes {
  private static final int[] AWKWARD = {1, 15, 16, 17, 31, 33, 100};

  private Sizes() {}

  /** Vectors of awkward sizes, and a batch, for {@code operands} of one shape each. */
  static List<OpSample> elementwise(int operands, int large) {
    List<OpSample> samples = new ArrayList<>();
    for (int n : AWKWARD) {
      samples.add(same(operands, Shape.of(n)));
    }
    samples.add(same(operands, Shape.SCALAR));
    samples.add(same(operands, Shape.of(0, 3)));
    int[] batched = operands == 1 ? new int[] {0} : new int[] {0, 1};
    samples.add(same(operands, Shape.of(5, 33)).batched(batched));
    samples.add(same(operands, Shape.of(2, 3, 4)).batched(batched));
    samples.add(same(operands, Shape.of(large)));
    return samples;
  }

  /** Batches of rows of awkward sizes, for {@code operands} of one shape each. */
  static List<OpSample> rows(int operands, int large) {
    List<OpSample> samples = new ArrayList<>();
    for (int n : AWKWARD) {
      samples.add(same(operands, Shape.of(n == 100 ? 2 : 5, n)));
    }
    samples.add(same(operands, Shape.of(1, 2)));
    samples.add(same(operands, Shape.of(10)));
    samples.add(same(operands, Shape.of(2, 3, 5)));
    samples.add(same(operands, Shape.of(large, 10)));
    return samples;
  }

  static OpSample same(int operands, Shape shape) {
    Shape[] shapes = new Shape[operands];
    Arrays.fill(shapes, shape);
    return OpSample.of(shape.toString(), shapes);
  }
}
