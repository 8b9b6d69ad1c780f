package limbeck.bench.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.nn.AdaptiveAvgPool;
import limbeck.engine.op.nn.AvgPool;
import limbeck.engine.op.nn.BatchNorm;
import limbeck.engine.op.nn.BatchNormInference;
import limbeck.engine.op.nn.Conv;
import limbeck.engine.op.nn.ConvTranspose;
import limbeck.engine.op.nn.GlobalAvgPool;
import limbeck.engine.op.nn.MaxPool;
import limbeck.engine.op.nn.Resize;
import limbeck.engine.tensor.Tensor;

/** Ops on channels of images and of sequences. */
final class ImageEntries {
  private ImageEntries() {}

  static List<OracleEntry> all() {
    return List.of(
        new OracleEntry("conv1d", d -> conv(d, 1)),
        new OracleEntry("conv2d", d -> conv(d, 2)),
        new OracleEntry("conv2d of Winograd", ImageEntries::winograd),
        new OracleEntry("convTranspose1d", d -> convTranspose(d, 1)),
        new OracleEntry("convTranspose2d", d -> convTranspose(d, 2)),
        new OracleEntry("maxPool1d", d -> maxPool(d, 1)),
        new OracleEntry("maxPool2d", d -> maxPool(d, 2)),
        new OracleEntry("avgPool1d", d -> avgPool(d, 1)),
        new OracleEntry("avgPool2d", d -> avgPool(d, 2)),
        new OracleEntry("globalAvgPool", ImageEntries::globalAvgPool),
        new OracleEntry("adaptiveAvgPool", ImageEntries::adaptiveAvgPool),
        new OracleEntry("resize", ImageEntries::resize),
        new OracleEntry("batchNorm", d -> batchNorm(d, true)),
        new OracleEntry("batchNormInference", d -> batchNorm(d, false)));
  }

  /** [batch, channels, space …], each axis of space {@code least} at least. */
  private static int[] planes(Draw d, int channels, int[] least) {
    int[] axes = new int[2 + least.length];
    axes[0] = d.from(1, 3);
    axes[1] = channels;
    for (int i = 0; i < least.length; i++) {
      axes[2 + i] = Math.max(least[i], d.size(least.length == 1 ? 33 : 17));
    }
    return axes;
  }

  private static Shape of(List<Window> windows, ToIntFunction<Window> part) {
    return new Shape(windows.stream().mapToLong(part::applyAsInt).toArray());
  }

  /** What a window spans, without the padding: the least plane that it fits. */
  private static int[] least(List<Window> windows) {
    return windows.stream()
        .mapToInt(w -> Math.max(1, (w.size() - 1) * w.dilation() + 1 - 2 * w.padding()))
        .toArray();
  }

