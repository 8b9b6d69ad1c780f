package limbeck.kd.vision;

import limbeck.autograd.Summary;
import limbeck.autograd.Tracer;
import limbeck.autograd.Var;
import limbeck.engine.op.Relu;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Network;
import limbeck.kd.data.Inputs;
import limbeck.kd.data.TensorInputs;

/**
 * A network that classifies images. Input are batches [batch, channels · height · width] or [batch,
 * channels, height, width] of values from 0 to 1, output are logits [batch, classes]. Made by
 * {@link ImageArchitecture#build}.
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
public abstract class ImageNetwork extends Network {
  private static final Relu RELU = new Relu();

  private final Blueprint blueprint;

  ImageNetwork(Blueprint blueprint) {
    this.blueprint = blueprint;
  }

  static Var relu(Var x) {
    return x.apply(RELU);
  }

  @Override
  public String name() {
    return blueprint.name();
  }

  /** The images that go in. */
  public final ImageShape image() {
    return blueprint.image();
  }

  @Override
  public final int classes() {
    return blueprint.classes();
  }

  /** What happens to values first. */
  public final Standardisation standardisation() {
    return blueprint.standardisation();
  }

  @Override
  public final Var forward(Inputs in) {
    return forward(Var.of(values(in)));
  }

  private Tensor values(Inputs in) {
    if (in instanceof TensorInputs t) {
      return t.x();
    }
    throw new IllegalArgumentException(name() + ": images expected, given were other data");
  }

  /** An image of zeros. */
  @Override
  public final Inputs sample() {
    return new TensorInputs(Tensor.zeros(DType.F32, Shape.of(1, image().values())));
  }

  /** The program of one input {@code x} [channels · height · width]. */
  @Override
  public final Program program() {
    return Tracer.trace(this, DType.F32, image().example());
  }

  @Override
  public final Tensor[] tensors(Inputs in) {
    return new Tensor[] {values(in)};
  }

  @Override
  public long multiplyAdds() {
    return Summary.of(this, DType.F32, image().example()).multiplyAdds();
  }
}
