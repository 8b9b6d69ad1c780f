package limbeck.kd.vision;

import java.util.List;
import limbeck.autograd.Buffer;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * The first layer of every network: images [batch, channels · height · width], as data sets give
 * them, or [batch, channels, height, width] become planes [batch, channels, height, width] of
 * standardised values (x − {@code mean}) / {@code deviation}. These two are constants [channels, 1,
 * 1]: part of programs but not of a network's state, so that weights from elsewhere load without
 * them. Without standardisation nothing is computed.
 */
final class ImageInput extends Module {
  private final String network;
  private final ImageShape image;
  private final Buffer mean;
  private final Buffer deviation;

  ImageInput(Blueprint b) {
    network = b.name();
    image = b.image();
    Standardisation s = b.standardisation();
    Shape shape = Shape.of(image.channels(), 1, 1);
    mean = s.isNone() ? null : constant("mean", shape, t -> fill(t, s.mean()));
    deviation = s.isNone() ? null : constant("deviation", shape, t -> fill(t, s.deviation()));
  }

  private static void fill(Tensor t, List<Double> values) {
    for (int i = 0; i < t.size(); i++) {
      t.set(i, values.get(i));
    }
  }

  @Override
  public Var forward(Var x) {
    requireFit(x.shape());
    Var planes =
        x.shape().rank() == 4 ? x : x.reshape(0, image.channels(), image.height(), image.width());
    return mean == null ? planes : planes.minus(mean.constant()).dividedBy(deviation.constant());
  }

  /** The same values [batch, channels · height · width]. */
  Var rows(Var x) {
    boolean flat = x.shape().rank() == 2 && mean == null;
    if (!flat) {
      return forward(x).reshape(0, image.values());
    }
    requireFit(x.shape());
    return x;
  }

  private void requireFit(Shape x) {
    boolean flat = x.rank() == 2 && x.axis(1) == image.values();
    boolean planes =
        x.rank() == 4
            && x.axis(1) == image.channels()
            && x.axis(2) == image.height()
            && x.axis(3) == image.width();
    if (!flat && !planes) {
      throw new ShapeException(
          network
              + ": x "
              + x
              + " is no batch of images of "
              + image
              + "; [batch, "
              + image.values()
              + "] or [batch, "
              + image.channels()
              + ", "
              + image.height()
              + ", "
              + image.width()
              + "] expected");
    }
  }
}
