package limbeck.kd.vision;

import java.util.List;
import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Summary;
import limbeck.autograd.Var;
import limbeck.autograd.module.Linear;
import limbeck.engine.op.Relu;
import limbeck.engine.tensor.DType;

/**
 * A network that classifies images. Input are batches [batch, channels · height · width] or [batch,
 * channels, height, width] of values from 0 to 1, output are logits [batch, classes]. Made by
 * {@link Architecture#build}.
 *
 * <p>Every network offers these taps ({@link limbeck.autograd.Taps}), from input to output:
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
 */
public abstract class Network extends Module {
  private static final Relu RELU = new Relu();

  private final Blueprint blueprint;
  private final ImageInput input;
  private Linear classifier;

  Network(Blueprint blueprint) {
    this.blueprint = blueprint;
    input = child("input", new ImageInput(blueprint));
  }

  /** Registers the last layer: to be called when all others are. */
  final void classify(String layer, int features) {
    Init weights = Init.uniform(1 / StrictMath.sqrt(features));
    classify(layer, new Linear(features, classes(), weights, Init.constant(0)));
  }

  final void classify(String layer, Linear last) {
    classifier = child(layer, last);
  }

  @Override
  public final Var forward(Var x) {
    return classifier.forward(tap("pooled", pooled(input, x)));
  }

  /** The vectors [batch, n] of a batch of images. */
  abstract Var pooled(ImageInput input, Var x);

  static Var relu(Var x) {
    return x.apply(RELU);
  }

  /** The end of a stage with a rectifier, as taps offer it. */
  final Var endStage(int number, Var pre) {
    tapPre(number, pre);
    return tapStage(number, relu(pre));
  }

  final Var tapStage(int number, Var y) {
    return tap("stage" + number, y);
  }

  final Var tapPre(int number, Var pre) {
    return tap("stage" + number + ".pre", pre);
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

  /** The layer that gives the logits. */
  public final Linear classifier() {
    return classifier;
  }

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
}
