package limbeck.engine.op.index;

import java.util.Map;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Where along an axis the k largest elements are, the largest first; of equal ones the one that
 * comes first is the larger, and NaN is larger than every number. {@link
 * limbeck.engine.op.layout.TakeAlong} on the same axis gives their values, and their gradients.
 *
 * @param k how many; the axis must have as many
 * @param axis the axis; negative: from the end
 */
public record TopK(int k, int axis) implements IndexOp {
  private static final OpSpec SPEC = OpSpec.of("topK").operand("x", "...").onnx("TopK", 11);

  /** Checks k. */
  public TopK {
    if (k < 1) {
      throw new IllegalArgumentException("topK: k = " + k + " is not 1 or more");
    }
  }

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    int at = spec().requireAxis(0, in[0], axis);
    if (in[0].axis(at) < k) {
      throw new ShapeException(
          "topK: "
              + spec().describe(0, in[0])
              + " has "
              + in[0].axis(at)
              + " elements along axis "
              + axis
              + ", "
              + k
              + " wanted");
    }
    return in[0].with(at, k);
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    c.forward(this, out.size() / k, 2L * in[0].shape().axis(axis), in, out);
  }

  /** In the line of the result itself, a heap of the largest so far, the least of them on top. */
  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Tensor x = in[0];
    int n = x.shape().axis(axis);
    int inner = x.shape().inner(axis);
    int[] heap = out.ints();
    for (int line = from; line < to; line++) {
      int source = line / inner * n * inner + line % inner;
      int at = out.offset() + line / inner * k * inner + line % inner;
      for (int j = 0; j < k; j++) {
        heap[at + j * inner] = j;
      }
      for (int j = k / 2 - 1; j >= 0; j--) {
        sink(x, source, inner, heap, at, k, j);
      }
      for (int j = k; j < n; j++) {
        if (isAbove(x, source, inner, j, heap[at])) {
          heap[at] = j;
          sink(x, source, inner, heap, at, k, 0);
        }
      }
      for (int left = k - 1; left > 0; left--) { // the least of those left goes behind them
        int least = heap[at];
        heap[at] = heap[at + left * inner];
        heap[at + left * inner] = least;
        sink(x, source, inner, heap, at, left, 0);
      }
    }
  }

  /** Lets the index in a place of a heap sink to where it belongs. */
  private static void sink(
      Tensor x, int source, int inner, int[] heap, int at, int size, int place) {
    int hole = place;
    int moved = heap[at + hole * inner];
    int child = 2 * hole + 1;
    while (child < size) {
      int index = heap[at + child * inner];
      if (child + 1 < size && isAbove(x, source, inner, index, heap[at + (child + 1) * inner])) {
        child++;
        index = heap[at + child * inner];
      }
      if (!isAbove(x, source, inner, moved, index)) {
        break;
      }
      heap[at + hole * inner] = index;
      hole = child;
      child = 2 * hole + 1;
    }
    heap[at + hole * inner] = moved;
  }

  /** Whether the element with index i of a line comes before that with index j. */
  private static boolean isAbove(Tensor x, int source, int inner, int i, int j) {
    double a = x.get(source + i * inner) + 0.0; // −0 is 0
    double b = x.get(source + j * inner) + 0.0;
    int order = Double.compare(a, b); // NaN is the largest
    return order > 0 || order == 0 && i < j;
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("k", k, "axis", axis);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
