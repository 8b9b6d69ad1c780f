package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.nn.Conv;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.Precision;

/** Convolutions. */
final class ConvEntries {
  private static final Window THREE = Window.of(3);
  private static final Window PADDED = THREE.withPadding(1);

  private ConvEntries() {}

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    entries.add(images());
    entries.add(everySetting());
    for (int padding = 0; padding <= 3; padding++) {
      entries.add(winograd(padding));
    }
    entries.add(pointwise(1));
    entries.add(pointwise(2));
    entries.add(depthwise());
    entries.add(depthwiseWithStride());
    entries.add(grouped());
    entries.add(sequences());
    entries.add(dilatedSequences());
    return entries;
  }

  private static Entry entry(Conv op, List<OpSample> samples) {
    return new Entry(
        op,
        (v, i) -> new NaiveConv(op, ConvValues.of(v)).sum(i, term -> term),
        new Precision(
            (v, i) -> new NaiveConv(op, ConvValues.of(v)).resultBound(i),
            (v, k, i) -> new NaiveConv(op, ConvValues.of(v)).gradientBound(k, i)),
        samples);
  }

  /** x [batch, channels, space …] to so many outputs. */
  private static OpSample sample(Conv op, int out, int... x) {
    int[] w = new int[x.length];
    w[0] = out;
    w[1] = x[1] / op.groups();
    for (int i = 2; i < w.length; i++) {
      w[i] = op.windows().get(i - 2).size();
    }
    String name = Shape.of(x) + " to " + out;
    return op.bias()
        ? OpSample.of(name, Shape.of(x), Shape.of(w), Shape.of(out))
        : OpSample.of(name, Shape.of(x), Shape.of(w));
  }

  private static Entry images() {
    Conv op = new Conv(PADDED, PADDED);
    List<OpSample> samples = new ArrayList<>();
    samples.add(sample(op, 1, 1, 1, 1, 1));
    samples.add(sample(op, 3, 2, 2, 4, 5).batched(0));
    for (int size : new int[] {15, 16, 17, 31, 33}) {
      samples.add(sample(op, 2, 2, 3, 2, size).batched(0));
    }
    samples.add(sample(op, 17, 1, 16, 3, 3));
    samples.add(sample(op, 33, 2, 15, 4, 4).batched(0));
    samples.add(sample(op, 2, 0, 3, 5, 5)); // no images
    samples.add(sample(op, 3, 35, 2, 5, 5).batched(0)); // parts of three images, and one of two
    samples.add(sample(op, 2, 1, 1, 70, 67)); // more positions than a block of a product
    samples.add(sample(op, 5, 3, 16, 32, 32).batched(0)); // tiles, bundles, several chunks
    samples.add(sample(op, 2, 1, 64, 2, 130)); // tiles narrower than a plane
    OpSample small = sample(op, 2, 2, 2, 4, 5).extreme();
    samples.add(small.values(0, i -> (i % 3 - 1) * 1e18).values(1, i -> (i % 5 - 2) * 1e18));
    samples.add(small.values(0, i -> (i % 3 - 1) * 1e-30));
    samples.addAll(refusals());
    return entry(op, samples);
  }

  private static List<OpSample> refusals() {
    Shape x = Shape.of(2, 3, 5, 5);
    Shape w = Shape.of(4, 3, 3, 3);
    Shape bias = Shape.of(4);
    return List.of(
        OpSample.of("no bias", x, w).refused("[x, w, bias] expected", "2 given"),
        OpSample.of("a sequence", Shape.of(2, 3, 5), w, bias)
            .refused("conv2d: x [2, 3, 5] has 3 axes, 4 expected"),
        OpSample.of("no channels", Shape.of(2, 0, 5, 5), w, bias)
            .refused("x [batch=2, channels=0, height=5, width=5] has no elements"),
        OpSample.of("a matrix of weights", x, Shape.of(4, 27), bias)
            .refused("w [4, 27] has 2 axes, 4 expected"),
        OpSample.of("another window", x, Shape.of(4, 3, 3, 5), bias)
            .refused("w [out=4, in=3, kh=3, kw=5] has other sizes than the windows, [3, 3]"),
        OpSample.of("other channels", x, Shape.of(4, 2, 3, 3), bias)
            .refused("x [batch=2, channels=3,", "w [out=4, in=2,", "on channels (3 vs 2)"),
        OpSample.of("nothing out", x, Shape.of(0, 3, 3, 3), Shape.of(0))
            .refused("out 0 must be multiples of 1"),
        OpSample.of("other biases", x, w, Shape.of(5))
            .refused("w [out=4,", "bias [out=5] disagree on out (4 vs 5)"),
        OpSample.of("biases of two axes", x, w, Shape.of(4, 1))
            .refused("bias [4, 1] has 2 axes, 1 expected"));
  }

  /** Another number for each axis and setting. */
  private static Entry everySetting() {
    Window down = new Window(3, 2, 3, 1);
    Window across = new Window(2, 1, 1, 3);
    Conv op = new Conv(List.of(down, across), 2, false);
    List<OpSample> samples = new ArrayList<>();
    samples.add(sample(op, 6, 2, 4, 5, 7).batched(0));
    samples.add(sample(op, 2, 1, 2, 1, 2)); // windows that lie in the padding wholly
    samples.add(sample(op, 8, 3, 6, 16, 17).batched(0));
    samples.add(
        OpSample.of("too short", Shape.of(2, 4, 5, 1), Shape.of(6, 2, 3, 2))
            .refused("width=1] is too short for the window: width 3 with padding", "covers 4"));
    samples.add(
        OpSample.of("odd channels", Shape.of(2, 3, 5, 5), Shape.of(6, 1, 3, 2))
            .refused("do not fall into groups: channels 3 and out 6 must be multiples of 2"));
    samples.add(
        OpSample.of("odd outputs", Shape.of(2, 4, 5, 5), Shape.of(5, 2, 3, 2))
            .refused("do not fall into groups: channels 4 and out 5 must be multiples of 2"));
    samples.add(
        OpSample.of("channels of a group", Shape.of(2, 4, 5, 5), Shape.of(6, 3, 3, 2))
            .refused("disagree on channels of one of 2 groups (2 vs 3)"));
    samples.add(
        OpSample.of("huge planes", Shape.of(1, 2, 1, 1_000_000_000), Shape.of(2, 1, 3, 2))
            .refused("with their padding have ", "and at most 2147483647"));
    return entry(op, samples);
  }

  /** Images that go by Winograd: whole and cut tiles, channels about a vector, strips, parts. */
  private static Entry winograd(int padding) {
    Window window = THREE.withPadding(padding);
    Conv op = new Conv(List.of(window, THREE.withPadding(Math.min(padding, 2))), 1, padding > 0);
    List<OpSample> samples = new ArrayList<>();
    samples.add(sample(op, 16, 2, 16, 4, 4).batched(0));
    samples.add(sample(op, 17, 2, 16, 5, 6).batched(0));
    samples.add(sample(op, 16, 3, 33, 6, 5).batched(0));
    if (padding > 0) {
      samples.add(sample(op, 31, 1, 17, 2, 2));
      samples.add(sample(op, 16, 2, 16, 3, 3).batched(0));
    }
    if (padding == 1) {
      samples.add(sample(op, 16, 35, 16, 2, 3).batched(0)); // parts, strips of several images
      samples.add(sample(op, 16, 1, 16, 14, 18)); // several strips
      samples.add(sample(op, 32, 1, 16, 3, 131)); // parts of a row of tiles
      samples.add(sample(op, 16, 0, 16, 5, 5)); // no images
      OpSample large = sample(op, 16, 1, 16, 4, 5).extreme();
      samples.add(large.values(0, i -> (i % 3 - 1) * 1e18).values(1, i -> (i % 5 - 2) * 1e18));
    }
    if (padding > 1) {
      samples.add(sample(op, 16, 2, 16, 1, 1).batched(0)); // every window reaches beyond the plane
    }
    return entry(op, samples);
  }

  private static Entry pointwise(int stride) {
    Window window = Window.of(1).withStride(stride);
    Conv op = new Conv(List.of(window, window), 1, stride == 1);
    List<OpSample> samples = new ArrayList<>();
    samples.add(sample(op, 3, 2, 5, 3, 4).batched(0));
    samples.add(sample(op, 17, 3, 16, 5, 5).batched(0));
    samples.add(sample(op, 40, 4, 33, 32, 32).batched(0)); // several chunks
    return entry(op, samples);
  }

  private static Entry depthwise() {
    Conv op = new Conv(List.of(PADDED, PADDED), 6, true);
    List<OpSample> samples = new ArrayList<>();
    samples.add(sample(op, 6, 2, 6, 4, 5).batched(0));
    samples.add(sample(op, 12, 2, 6, 7, 17).batched(0)); // two outputs a channel
    samples.add(sample(op, 6, 5, 6, 60, 33).batched(0)); // several chunks
    return entry(op, samples);
  }

  private static Entry depthwiseWithStride() {
    Window window = THREE.withStride(2).withDilation(2);
    Conv op = new Conv(List.of(window, window), 4, false);
    List<OpSample> samples = new ArrayList<>();
    samples.add(sample(op, 4, 2, 4, 6, 9).batched(0));
    samples.add(sample(op, 8, 2, 4, 15, 34).batched(0));
    return entry(op, samples);
  }

  private static Entry grouped() {
    Conv op = new Conv(List.of(PADDED.withStride(2), PADDED.withStride(2)), 3, true);
    List<OpSample> samples = new ArrayList<>();
    samples.add(sample(op, 3, 2, 6, 5, 5).batched(0));
    samples.add(sample(op, 6, 1, 3, 1, 1));
    samples.add(sample(op, 9, 20, 12, 9, 8).batched(0));
    return entry(op, samples);
  }

  private static Entry sequences() {
    Conv op = new Conv(List.of(PADDED), 1, true);
    List<OpSample> samples = new ArrayList<>();
    samples.add(sample(op, 3, 2, 4, 9).batched(0));
    samples.add(sample(op, 16, 3, 17, 33).batched(0));
    samples.add(sample(op, 2, 2, 32, 1000).batched(0)); // tiles
    samples.add(
        OpSample.of("images", Shape.of(2, 3, 5, 5), Shape.of(4, 3, 3), Shape.of(4))
            .refused("conv1d: x [2, 3, 5, 5] has 4 axes, 3 expected"));
    samples.add(
        OpSample.of("huge patches", Shape.of(1, 1, 800_000_000), Shape.of(2, 1, 3), Shape.of(2))
            .refused("length=800000000] and w [out=2, in=1, k=3]", "2400000096 elements of"));
    return entry(op, samples);
  }

  private static Entry dilatedSequences() {
    Conv op = new Conv(List.of(new Window(4, 3, 2, 2)), 2, false);
    List<OpSample> samples = new ArrayList<>();
    samples.add(sample(op, 4, 2, 6, 11).batched(0));
    samples.add(sample(op, 2, 2, 2, 100).batched(0));
    samples.add(
        OpSample.of("too short", Shape.of(2, 4, 2), Shape.of(2, 2, 4))
            .refused("x [batch=2, channels=4, length=2]", "length 6 with padding", "covers 7"));
    return entry(op, samples);
  }
}