  private static OracleCase conv(Draw d, int space) {
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < space; i++) {
      windows.add(new Window(d.from(1, 5), d.from(1, 3), d.from(0, 2), d.from(1, 2)));
    }
    int groups = d.oneOf(1, 1, 2, 3);
    return conv(d, windows, groups, groups * d.oneOf(1, 2, 5), groups * d.oneOf(1, 3, 8));
  }

  private static OracleCase winograd(Draw d) {
    Window window = new Window(3, 1, 1, 1);
    return conv(d, List.of(window, window), 1, d.oneOf(16, 17), d.oneOf(16, 31));
  }

  private static OracleCase conv(
      Draw d, List<Window> windows, int groups, int channels, int outputs) {
    int[] weights = new int[2 + windows.size()];
    weights[0] = outputs;
    weights[1] = channels / groups;
    for (int i = 0; i < windows.size(); i++) {
      weights[2 + i] = windows.get(i).size();
    }
    return OracleCase.of(
        new Conv(windows, groups, true),
        in ->
            Torch.nn(in[0])
                .convolution(
                    in[0],
                    in[1],
                    in[2],
                    of(windows, Window::stride),
                    of(windows, Window::padding),
                    of(windows, Window::dilation),
                    groups)
                .get(0),
        d.normal(planes(d, channels, least(windows))),
        d.normal(weights),
        d.normal(outputs));
  }

  private static OracleCase convTranspose(Draw d, int space) {
    int groups = d.oneOf(1, 1, 2, 3);
    int channels = groups * d.oneOf(1, 2, 5);
    int outputs = groups * d.oneOf(1, 3);
    List<Window> windows = new ArrayList<>();
    List<Integer> extra = new ArrayList<>();
    int[] weights = new int[2 + space];
    weights[0] = channels;
    weights[1] = outputs / groups;
    for (int i = 0; i < space; i++) {
      int dilation = d.from(1, 2);
      int size = d.from(1, 4);
      int padding = Math.min(d.from(0, 2), (size - 1) * dilation / 2);
      windows.add(new Window(size, d.from(1, 3), padding, dilation));
      extra.add(d.below(windows.get(i).stride()));
      weights[2 + i] = size;
    }
    int[] one = new int[space];
    Arrays.fill(one, 1);
    return OracleCase.of(
        new ConvTranspose(windows, extra, groups, true),
        in -> Transposed.convolution(in[0], in[1], in[2], windows, extra, groups),
        d.normal(planes(d, channels, one)),
        d.normal(weights),
        d.normal(outputs));
  }

  private static List<Window> poolWindows(Draw d, int space) {
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < space; i++) {
      int size = d.from(1, 4);
      windows.add(new Window(size, d.from(1, 3), d.from(0, size / 2), 1));
    }
    return windows;
  }

  private static OracleCase maxPool(Draw d, int space) {
    List<Window> w = poolWindows(d, space);
    return OracleCase.of(
        new MaxPool(w),
        in ->
            Torch.nn(in[0])
                .maxPool(of(w, Window::size), of(w, Window::stride), of(w, Window::padding), false),
        d.normal(planes(d, d.size(5), least(w))));
  }

  private static OracleCase avgPool(Draw d, int space) {
    List<Window> w = poolWindows(d, space);
    boolean counted = d.flag();
    return OracleCase.of(
        new AvgPool(w, counted),
        in -> {
          NDArray means = meansOf(in[0], w);
          return counted ? means : means.div(meansOf(in[0].onesLike(), w));
        },
        d.normal(planes(d, d.size(5), least(w))));
  }

  /** Padding counts, whatever DJL is told. */
  private static NDArray meansOf(NDArray x, List<Window> w) {
    return Torch.nn(x)
        .avgPool(of(w, Window::size), of(w, Window::stride), of(w, Window::padding), false, true);
  }

  private static OracleCase globalAvgPool(Draw d) {
    int[] one = new int[d.from(1, 2)];
    return OracleCase.of(
        new GlobalAvgPool(),
        in -> Torch.nn(in[0]).globalAvgPool(),
        d.normal(planes(d, d.size(8), one)));
  }

  /** The means of parts that may overlap, from ⌊i·n/m⌋ to ⌈(i + 1)·n/m⌉. */
  private static OracleCase adaptiveAvgPool(Draw d) {
    int height = d.size(8);
    int width = d.size(8);
    return OracleCase.of(
        new AdaptiveAvgPool(List.of(height, width)),
        in -> parts(parts(in[0], 2, height), 3, width),
        d.normal(planes(d, d.size(5), new int[2])));
  }

  private static NDArray parts(NDArray x, int axis, int m) {
    long n = x.getShape().get(axis);
    NDArray[] means = new NDArray[m];
    for (int i = 0; i < m; i++) {
      long to = ((i + 1) * n + m - 1) / m;
      means[i] = Torch.slice(x, axis, i * n / m, to).mean(new int[] {axis}, true);
    }
    return Torch.concat(axis, means);
  }

  private static OracleCase resize(Draw d) {
    boolean linear = d.flag();
    int height = d.size(16);
    int width = d.size(16);
    return OracleCase.of(
        new Resize(List.of(height, width), linear),
        in -> linear ? mixed(in[0], height, width) : nearest(in[0], height, width),
        d.normal(planes(d, d.size(5), new int[2])));
  }

  private static NDArray nearest(NDArray x, int height, int width) {
    return Torch.nn(x).interpolation(new long[] {height, width}, 0, false);
  }

  /** By matrices: where DJL hands on bilinear interpolation, it is one that smooths. */
  private static NDArray mixed(NDArray x, int height, int width) {
    NDArray rows = mixture(x, (int) x.getShape().get(2), height).matMul(x);
    return rows.matMul(mixture(x, (int) x.getShape().get(3), width).transpose());
  }

  /** [m, n]: each place (i + ½)·n/m − ½, from 0 to n − 1, by its two neighbours. */
  private static NDArray mixture(NDArray x, int n, int m) {
    double[] shares = new double[m * n];
    for (int i = 0; i < m; i++) {
      double place = Math.min(Math.max((i + 0.5) * n / m - 0.5, 0), n - 1);
      int before = (int) place;
      shares[i * n + before] += 1 - (place - before);
      shares[i * n + Math.min(before + 1, n - 1)] += place - before;
    }
    return Torch.constant(x, shares, m, n);
  }

  private static OracleCase batchNorm(Draw d, boolean training) {
    float epsilon = 0x1p-17f;
    int channels = d.size(8);
    int[] space = new int[d.from(0, 2)];
    int[] shape = planes(d, channels, space);
    shape[0] = d.size(5) + 1;
    List<Tensor> operands =
        new ArrayList<>(List.of(d.normal(shape), d.normal(channels), d.normal(channels)));
    if (!training) {
      operands.add(d.normal(channels));
      operands.add(d.positive(channels));
    }
    return new OracleCase(
        training ? new BatchNorm(epsilon) : new BatchNormInference(epsilon),
        in -> {
          NDArray mean = training ? in[1].zerosLike() : in[3];
          NDArray variance = training ? in[1].onesLike() : in[4];
          return Torch.nn(in[0])
              .batchNorm(in[0], mean, variance, in[1], in[2], -1, 0.9f, epsilon, training)
              .get(0);
        },
        operands);
  }
}
