package limbeck.engine.op;

import java.util.function.DoubleUnaryOperator;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.nn.Conv;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;

/** A convolution by index, and the errors that float32 may make in it and in its gradients. */
final class NaiveConv {
  private final Conv op;
  private final ConvValues v;
  private final Window down;
  private final Window across;
  private final int channels;
  private final int height;
  private final int width;
  private final int outputs;
  private final int rows;
  private final int columns;
  private final int groupChannels;
  private final int groupOutputs;

  NaiveConv(Conv op, ConvValues v) {
    this.op = op;
    this.v = v;
    boolean images = op.windows().size() == 2;
    Shape x = v.shape(0);
    down = images ? op.windows().get(0) : Window.ONE;
    across = op.windows().get(images ? 1 : 0);
    channels = x.axis(1);
    height = images ? x.axis(2) : 1;
    width = x.last();
    outputs = v.shape(1).axis(0);
    rows = images ? v.shape().axis(2) : 1;
    columns = v.shape().last();
    groupChannels = channels / op.groups();
    groupOutputs = outputs / op.groups();
  }

  private int window() {
    return down.size() * across.size();
  }

  private static int element(Window w, int position, int t) {
    return position * w.stride() - w.padding() + t * w.dilation();
  }

  /** Padding is multiplied like anything else: a NaN weight shows in every output. */
  private double x(int image, int channel, int y, int x) {
    boolean inside = y >= 0 && y < height && x >= 0 && x < width;
    return inside ? v.in(0, ((image * channels + channel) * height + y) * width + x) : 0;
  }

  /** Σ of each term as changed by {@code of}. */
  double sum(int i, DoubleUnaryOperator of) {
    int ox = i % columns;
    int oy = i / columns % rows;
    int o = i / columns / rows % outputs;
    int image = i / columns / rows / outputs;
    double sum = 0;
    for (int c = 0; c < groupChannels; c++) {
      int channel = o / groupOutputs * groupChannels + c;
      for (int t = 0; t < window(); t++) {
        double weight = v.in(1, (o * groupChannels + c) * window() + t);
        int y = element(down, oy, t / across.size());
        int x = element(across, ox, t % across.size());
        sum += of.applyAsDouble(weight * x(image, channel, y, x));
      }
    }
    return sum + (op.bias() ? of.applyAsDouble(v.in(2, o)) : 0);
  }

  private boolean winograd() {
    return NaiveWinograd.takes(op, v.shape(1), v.shape());
  }

  /** One fma chain, and a sum with the bias. */
  double resultBound(int i) {
    if (winograd()) {
      return new NaiveWinograd(op, v).resultBound(i);
    }
    double roundings = ErrorBound.product(groupChannels * window()) + (op.bias() ? 1 : 0);
    return ErrorBound.gamma(roundings) * sum(i, Math::abs);
  }

  double gradientBound(int k, int i) {
    return k == 0 ? inputBound(i) : k == 1 ? weightBound(i) : biasBound(i);
  }

  private double dy(int image, int o, int position) {
    return v.gradOut((image * outputs + o) * rows * columns + position);
  }

  double inputBound(int i) {
    if (winograd() && down.padding() <= 2 && across.padding() <= 2) {
      return new NaiveWinograd(op, v).inputBound(i);
    }
    return plainInputBound(i);
  }

  /** For each element of the window a chain over outputs, and the sum of these. */
  double plainInputBound(int i) {
    return ErrorBound.gamma(ErrorBound.product(groupOutputs) + window()) * inputSum(i, Math::abs);
  }

  /** dx[i], each term as changed by {@code of}. */
  double inputSum(int i, DoubleUnaryOperator of) {
    int column = i % width;
    int row = i / width % height;
    int channel = i / width / height % channels;
    int image = i / width / height / channels;
    int group = channel / groupChannels;
    double sum = 0;
    for (int p = 0; p < rows * columns; p++) {
      int y = row - element(down, p / columns, 0);
      int x = column - element(across, p % columns, 0);
      boolean covers = y % down.dilation() == 0 && x % across.dilation() == 0;
      int ky = y / down.dilation();
      int kx = x / across.dilation();
      if (!covers || y < 0 || x < 0 || ky >= down.size() || kx >= across.size()) {
        continue;
      }
      for (int o = group * groupOutputs; o < (group + 1) * groupOutputs; o++) {
        int weight = (o * groupChannels + channel % groupChannels) * window();
        sum += of.applyAsDouble(v.in(1, weight + ky * across.size() + kx) * dy(image, o, p));
      }
    }
    return sum;
  }

  /** A chain over positions for each image; sums of images in parts, and of parts: ≤ images. */
  double weightBound(int i) {
    if (winograd()) {
      return new NaiveWinograd(op, v).weightBound(i);
    }
    int t = i % window();
    int c = i / window() % groupChannels;
    int o = i / window() / groupChannels;
    int channel = o / groupOutputs * groupChannels + c;
    double sum = 0;
    for (int image = 0; image < v.shape(0).axis(0); image++) {
      for (int p = 0; p < rows * columns; p++) {
        int y = element(down, p / columns, t / across.size());
        int x = element(across, p % columns, t % across.size());
        sum += Math.abs(x(image, channel, y, x) * dy(image, o, p));
      }
    }
    double roundings = ErrorBound.product(rows * columns) + v.shape(0).axis(0);
    return ErrorBound.gamma(roundings) * sum;
  }

  /** A sum for each image; these are added in double, and rounded. */
  private double biasBound(int o) {
    double sum = 0;
    for (int image = 0; image < v.shape(0).axis(0); image++) {
      for (int p = 0; p < rows * columns; p++) {
        sum += Math.abs(dy(image, o, p));
      }
    }
    return ErrorBound.gamma(ErrorBound.sum(rows * columns) + 1) * sum;
  }
}
