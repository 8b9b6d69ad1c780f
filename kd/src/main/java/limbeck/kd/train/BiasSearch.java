package limbeck.kd.train;

import java.util.List;
import limbeck.autograd.module.Linear;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Network;

/**
 * One offset on the output biases of some classes, chosen for fewest errors on examples the network
 * was not shown: grid of 0.1 over [−10, 10], ties to the offset nearest 0. Hinton et al. 2015,
 * section 3, choose it on the test set; here it is chosen on held-out training examples.
 */
final class BiasSearch {
  private static final int STEPS = 100;

  private BiasSearch() {}

  /** The offset with fewest errors. */
  static double best(float[] logits, int[] labels, int classes, List<Integer> moved) {
    double best = 0;
    long fewest = Long.MAX_VALUE;
    for (int k = 0; k <= 2 * STEPS; k++) {
      int tenths = k % 2 == 0 ? -(k / 2) : k / 2 + 1; // 0, 1, -1, 2, -2 …: nearest 0 first
      double offset = tenths / 10.0;
      long errors = errors(logits, labels, classes, moved, offset);
      if (errors < fewest) {
        fewest = errors;
        best = offset;
      }
    }
    return best;
  }

  private static long errors(
      float[] logits, int[] labels, int classes, List<Integer> moved, double offset) {
    double[] shift = new double[classes];
    moved.forEach(c -> shift[c] = offset);
    long errors = 0;
    for (int i = 0; i < labels.length; i++) {
      int best = 0;
      for (int c = 1; c < classes; c++) {
        if (logits[i * classes + c] + shift[c] > logits[i * classes + best] + shift[best]) {
          best = c;
        }
      }
      errors += best == labels[i] ? 0 : 1;
    }
    return errors;
  }

  /** Adds an offset to output biases of a network. */
  static void apply(Network network, List<Integer> moved, double offset) {
    for (Linear layer : network.classifiers()) {
      Tensor bias = layer.bias().value();
      moved.forEach(c -> bias.set(c, bias.get(c) + offset));
    }
    network.parameters().changed();
  }
}
