package limbeck.kd.vision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.Dropout;
import limbeck.autograd.module.Linear;

/**
 * A multilayer perceptron of rectified linear units, such as 784-1200-1200-10, optionally with
 * dropout on its input and after each hidden layer. Layers are named {@code fc1}, {@code fc2} …,
 * with or without dropout.
 */
public final class Mlp extends Module {
  private final int[] widths;
  private final List<Linear> layers = new ArrayList<>();
  private final Dropout inputDropout;
  private final List<Dropout> dropouts = new ArrayList<>();
  private final Activation relu = child("relu", Activation.relu());

  /** A network without dropout. */
  public Mlp(int... widths) {
    this(widths, 0, 0);
  }

  /**
   * A network with dropout.
   *
   * @param widths inputs, units of each hidden layer, outputs: at least two numbers
   * @param inputRate dropout on the inputs
   * @param hiddenRate dropout after each hidden layer
   */
  public Mlp(int[] widths, double inputRate, double hiddenRate) {
    if (widths.length < 2) {
      throw new IllegalArgumentException(
          "mlp: widths " + Arrays.toString(widths) + ", inputs and outputs at least");
    }
    this.widths = widths.clone();
    inputDropout = child("drop0", new Dropout(inputRate));
    for (int i = 1; i < widths.length; i++) {
      layers.add(
          child(
              "fc" + i,
              new Linear(widths[i - 1], widths[i], Init.he(widths[i - 1]), Init.constant(0))));
      dropouts.add(child("drop" + i, new Dropout(hiddenRate)));
    }
  }

  @Override
  public Var forward(Var x) {
    Var y = inputDropout.forward(x);
    for (int i = 0; i < layers.size() - 1; i++) {
      y = dropouts.get(i).forward(relu.forward(layers.get(i).forward(y)));
    }
    return layers.get(layers.size() - 1).forward(y);
  }

  /** The linear layers, first to last. */
  public List<Linear> layers() {
    return List.copyOf(layers);
  }

  /** Multiply-adds of one example. */
  public long multiplyAdds() {
    long sum = 0;
    for (int i = 1; i < widths.length; i++) {
      sum += (long) widths[i - 1] * widths[i];
    }
    return sum;
  }

  /** For example {@code 784-800-800-10}. */
  public String name() {
    return Arrays.stream(widths).mapToObj(Integer::toString).collect(Collectors.joining("-"));
  }
}
