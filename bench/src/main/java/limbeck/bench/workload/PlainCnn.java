package limbeck.bench.workload;

import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.BatchNorm;
import limbeck.autograd.module.Conv2d;
import limbeck.autograd.module.Flatten;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.MaxPool2d;
import limbeck.autograd.module.Sequential;
import limbeck.engine.kernel.composite.Window;

/**
 * A plain convolutional network for images [3, 32, 32] of 10 classes: three times convolution with
 * a window of 3 × 3, batch norm, rectifier and maxima of 2 × 2, with 32, 64 and 128 channels; then
 * a linear layer.
 *
 * <p>Parameters, each with a {@code weight} and a {@code bias}: {@code features.0}, {@code
 * features.4}, {@code features.8} (convolutions), {@code features.1}, {@code features.5}, {@code
 * features.9} (batch norms), {@code classes} (linear). 114,186 numbers.
 */
public final class PlainCnn extends Module {
  private static final Window PADDED = Window.of(3).withPadding(1);
  private static final int[] CHANNELS = {32, 64, 128};
  private static final int SIZE = 32;

  private final Sequential features;
  private final Flatten flatten = child("flatten", new Flatten());
  private final Linear classes;

  /** A network without values. */
  public PlainCnn() {
    Module[] layers = new Module[4 * CHANNELS.length];
    int in = 3;
    int size = SIZE;
    for (int i = 0; i < CHANNELS.length; i++) {
      layers[4 * i] = new Conv2d(in, CHANNELS[i], PADDED, true);
      layers[4 * i + 1] = new BatchNorm(CHANNELS[i]);
      layers[4 * i + 2] = Activation.relu();
      layers[4 * i + 3] = new MaxPool2d(2);
      in = CHANNELS[i];
      size /= 2;
    }
    features = child("features", new Sequential(layers));
    classes = child("classes", new Linear(in * size * size, 10));
  }

  @Override
  public Var forward(Var x) {
    return classes.forward(flatten.forward(features.forward(x)));
  }
}
