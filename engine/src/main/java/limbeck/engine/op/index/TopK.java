package limbeck.engine.op.index;

import java.util.Map;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.DType;
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
    int n = in[0].shape().axis(axis);
    if (out.size() > 0) {
      Tensor heaps = c.take(DType.I32, Shape.of(out.size() / k, k));
      c.forward(this, out.size() / k, 2L * n, new Tensor[] {in[0], heaps}, out);
    }
  }

  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Tensor x = in[0];
    int n = x.shape().axis(axis);
    int inner = x.shape().inner(axis);
    int[] heap = in[1].ints();
    for (int row = from; row < to; row++) {
      int outer = row / inner;
      int source = outer * n * inner + row % inner;
      int target = out.offset() + outer * k * inner + row % inner;
      int at = in[1].offset() + row * k;
      select(x, source, inner, n, heap, at);
      for (int left = k - 1; left >= 0; left--) { // the least of those left is on top
        out.ints()[target + left * inner] = heap[at];
        heap[at] = heap[at + left];
        sink(x, source, inner, heap, at, left);
      }
    }
  }

  /** A heap of the k largest of a row, the least of them on top. */
  private void select(Tensor x, int source, int inner, int n, int[] heap, int at) {
    for (int j = 0; j < k; j++) {
      heap[at + j] = j;
    }
    for (int j = k / 2 - 1; j >= 0; j--) {
      sink(x, source, inner, heap, at, k, j);
    }
    for (int j = k; j < n; j++) {
      if (isAbove(x, source, inner, j, heap[at])) {
        heap[at] = j;
        sink(x, source, inner, heap, at, k);
      }
    }
  }

  private static void sink(Tensor x, int source, int inner, int[] heap, int at, int size) {
    sink(x, source, inner, heap, at, size, 0);
  }

  /** Lets an index of a heap sink to its place. */
  private static void sink(
      Tensor x, int source, int inner, int[] heap, int at, int size, int start) {
    int hole = start;
    int moved = heap[at + hole];
    int child = 2 * hole + 1;
    while (child < size) {
      if (child + 1 < size && isAbove(x, source, inner, heap[at + child], heap[at + child + 1])) {
        child++;
      }
      if (!isAbove(x, source, inner, moved, heap[at + child])) {
        break;
      }
      heap[at + hole] = heap[at + child];
      hole = child;
      child = 2 * hole + 1;
    }
    heap[at + hole] = moved;
  }

  /** Whether the element with index i of a row comes before that with index j. */
  private static boolean isAbove(Tensor x, int source, int inner, int i, int j) {
    double a = x.get(source + i * inner);
    double b = x.get(source + j * inner);
    int order = Boolean.compare(Double.isNaN(a), Double.isNaN(b));
    if (order == 0 && a != b && !Double.isNaN(a)) {
      order = a > b ? 1 : -1;
    }
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
