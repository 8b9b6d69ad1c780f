package limbeck.kd.train;

import java.util.Arrays;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Batch;
import limbeck.kd.Progress;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.ImageDataset;
import limbeck.kd.data.Inputs;
import limbeck.kd.data.Order;
import limbeck.kd.data.Sampler;
import limbeck.kd.data.TensorDataset;
import limbeck.kd.data.TensorInputs;
import limbeck.kd.vision.Augment;
import limbeck.kd.vision.Augmentations;
import limbeck.kd.vision.ImageShape;
import limbeck.kd.vision.Mixup;

/**
 * The batches of a training run: which examples, in which order, how changed, as a function of seed
 * and step alone; where they are mixed, with which others. The last batch of an epoch may be
 * smaller. A batch's tensors are reused by the next but one, so that a batch can be made while the
 * one before is in use.
 */
final class Batches {
  private final Dataset data;
  private final TensorDataset values; // the same; null if examples are no numbers
  private final int size;
  private final Order epochs;
  private final Augment augment;
  private final int[] order;
  private final Mixup.Draws draws;
  private final float[] partner;
  private Buffers now;
  private Buffers before;
  private int orderedEpoch = -1;

  /** What a batch is made in; null where nothing is to be put. */
  private record Buffers(float[] inputs, int[] labels, float[] targets, float[] scores) {}

  Batches(Dataset data, int size, long seed, Augmentations augmentations) {
    this(data, new Sampler(seed, data.size()), size, seed, augmentations);
  }

  Batches(Dataset data, Order epochs, int size, long seed, Augmentations augmentations) {
    this.data = data;
    this.values = data instanceof TensorDataset t ? t : null;
    this.size = Math.min(size, epochs.size());
    this.epochs = Buckets.of(epochs, data, this.size, seed);
    this.augment = augmentations.list().isEmpty() ? null : augment(augmentations, data, seed);
    Mixup mixup = augmentations.mixup();
    this.draws = mixup == null ? null : mixup.on(seed, data.size());
    this.partner = mixup == null ? null : new float[numbers(augmentations).example().size()];
    this.now = buffers();
    this.before = buffers();
    this.order = new int[epochs.size()];
  }

  private TensorDataset numbers(Augmentations augmentations) {
    if (values == null) {
      throw new IllegalArgumentException(
          data.name() + ": only numbers can be changed by " + augmentations);
    }
    return values;
  }

  private Buffers buffers() {
    return new Buffers(
        values == null ? null : new float[size * values.example().size() + 16],
        data.scored() ? null : new int[size],
        draws == null ? null : new float[size * data.classes()],
        data.scored() ? new float[size] : null);
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
    return size == 0 ? 0 : (epochs.size() + size - 1) / size;
  }

  /** Makes a batch; the one before stays as it is. */
  Batch get(int epoch, int number) {
    Buffers spare = before;
    before = now;
    now = spare;
    if (epoch != orderedEpoch) {
      epochs.order(epoch, order);
      orderedEpoch = epoch;
    }
    int from = number * size;
    int[] indices = Arrays.copyOfRange(order, from, Math.min(from + size, epochs.size()));
    int n = indices.length;
    for (int i = 0; i < n; i++) {
      if (data.scored()) {
        now.scores[i] = (float) data.score(indices[i]);
      } else {
        now.labels[i] = data.label(indices[i]);
      }
    }
    Inputs inputs = values == null ? data.inputs(indices) : numbers(epoch, indices);
    return new Batch(
        inputs,
        data.scored() ? null : Tensor.view(now.labels, 0, Shape.of(n)),
        indices,
        Progress.START,
        draws == null ? null : Tensor.view(now.targets, 0, Shape.of(n, data.classes())),
        data.scored() ? Tensor.view(now.scores, 0, Shape.of(n, 1)) : null);
  }

  private Inputs numbers(int epoch, int[] indices) {
    int each = values.example().size();
    for (int i = 0; i < indices.length; i++) {
      read(epoch, indices[i], now.inputs, i * each);
      if (draws != null) {
        mix(epoch, indices[i], i);
      }
    }
    return new TensorInputs(Tensor.view(now.inputs, 0, values.batch(indices.length)));
  }

  /** An example as it looks in an epoch. */
  private void read(int epoch, int example, float[] out, int at) {
    values.read(example, out, at);
    if (augment != null) {
      augment.apply(epoch, example, out, at, out, at);
    }
  }

  /** Mixes the batch's i-th example with its partner, which is changed as it is in this epoch. */
  private void mix(int epoch, int example, int i) {
    int other = draws.partner(epoch, example);
    float share = draws.share(epoch, example);
    read(epoch, other, partner, 0);
    Mixup.mix(share, now.inputs, i * partner.length, partner, 0, partner.length);
    int classes = data.classes();
    Mixup.target(share, data.label(example), data.label(other), classes, now.targets, i * classes);
  }
}
