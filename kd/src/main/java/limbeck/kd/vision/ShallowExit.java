package limbeck.kd.vision;

import java.util.ArrayList;
import java.util.List;
import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.BatchNorm;
import limbeck.autograd.module.Conv2d;
import limbeck.autograd.module.GlobalAvgPool;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Sequential;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.tensor.Shape;

/**
 * A classifier on an inner activation: a bottleneck that gives it the shape of the deepest one,
 * which it offers as tap {@code features}, and a linear layer on that, for maps on the mean of each
 * channel.
 *
 * <p>The bottleneck of a map is a 3 × 3 convolution, batch norm and rectifier for each halving of
 * the image between the two, at least one; channels double at most, up to the deepest one's in the
 * last. That of a row of features is a linear layer and a rectifier. The bottlenecks of Zhang et
 * al. 2019 (arXiv:1905.08094) are blocks of the network at hand.
 */
final class ShallowExit extends Module {
  private final Sequential bottleneck;
  private final GlobalAvgPool pool;
  private final Linear classifier;

  private ShallowExit(List<Module> layers, Shape deepest, int classes) {
    bottleneck = child("bottleneck", new Sequential(layers.toArray(Module[]::new)));
    pool = deepest.rank() > 1 ? child("pool", new GlobalAvgPool()) : null;
    classifier = child("classifier", linear(deepest.axis(0), classes));
  }

  /**
   * The exit behind a stage of a network.
   *
   * @param stage from 1
   * @param shapes of all stages' outputs, then of the features
   * @param network that it is a part of
   * @throws IllegalArgumentException if the sizes of its images forbid it
   */
  static ShallowExit behind(int stage, List<Shape> shapes, Blueprint network) {
    Shape from = shapes.get(stage - 1);
    Shape deepest = shapes.get(shapes.size() - 1);
    ShallowExit exit = between(from, deepest, network.classes());
    if (exit == null) {
      throw Blueprint.misfit(
          network.name(),
          "stage " + stage + " gives " + from + ", which cannot be halved to " + deepest);
    }
    return exit;
  }

  /**
   * An exit.
   *
   * @param from shape of the activation, for one example
   * @param deepest shape of the deepest one
   * @return null if no number of halvings leads from one to the other
   */
  static ShallowExit between(Shape from, Shape deepest, int classes) {
    if (from.rank() == 1 && deepest.rank() == 1) {
      Linear map = linear(from.axis(0), deepest.axis(0));
      return new ShallowExit(List.of(map, Activation.relu()), deepest, classes);
    }
    int halvings = from.rank() == 3 && deepest.rank() == 3 ? halvings(from, deepest) : -1;
    return halvings < 0
        ? null
        : new ShallowExit(convolutions(from, deepest, halvings), deepest, classes);
  }

  private static Linear linear(int in, int out) {
    return new Linear(in, out, Init.he(in), Init.constant(0));
  }

  /** How often the first map must be halved to have the second's size; −1 if that cannot be. */
  private static int halvings(Shape from, Shape to) {
    for (int k = 0; k < 31; k++) {
      if (size(from.axis(1), to.axis(1), k) && size(from.axis(2), to.axis(2), k)) {
        return k;
      }
    }
    return -1;
  }

  private static boolean size(int from, int to, int halvings) {
    return to > 0 && (from >> halvings == to || up(from, halvings) == to);
  }

  /** Networks halve odd sizes down, by pooling, or up, by convolutions with a border. */
  private static int up(int size, int halvings) {
    return (int) ((size + (1L << halvings) - 1) >> halvings);
  }

  private static List<Module> convolutions(Shape from, Shape to, int halvings) {
    List<Module> layers = new ArrayList<>();
    int steps = Math.max(1, halvings);
    int channels = from.axis(0);
    for (int i = 0; i < steps; i++) {
      int out = i == steps - 1 ? to.axis(0) : Math.min(2 * channels, to.axis(0));
      Window down = window(from.axis(1), to.axis(1), i, halvings);
      Window across = window(from.axis(2), to.axis(2), i, halvings);
      layers.add(new Conv2d(channels, out, down, across, 1, false, Init.he(9 * channels)));
      layers.add(new BatchNorm(out));
      layers.add(Activation.relu());
      channels = out;
    }
    return layers;
  }

  /** The window of step {@code i}: without a border it halves an odd size down. */
  private static Window window(int from, int to, int i, int halvings) {
    if (halvings == 0) {
      return Window.of(3).withPadding(1);
    }
    boolean odd = (from >> i) % 2 == 1;
    boolean down = odd && from >> halvings == to;
    return Window.of(3).withStride(2).withPadding(down ? 0 : 1);
  }

  /** Logits of an activation. */
  @Override
  public Var forward(Var activation) {
    Var features = tap("features", bottleneck.forward(activation));
    return classifier.forward(pool == null ? features : pool.forward(features));
  }

  /** The layer that gives the logits. */
  Linear last() {
    return classifier;
  }
}
