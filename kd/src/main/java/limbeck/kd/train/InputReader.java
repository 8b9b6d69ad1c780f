package limbeck.kd.train;

import limbeck.engine.tensor.Tensor;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.Inputs;
import limbeck.kd.data.TensorDataset;
import limbeck.kd.data.TensorInputs;

/** Reads examples of a set batch after batch, into the same memory each time. */
final class InputReader {
  private final Dataset data;
  private final float[] values;

  /** A reader of at most so many examples at a time. */
  InputReader(Dataset data, int most) {
    this.data = data;
    this.values =
        data instanceof TensorDataset t ? new float[most * t.example().size() + 16] : null;
  }

  /** Some examples; those before are gone. */
  Inputs read(int[] examples) {
    if (!(data instanceof TensorDataset t)) {
      return data.inputs(examples);
    }
    int each = t.example().size();
    for (int i = 0; i < examples.length; i++) {
      t.read(examples[i], values, i * each);
    }
    return new TensorInputs(Tensor.view(values, 0, t.batch(examples.length)));
  }
}
