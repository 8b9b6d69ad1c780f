package limbeck.engine.op.layout;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import limbeck.engine.kernel.composite.StridedCopy;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.reduce.Sum;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * A tensor laid side by side with itself: with repeats (2, 3) a matrix [h, w] becomes [2h, 3w]. As
 * NumPy's {@code tile}, but that x has at least as many axes as there are repeats.
 *
 * @param repeats how often, 1 or more, for each of the last axes, from the outermost in
 */
public record Tile(List<Integer> repeats) implements LayoutOp {
  private static final OpSpec SPEC = OpSpec.of("tile").operand("x", "...").onnx("Tile", 13);

  /**
   * Keeps the repeats unmodifiable.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public Tile {
    repeats = List.copyOf(repeats);
    if (repeats.stream().anyMatch(n -> n < 1)) {
      throw new IllegalArgumentException("tile: repeats " + repeats + " are not all 1 or more");
    }
  }

  /** A tile with these repeats. */
  public static Tile of(int... repeats) {
    return new Tile(Arrays.stream(repeats).boxed().toList());
  }

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    spec().requireRank(0, in[0], repeats.size());
    int[] axes = in[0].toArray();
    for (int i = 0; i < axes.length; i++) {
      long size = (long) axes[i] * repeat(i, axes.length);
      if (size > Integer.MAX_VALUE) {
        throw new ShapeException("tile: x " + in[0] + " would have " + size + " on axis " + i);
      }
      axes[i] = (int) size;
    }
    return Shape.of(axes);
  }

  /** How often axis {@code i} of {@code rank} is repeated. */
  private int repeat(int i, int rank) {
    int named = i - (rank - repeats.size());
    return named < 0 ? 1 : repeats.get(named);
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    Shape x = in[0].shape();
    StridedCopy copy = c.stridedCopy(0);
    for (int i = 0; i < x.rank(); i++) {
      copy.axis(repeat(i, x.rank()), 0).axis(x.axis(i), x.inner(i));
    }
    copy.run(c.workers(), c.rows(out), in[0], out);
  }

  /**
   * dx = the sum of dy over the copies: over those along the last axis first, then over those
   * farther in front, each in the order of {@link Sum}.
   */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Shape x = in[0].shape();
    Tensor dx = gradIn[0];
    Tensor terms = gradOut;
    int outer = out.shape().size();
    int left = dx.size() == 0 ? 1 : out.size() / dx.size();
    int inner = 1;
    for (int i = x.rank() - 1; i >= 0 && left > 1; i--) {
      int n = repeat(i, x.rank());
      inner *= x.axis(i);
      outer /= x.axis(i) * n;
      if (n > 1) {
        left /= n;
        Tensor sums = left == 1 ? dx : c.take(dx.dtype(), Shape.of(outer * inner));
        Tensor[] parts = {terms.reshape(Shape.of(outer, n, inner))};
        new Sum(1).forward(c, parts, sums.reshape(Shape.of(outer, inner)));
        terms = sums;
      }
    }
    if (terms == gradOut) {
      dx.copyFrom(gradOut);
    }
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("repeats", repeats);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
