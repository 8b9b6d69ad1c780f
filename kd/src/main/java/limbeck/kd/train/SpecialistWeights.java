package limbeck.kd.train;

import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.autograd.module.Linear;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Network;
import limbeck.kd.specialist.SpecialClasses;

/**
 * What a specialist's training begins with, and what it leaves. Both differ from another network in
 * the last layer alone, whose row c maps the vector h before it to a logit w[c] · h + b[c].
 */
final class SpecialistWeights {
  private SpecialistWeights() {}

  /**
   * The generalist's weights for a network with the outputs of a specialist. Special classes have
   * their rows. The dustbin stands for n classes; a row that had the logarithm of their summed up
   * exponentials for every h, and so the generalist's own probability of them, does not exist. It
   * gets the mean of their rows, and of their biases plus ln n: exact where the n logits are equal,
   * too low elsewhere (Jensen's inequality), and training goes on from there.
   */
  static Map<String, Tensor> beginning(Network generalist, SpecialClasses classes) {
    Linear last = last(generalist);
    Tensor w = last.weight().value();
    Tensor b = last.bias().value();
    int inputs = w.shape().last();
    Tensor weight = Tensor.zeros(w.dtype(), Shape.of(classes.outputs(), inputs));
    Tensor bias = Tensor.zeros(b.dtype(), Shape.of(classes.outputs()));
    for (int c : classes.special()) {
      copyRow(w, c, weight, classes.output(c));
      bias.set(classes.output(c), b.get(c));
    }
    for (int i = 0; i < inputs; i++) {
      weight.set(classes.dustbin() * inputs + i, meanOfOthers(w, i, inputs, classes));
    }
    double mean = meanOfOthers(b, 0, 1, classes);
    bias.set(classes.dustbin(), mean + StrictMath.log(classes.others()));
    return withLast(generalist, weight, bias);
  }

  /** Mean over the classes that are not special, ascending, of elements {@code at + c · stride}. */
  private static double meanOfOthers(Tensor t, int at, int stride, SpecialClasses classes) {
    double sum = 0;
    for (int c = 0; c < classes.classes(); c++) {
      sum += classes.contains(c) ? 0 : t.get(at + c * stride);
    }
    return sum / classes.others();
  }

  /**
   * A trained specialist's weights as those of a network of all classes, which says the same: the
   * dustbin's probability is in equal parts that of its classes. That of special classes was too
   * high in training by how often their examples came; its logarithm is added to the dustbin's
   * logit, which makes up for it.
   *
   * @param oversampled how many times as often a special example came as any other
   */
  static Map<String, Tensor> finished(
      Network specialist, SpecialClasses classes, double oversampled) {
    Linear last = last(specialist);
    Tensor w = last.weight().value();
    Tensor b = last.bias().value();
    Tensor weight = Tensor.zeros(w.dtype(), Shape.of(classes.classes(), w.shape().last()));
    Tensor bias = Tensor.zeros(b.dtype(), Shape.of(classes.classes()));
    double share = StrictMath.log(oversampled / classes.others());
    for (int c = 0; c < classes.classes(); c++) {
      copyRow(w, classes.output(c), weight, c);
      bias.set(c, b.get(classes.output(c)) + (classes.contains(c) ? 0 : share));
    }
    return withLast(specialist, weight, bias);
  }

  /** Networks with specialists have one such layer. */
  private static Linear last(Network network) {
    return network.classifiers().get(0);
  }

  private static void copyRow(Tensor from, int row, Tensor to, int toRow) {
    to.slice(toRow, toRow + 1).copyFrom(from.slice(row, row + 1));
  }

  private static Map<String, Tensor> withLast(Network network, Tensor weight, Tensor bias) {
    Map<String, Tensor> state = new LinkedHashMap<>(network.state());
    state.put(last(network).weight().path(), weight);
    state.put(last(network).bias().path(), bias);
    return state;
  }
}
