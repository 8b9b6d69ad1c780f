package limbeck.kd.train;

import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Batch;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.ImageDataset;
import limbeck.kd.data.Sampler;
import limbeck.kd.vision.Augment;
import limbeck.kd.vision.Augmentations;
import limbeck.kd.vision.ImageShape;

/**
 * The batches of a training run: which examples, in which order, how changed, as a function of seed
 * and step alone. The last batch of an epoch may be smaller. A batch's tensors are reused by the
 * next.
 */
final class Batches {
  private final Dataset data;
  private final int size;
  private final Sampler sampler;
  private final Augment augment;
  private final float[] inputs;
  private final int[] labels;
  private final int[] order;
  private int orderedEpoch = -1;

  Batches(Dataset data, int size, long seed, Augmentations augmentations) {
    this.data = data;
    this.size = Math.min(size, data.size());
    this.sampler = new Sampler(seed, data.size());
    this.augment = augmentations.isNone() ? null : augment(augmentations, data, seed);
    this.inputs = new float[this.size * data.example().size() + 16];
    this.labels = new int[this.size];
    this.order = new int[data.size()];
  }

  private static Augment augment(Augmentations augmentations, Dataset data, long seed) {
    if (!(data instanceof ImageDataset images)) {
      throw new IllegalArgumentException(
          data.name() + ": only images can be changed by " + augmentations);
    }
    return augmentations.on(seed, ImageShape.of(images));
  }

  /** Steps of one epoch. */
  int perEpoch() {
    return size == 0 ? 0 : (data.size() + size - 1) / size;
  }

  Batch get(int epoch, int number) {
    if (epoch != orderedEpoch) {
      sampler.order(epoch, order);
      orderedEpoch = epoch;
    }
    int from = number * size;
    int n = Math.min(size, data.size() - from);
    int each = data.example().size();
    int[] indices = new int[n];
    for (int i = 0; i < n; i++) {
      int example = order[from + i];
      indices[i] = example;
      labels[i] = data.label(example);
      data.read(example, inputs, i * each);
      if (augment != null) {
        augment.apply(epoch, example, inputs, i * each, inputs, i * each);
      }
    }
    return new Batch(
        Tensor.view(inputs, 0, batchOf(n, data.example())),
        Tensor.view(labels, 0, Shape.of(n)),
        indices);
  }

  /** The shape of n examples. */
  static Shape batchOf(int n, Shape example) {
    int[] axes = new int[example.rank() + 1];
    axes[0] = n;
    System.arraycopy(example.toArray(), 0, axes, 1, example.rank());
    return Shape.of(axes);
  }
}
