package limbeck.autograd.module;

import java.util.List;
import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.Var;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.Op;
import limbeck.engine.op.nn.Conv;
import limbeck.engine.op.nn.ConvTranspose;
import limbeck.engine.tensor.Shape;

/**
 * What convolutions over one and over two axes of space, and transposed ones, have in common: all
 * but their names.
 */
abstract sealed class Convolution extends Module
    permits Conv1d, Conv2d, ConvTranspose1d, ConvTranspose2d {
  private final Op op;
  private final Parameter weight;
  private final Parameter bias;

  /**
   * @param weightInit null for the usual one, uniform in ±1/√fanIn
   */
  Convolution(int in, int out, List<Window> windows, int groups, boolean hasBias, Init weightInit) {
    this(in, out, new Conv(windows, groups, hasBias), windows, groups, hasBias, weightInit);
  }

  /** A transposed one. */
  Convolution(
      int in, int out, List<Window> windows, List<Integer> extra, int groups, boolean hasBias) {
    this(
        out,
        in,
        new ConvTranspose(windows, extra, groups, hasBias),
        windows,
        groups,
        hasBias,
        null);
  }

  /** With weights [out, in / groups, window …], those of a transposed one the other way round. */
  private Convolution(
      int in, int out, Op op, List<Window> windows, int groups, boolean hasBias, Init weightInit) {
    this.op = op;
    if (in < 1 || out < 1 || in % groups != 0 || out % groups != 0) {
      boolean turned = op instanceof ConvTranspose;
      throw new IllegalArgumentException(
          op.spec().name()
              + ": "
              + (turned ? out : in)
              + " channels in and "
              + (turned ? in : out)
              + " out in groups of equal size, "
              + groups
              + " of them: multiples of that expected, 1 at least");
    }
    int[] axes = new int[2 + windows.size()];
    axes[0] = out;
    axes[1] = in / groups;
    for (int i = 0; i < windows.size(); i++) {
      axes[2 + i] = windows.get(i).size();
    }
    Shape shape = Shape.of(axes);
    Init usual = Init.uniform(1 / StrictMath.sqrt(Init.fanIn(shape)));
    weight = parameter("weight", shape, weightInit == null ? usual : weightInit);
    int biases = op instanceof ConvTranspose ? in : out;
    bias = hasBias ? parameter("bias", Shape.of(biases), usual) : null;
  }

  /** The weights [out, in / groups, window …], of a transposed one [in, out / groups, window …]. */
  public final Parameter weight() {
    return weight;
  }

  /** The biases [out]; null if this layer has none. */
  public final Parameter bias() {
    return bias;
  }

  @Override
  public final Var forward(Var x) {
    return bias == null ? x.apply(op, weight) : x.apply(op, weight, bias);
  }
}
