package limbeck.kd.vision;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.autograd.Summary;
import limbeck.autograd.Var;
import limbeck.autograd.module.Linear;
import limbeck.engine.op.Relu;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * A network that classifies images. Input are batches [batch, channels · height · width] or [batch,
 * channels, height, width] of values from 0 to 1, output are logits [batch, classes]. Made by
 * {@link Architecture#build}.
 *
 * <p>Every network but an ensemble offers these taps ({@link limbeck.autograd.Taps}), from input to
 * output; those of an ensemble's members have {@code member1.} and so on before their names:
 *
 * <ul>
 *   <li>{@code stem}: what comes before the first stage. Multilayer perceptrons have none.
 *   <li>{@code stage1}, {@code stage2} …: the output of each stage, that is, of the layers that see
 *       one size of image, before it is halved. Of a multilayer perceptron, each hidden layer.
 *   <li>{@code stage1.pre}, {@code stage2.pre} …: the same before the rectifier, for methods that
 *       look at the signs of what it gets. Networks that rectify before they convolve ({@code wrn},
 *       {@code densenet}) end a stage without a rectifier: there it is the value before the
 *       rectifier that follows, a batch norm of the stage's output.
 *   <li>{@code features}: the planes that become the next. Multilayer perceptrons have none.
 *   <li>{@code pooled}: the vector [batch, n] that the last layer maps to logits.
 * </ul>
 *
 * <p>Networks with several outputs offer more: see {@link Branched} and {@link WithExits}.
 */
public abstract class Network extends Module {
  private static final Relu RELU = new Relu();

  private final Blueprint blueprint;

  Network(Blueprint blueprint) {
    this.blueprint = blueprint;
  }

  static Var relu(Var x) {
    return x.apply(RELU);
  }

  /** What reports call it: the architecture's name, of a multilayer perceptron its widths. */
  public String name() {
    return blueprint.name();
  }

  /** The images that go in. */
  public final ImageShape image() {
    return blueprint.image();
  }

  /** The number of logits. */
  public final int classes() {
    return blueprint.classes();
  }

  /** What happens to values first. */
  public final Standardisation standardisation() {
    return blueprint.standardisation();
  }

  /**
   * The layers that give the logits: one, or several of which the logits are a weighted mean. In
   * either case a number that is added to a bias of each is added to the logit. None where there
   * are no such layers, as in an ensemble whose members' probabilities are averaged.
   */
  public abstract List<Linear> classifiers();

  /** Fully connected layers before the last one, first to last; often none. */
  public List<Linear> hiddenLayers() {
    return List.of();
  }

  /**
   * Multiply-adds of one image, as {@link Summary} counts them. Leaves the network in evaluation
   * mode.
   *
   * @throws IllegalStateException if it has no parameters yet
   */
  public long multiplyAdds() {
    return Summary.of(this, DType.F32, image().example()).multiplyAdds();
  }

  /**
   * Takes its values out of a network that it is a part of ({@link Architecture#part}). A tensor
   * has the same name there, or, where the output has a layer of its own, the same name behind the
   * output's and a dot.
   *
   * @param output which part this is
   * @param whole the state of the other network
   * @throws ShapeException as {@link #load}
   */
  public final void loadPart(String output, Map<String, Tensor> whole) {
    allocate(DType.F32);
    Map<String, Tensor> part = new LinkedHashMap<>();
    for (String name : state().keySet()) {
      String own = output + "." + name;
      String found = whole.containsKey(own) ? own : name;
      if (whole.containsKey(found)) {
        part.put(name, whole.get(found));
      }
    }
    load(part);
  }
}
