package limbeck.kd.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** Labelled examples that are numbers from 0 to 1, all of one shape, such as images. */
public interface TensorDataset extends Dataset {
  /** The shape of one example as {@link #read} writes it, for example [784]. */
  Shape example();

  /**
   * Writes example {@code i} to {@code out[at]} onwards: {@code example().size()} values from 0 to
   * 1.
   *
   * @throws IndexOutOfBoundsException if there is no example {@code i}, or {@code out} is too short
   */
  void read(int i, float[] out, int at);

  @Override
  TensorDataset subset(int[] indices);

  @Override
  TensorDataset grouped(List<String> names, int[] classOf);

  @Override
  default TensorInputs inputs(int[] indices) {
    int each = example().size();
    float[] values = new float[Math.multiplyExact(indices.length, each)];
    for (int i = 0; i < indices.length; i++) {
      read(indices[i], values, i * each);
    }
    return new TensorInputs(Tensor.view(values, 0, batch(indices.length)));
  }

  /** All of one shape. */
  @Override
  default boolean ofOneLength() {
    return true;
  }

  /** The shape of n examples. */
  default Shape batch(int n) {
    return Shape.of(
        IntStream.concat(IntStream.of(n), Arrays.stream(example().toArray())).toArray());
  }

  /** The shape in words, for messages. */
  @Override
  default String form() {
    return example().toString();
  }
}
