package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import limbeck.engine.op.nn.RotatePositions;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Steps turned by their positions. */
final class RotationEntries {
  private RotationEntries() {}

  static List<Entry> all() {
    return List.of(entry(new RotatePositions(0)), entry(new RotatePositions(3)));
  }

  private static Entry entry(RotatePositions op) {
    return new Entry(
        op,
        (v, i) -> turned(op, v, i, 1, false, k -> v.in(0, k)),
        new Precision(
            (v, i) -> ErrorBound.gamma(2) * turned(op, v, i, 1, true, k -> v.in(0, k)),
            (v, k, i) -> ErrorBound.gamma(2) * turned(op, v, i, -1, true, v::gradOut)),
        samples(op));
  }

  /** An element of x turned; or the sum of the magnitudes of its two terms. */
  private static double turned(
      RotatePositions op, OpValues v, int i, int sign, boolean magnitudes, IntToDoubleFunction x) {
    int width = v.shape().last();
    int half = width / 2;
    int column = i % width;
    int position = op.first() + i / width % v.shape().axis(-2);
    int at = position * half + column % half;
    boolean lower = column < half;
    double straight = x.applyAsDouble(i) * v.in(1, at);
    double across = x.applyAsDouble(lower ? i + half : i - half) * v.in(2, at);
    if (magnitudes) {
      return Math.abs(straight) + Math.abs(across);
    }
    return straight + (lower ? -sign : sign) * across;
  }

  private static List<OpSample> samples(RotatePositions op) {
    List<OpSample> samples = new ArrayList<>();
    for (int half : new int[] {1, 15, 16, 17, 33}) {
      samples.add(sample(op.first() + 4, half, 3, 2, 2 * half).batched(0));
    }
    samples.add(sample(op.first() + 5, 4, 5, 8));
    samples.add(sample(op.first() + 9, 3, 2, 4, 7, 6).batched(0));
    samples.add(sample(op.first() + 20, 32, 200, 20, 64)); // several chunks
    samples.add(sample(op.first() + 3, 5, 0, 3, 10));
    samples.add(
        sample(op.first() + 3, 3, 2, 4, 6)
            .refused("x [2, steps=4, width=6]", "from position " + op.first(), "longer"));
    samples.add(
        sample(op.first() + 9, 3, 2, 4, 5)
            .refused("x [2, steps=4, width=5]", "not twice as wide", "half=3"));
    samples.add(
        OpSample.of("two tables", Shape.of(2, 4), Shape.of(9, 2), Shape.of(8, 2))
            .refused("cosines [positions=9, half=2]", "sines", "(9 vs 8)"));
    samples.add(
        OpSample.of("one position", Shape.of(2, 4), Shape.of(2), Shape.of(2))
            .refused("cosines [2]", "1 axes", "2 expected"));
    samples.add(
        OpSample.of("no steps", Shape.of(4), Shape.of(9, 2), Shape.of(9, 2))
            .refused("x [4]", "at least 2 axes"));
    return samples;
  }

  private static OpSample sample(int positions, int half, int... x) {
    Shape table = Shape.of(positions, half);
    return OpSample.of(Shape.of(x) + " by " + table, Shape.of(x), table, table);
  }
}
