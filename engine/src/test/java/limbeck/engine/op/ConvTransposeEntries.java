package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.nn.Conv;
import limbeck.engine.op.nn.ConvTranspose;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Transposed convolutions: what {@link NaiveConv} has, with its tensors in other roles. */
final class ConvTransposeEntries {
  private static final Window THREE = Window.of(3);
  private static final Window PADDED = THREE.withPadding(1);

  private ConvTransposeEntries() {}

  static List<Entry> all() {
    return List.of(
        images(), everySetting(), doubling(), winograd(), pointwise(), depthwise(), sequences());
  }

  private static NaiveConv naive(ConvTranspose op, OpValues v) {
    return new NaiveConv(new Conv(op.windows(), op.groups(), false), ConvValues.transposed(v));
  }

  private static Entry entry(ConvTranspose op, List<OpSample> samples) {
    return new Entry(
        op,
        (v, i) -> naive(op, v).inputSum(i, term -> term) + bias(op, v, i),
        new Precision(
            (v, i) -> {
              double bound = naive(op, v).plainInputBound(i);
              double error = op.bias() ? ErrorBound.gamma(1) * (Math.abs(v.out(i)) + bound) : 0;
              return bound + error;
            },
            (v, k, i) -> gradientBound(op, v, k, i)),
        samples);
  }

  private static double bias(ConvTranspose op, OpValues v, int i) {
    return op.bias() ? v.in(2, i / v.shape().inner(1) % v.shape().axis(1)) : 0;
  }

  private static double gradientBound(ConvTranspose op, OpValues v, int k, int i) {
    return switch (k) {
      case 0 -> naive(op, v).resultBound(i);
      case 1 -> naive(op, v).weightBound(i);
      default -> biasBound(v, i);
    };
  }

  /** A sum for each image; these are added in double, and rounded. */
  private static double biasBound(OpValues v, int o) {
    int positions = v.shape().inner(1);
    int channels = v.shape().axis(1);
    double sum = 0;
    for (int i = 0; i < v.shape().size(); i++) {
      sum += i / positions % channels == o ? Math.abs(v.gradOut(i)) : 0;
    }
    return ErrorBound.gamma(ErrorBound.sum(positions) + 1) * sum;
  }

  /** x [batch, channels, space …] to so many outputs of all groups. */
  private static OpSample sample(ConvTranspose op, int out, int... x) {
    int[] w = new int[x.length];
    w[0] = x[1];
    w[1] = out / op.groups();
    for (int i = 2; i < w.length; i++) {
      w[i] = op.windows().get(i - 2).size();
    }
    String name = Shape.of(x) + " to " + out;
    return op.bias()
        ? OpSample.of(name, Shape.of(x), Shape.of(w), Shape.of(out))
        : OpSample.of(name, Shape.of(x), Shape.of(w));
  }

  private static Entry images() {
    ConvTranspose op = new ConvTranspose(List.of(PADDED, PADDED), List.of(0, 0), 1, true);
    List<OpSample> samples = new ArrayList<>();
    samples.add(sample(op, 1, 1, 1, 1, 1));
    samples.add(sample(op, 3, 2, 2, 4, 5).batched(0));
    for (int size : new int[] {15, 16, 17, 33}) {
      samples.add(sample(op, 2, 2, 3, 2, size).batched(0));
    }
    samples.add(sample(op, 2, 0, 3, 5, 5)); // no images
    samples.add(sample(op, 3, 35, 2, 5, 5).batched(0)); // parts of several images
    samples.add(sample(op, 5, 3, 12, 32, 32).batched(0)); // bundles, several chunks
    OpSample small = sample(op, 2, 2, 2, 4, 5).extreme();
    samples.add(small.values(0, i -> (i % 3 - 1) * 1e18).values(1, i -> (i % 5 - 2) * 1e18));
    samples.addAll(refusals());
    return entry(op, samples);
  }

