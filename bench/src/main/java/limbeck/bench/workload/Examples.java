package limbeck.bench.workload;

import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * A small labelled set in memory.
 *
 * @param name what it is, for reports
 * @param inputs [examples, …], F32
 * @param labels one per example
 */
public record Examples(String name, Tensor inputs, int[] labels) {
  /** Checks that there is a label for each example. */
  public Examples {
    if (inputs.shape().axis(0) != labels.length) {
      throw new IllegalArgumentException(
          name + ": " + inputs.shape().axis(0) + " examples and " + labels.length + " labels");
    }
  }

  /** How many there are. */
  public int size() {
    return labels.length;
  }

  /** The inputs of examples {@code step · n} and following, round and round. */
  Tensor batch(int step, int n) {
    Shape all = inputs.shape();
    Tensor batch = Tensor.zeros(DType.F32, all.with(0, n));
    int each = all.size() / all.axis(0);
    for (int i = 0; i < n; i++) {
      int from = inputs.offset() + at(step, n, i) * each;
      System.arraycopy(inputs.floats(), from, batch.floats(), i * each, each);
    }
    return batch;
  }

  /** The labels of the same examples. */
  Tensor labelBatch(int step, int n) {
    int[] batch = new int[n];
    for (int i = 0; i < n; i++) {
      batch[i] = labels[at(step, n, i)];
    }
    return Tensor.of(Shape.of(n), batch);
  }

  private int at(int step, int n, int i) {
    return (int) (((long) step * n + i) % labels.length);
  }
}
