package limbeck.bench.workload;

import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.BatchNorm;
import limbeck.autograd.module.Conv2d;
import limbeck.autograd.module.GlobalAvgPool;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Sequential;
import limbeck.engine.kernel.composite.Window;

/**
 * The residual network of 20 layers for images [3, 32, 32] of 10 classes: a convolution to 16
 * channels, three stages of three blocks with 16, 32 and 64 channels, the mean over space, and a
 * linear layer. A stage but the first halves the image in its first block, whose shortcut is a
 * convolution with a window of one element. He et al. 2016, arXiv:1512.03385, section 4.2.
 *
 * <p>Parameters: {@code features.0.weight} and {@code features.1} (convolution and batch norm),
 * {@code features.3} to {@code features.11} (blocks, each with {@code conv1.weight}, {@code norm1},
 * {@code conv2.weight}, {@code norm2}, and where the shape changes {@code shortcut.0.weight} and
 * {@code shortcut.1}), {@code classes} (linear); batch norms and the linear layer have a {@code
 * weight} and a {@code bias}. 272,474 numbers.
 */
public final class ResNet20 extends Module {
  private static final Window PADDED = Window.of(3).withPadding(1);
  private static final int[] CHANNELS = {16, 32, 64};
  private static final int BLOCKS = 3;

  private final Sequential features;
  private final GlobalAvgPool pool = child("pool", new GlobalAvgPool());
  private final Linear classes;

  /** A network without values. */
  public ResNet20() {
    Module[] layers = new Module[3 + CHANNELS.length * BLOCKS];
    layers[0] = new Conv2d(3, CHANNELS[0], PADDED, false);
    layers[1] = new BatchNorm(CHANNELS[0]);
    layers[2] = Activation.relu();
    int in = CHANNELS[0];
    for (int i = 3; i < layers.length; i++) {
      int out = CHANNELS[(i - 3) / BLOCKS];
      layers[i] = new Block(in, out, in == out ? 1 : 2);
      in = out;
    }
    features = child("features", new Sequential(layers));
    classes = child("classes", new Linear(in, 10));
  }

  @Override
  public Var forward(Var x) {
    return classes.forward(pool.forward(features.forward(x)));
  }

  /** relu(body(x) + shortcut(x)), by the names that the parameters have. */
  private static final class Block extends Module {
    private final Sequential shortcut;
    private final Conv2d first;
    private final BatchNorm firstNorm;
    private final Conv2d second;
    private final BatchNorm secondNorm;
    private final Activation relu = child("relu", Activation.relu());

    Block(int in, int out, int stride) {
      first = child("conv1", new Conv2d(in, out, PADDED.withStride(stride), false));
      firstNorm = child("norm1", new BatchNorm(out));
      second = child("conv2", new Conv2d(out, out, PADDED, false));
      secondNorm = child("norm2", new BatchNorm(out));
      boolean same = stride == 1 && in == out;
      shortcut = child("shortcut", same ? new Sequential() : projection(in, out, stride));
    }

    private static Sequential projection(int in, int out, int stride) {
      Window one = Window.ONE.withStride(stride);
      return new Sequential(new Conv2d(in, out, one, false), new BatchNorm(out));
    }

    @Override
    public Var forward(Var x) {
      Var hidden = relu.forward(firstNorm.forward(first.forward(x)));
      Var body = secondNorm.forward(second.forward(hidden));
      return relu.forward(body.plus(shortcut.forward(x)));
    }
  }
}