  private static List<OpSample> refusals() {
    Shape x = Shape.of(2, 3, 5, 5);
    Shape w = Shape.of(3, 4, 3, 3);
    Shape bias = Shape.of(4);
    return List.of(
        OpSample.of("no bias", x, w).refused("[x, w, bias] expected", "2 given"),
        OpSample.of("a sequence", Shape.of(2, 3, 5), w, bias)
            .refused("convTranspose2d: x [2, 3, 5] has 3 axes, 4 expected"),
        OpSample.of("no channels", Shape.of(2, 0, 5, 5), w, bias).refused("has no elements"),
        OpSample.of("a matrix of weights", x, Shape.of(3, 36), bias)
            .refused("w [3, 36] has 2 axes, 4 expected"),
        OpSample.of("another window", x, Shape.of(3, 4, 3, 5), bias)
            .refused("w [channels=3, out=4, kh=3, kw=5] has other sizes than the windows, [3, 3]"),
        OpSample.of("other channels", x, Shape.of(2, 4, 3, 3), bias)
            .refused("x [batch=2, channels=3,", "on channels (3 vs 2)"),
        OpSample.of("nothing out", x, Shape.of(3, 0, 3, 3), Shape.of(0))
            .refused("or there is nothing out"),
        OpSample.of("other biases", x, w, Shape.of(5)).refused("on out of all groups (4 vs 5)"),
        OpSample.of("biases of two axes", x, w, Shape.of(4, 1))
            .refused("bias [4, 1] has 2 axes, 1 expected"));
  }

  /** Another number for each axis and setting. */
  private static Entry everySetting() {
    Window down = new Window(3, 3, 2, 1);
    Window across = new Window(2, 2, 1, 3);
    ConvTranspose op = new ConvTranspose(List.of(down, across), List.of(2, 0), 2, false);
    List<OpSample> samples = new ArrayList<>();
    samples.add(sample(op, 6, 2, 4, 5, 7).batched(0));
    samples.add(sample(op, 2, 1, 2, 1, 1));
    samples.add(sample(op, 4, 3, 6, 4, 17).batched(0));
    samples.add(
        OpSample.of("odd channels", Shape.of(2, 3, 5, 5), Shape.of(3, 1, 3, 2))
            .refused("do not fall into 2 groups"));
    samples.add(
        OpSample.of("huge planes", Shape.of(1, 2, 1_000_000_000, 1), Shape.of(2, 1, 3, 2))
            .refused("makes axes of 2999999998 elements"));
    return entry(op, samples);
  }

  /** Planes of twice the size, as decoders have them. */
  private static Entry doubling() {
    Window window = new Window(4, 2, 1, 1);
    ConvTranspose op = new ConvTranspose(List.of(window, window), List.of(0, 0), 1, false);
    List<OpSample> samples = new ArrayList<>();
    samples.add(sample(op, 3, 2, 2, 4, 4).batched(0));
    samples.add(sample(op, 16, 2, 17, 7, 5).batched(0));
    return entry(op, samples);
  }

  /** Whose gradients go by Winograd. */
  private static Entry winograd() {
    ConvTranspose op = new ConvTranspose(List.of(PADDED, PADDED), List.of(0, 0), 1, true);
    List<OpSample> samples = new ArrayList<>();
    samples.add(sample(op, 16, 2, 16, 4, 4).batched(0));
    samples.add(sample(op, 17, 2, 16, 5, 6).batched(0));
    samples.add(sample(op, 16, 2, 33, 6, 5).batched(0));
    return entry(op, samples);
  }

  private static Entry pointwise() {
    Window one = Window.of(1);
    ConvTranspose op = new ConvTranspose(List.of(one, one), List.of(0, 0), 1, true);
    return entry(
        op, List.of(sample(op, 3, 2, 5, 3, 4).batched(0), sample(op, 17, 3, 16, 5, 5).batched(0)));
  }

  private static Entry depthwise() {
    Window window = new Window(3, 2, 1, 1);
    ConvTranspose op = new ConvTranspose(List.of(window, window), List.of(1, 1), 4, true);
    return entry(
        op, List.of(sample(op, 4, 2, 4, 4, 5).batched(0), sample(op, 8, 2, 4, 3, 17).batched(0)));
  }

  private static Entry sequences() {
    ConvTranspose op = new ConvTranspose(List.of(new Window(4, 3, 2, 2)), List.of(1), 2, true);
    List<OpSample> samples = new ArrayList<>();
    samples.add(sample(op, 4, 2, 6, 11).batched(0));
    samples.add(sample(op, 2, 2, 2, 100).batched(0));
    samples.add(sample(op, 2, 1, 2, 1));
    samples.add(
        OpSample.of("images", Shape.of(2, 4, 5, 5), Shape.of(4, 1, 4), Shape.of(2))
            .refused("convTranspose1d: x [2, 4, 5, 5] has 4 axes, 3 expected"));
    return entry(op, samples);
  }
}
