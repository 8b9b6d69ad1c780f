package limbeck.autograd.module;

import java.util.List;
import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.Var;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.nn.Conv;
import limbeck.engine.tensor.Shape;

/** What convolutions over one and over two axes of space have in common: all but their names. */
abstract sealed class Convolution extends Module permits Conv1d, Conv2d {
  private final Conv op;
  private final Parameter weight;
  private final Parameter bias;

  /**
   * @param weightInit null for the usual one, uniform in ±1/√fanIn
   */
  Convolution(int in, int out, List<Window> windows, int groups, boolean hasBias, Init weightInit) {
    op = new Conv(windows, groups, hasBias);
    if (in < 1 || out < 1 || in % groups != 0 || out % groups != 0) {
      throw new IllegalArgumentException(
          op.spec().name()
              + ": "
              + in
              + " channels in and "
              + out
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
    bias = hasBias ? parameter("bias", Shape.of(out), usual) : null;
  }

  /** The weights [out, in / groups, window …]. */
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
