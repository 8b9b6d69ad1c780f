package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.nn.AvgPool;
import limbeck.engine.op.nn.GlobalAvgPool;
import limbeck.engine.op.nn.MaxPool;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Pooling. */
final class PoolEntries {
  private static final Window HALVE = Window.of(2).withStride(2);
  private static final Window OVERLAP = Window.of(3).withStride(2).withPadding(1);
  private static final Window SLIDE = Window.of(5).withPadding(2);
  private static final Window SPARSE = Window.of(2).withStride(3);

  private PoolEntries() {}

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    for (List<Window> windows :
        List.of(
            List.of(HALVE, HALVE),
            List.of(OVERLAP, SLIDE),
            List.of(SPARSE, OVERLAP),
            List.of(OVERLAP),
            List.of(SLIDE))) {
      entries.add(max(windows));
      entries.add(average(windows, true));
      entries.add(average(windows, false));
    }
    entries.add(global());
    return entries;
  }

  private static List<OpSample> samples(List<Window> windows) {
    boolean images = windows.size() == 2;
    List<OpSample> samples = new ArrayList<>();
    for (int size : new int[] {3, 15, 16, 17, 31, 33, 65, 100}) {
      Shape x = images ? Shape.of(2, 3, 4, size) : Shape.of(2, 3, size);
      samples.add(OpSample.of(x.toString(), x).batched(0));
    }
    Shape large = images ? Shape.of(24, 16, 40, 40) : Shape.of(12, 16, 2000);
    samples.add(OpSample.of(large + ", in several chunks", large).batched(0));
    Shape none = images ? Shape.of(0, 3, 4, 4) : Shape.of(0, 3, 4);
    samples.add(OpSample.of("no images", none));
    Shape small = images ? Shape.of(2, 3, 5, 6) : Shape.of(2, 3, 30);
    samples.add(OpSample.of("large", small).values(0, i -> (i % 7 - 3) * 1e30).extreme());
    String name = images ? "2d: " : "1d: ";
    samples.add(
        OpSample.of("no channels", small.with(1, 0)).refused(name, "channels=0", "no elements"));
    samples.add(
        OpSample.of("a row", Shape.of(2, 5)).refused(name + "x [2, 5] has 2 axes, ", "expected"));
    Shape tiny = images ? Shape.of(2, 3, 1, 1) : Shape.of(2, 3, 0);
    if (windows.contains(HALVE)) {
      samples.add(
          OpSample.of("too short", tiny)
              .refused("height=1", "too short for the window: height 1 with", "covers 2"));
    }
    return samples;
  }

  /** Maxima are exact; where windows overlap, an element adds up to one gradient for each. */
  private static Entry max(List<Window> windows) {
    List<OpSample> samples = samples(windows);
    Shape ties = windows.size() == 2 ? Shape.of(2, 2, 5, 6) : Shape.of(2, 2, 30);
    samples.add(OpSample.of("many equal", ties).values(0, i -> i % 2).extreme());
    samples.add(
        OpSample.of("zeros of both signs", ties).values(0, i -> i % 2 == 0 ? 0.0 : -0.0).extreme());
    return new Entry(
        new MaxPool(windows),
        (v, i) -> new NaivePool(windows, v).maximum(i),
        new Precision((v, i) -> 0, (v, k, i) -> overlaps(new NaivePool(windows, v), i)),
        samples);
  }

  private static double overlaps(NaivePool pool, int i) {
    return ErrorBound.gamma(pool.window() - 1) * pool.gradientSize(i, position -> 1);
  }

  /** A sum of so many terms and a quotient; a quotient for each window, and their sum. */
  private static Entry average(List<Window> windows, boolean countIncludePad) {
    return new Entry(
        new AvgPool(windows, countIncludePad),
        (v, i) -> {
          NaivePool pool = new NaivePool(windows, v);
          return pool.sum(i, false) / divisor(pool, countIncludePad, i);
        },
        new Precision(
            (v, i) -> {
              NaivePool pool = new NaivePool(windows, v);
              double size = pool.sum(i, true) / divisor(pool, countIncludePad, i);
              return ErrorBound.gamma(pool.window()) * size;
            },
            (v, k, i) -> {
              NaivePool pool = new NaivePool(windows, v);
              double size = pool.gradientSize(i, p -> divisor(pool, countIncludePad, p));
              return ErrorBound.gamma(pool.window()) * size;
            }),
        samples(windows));
  }

  private static double divisor(NaivePool pool, boolean countIncludePad, int i) {
    return countIncludePad ? pool.window() : pool.count(i);
  }

  /** A sum and a quotient; a quotient. */
  private static Entry global() {
    List<OpSample> samples = new ArrayList<>();
    for (int n : new int[] {1, 15, 16, 17, 31, 33, 100, 4097}) {
      samples.add(OpSample.of("[2, 3, " + n + "]", Shape.of(2, 3, n)).batched(0));
    }
    samples.add(OpSample.of("[3, 2, 5, 7]", Shape.of(3, 2, 5, 7)).batched(0));
    samples.add(OpSample.of("several chunks", Shape.of(20, 20, 30, 30)));
    samples.add(OpSample.of("no images", Shape.of(0, 3, 4)));
    samples.add(OpSample.of("large", Shape.of(2, 3, 4)).values(0, i -> i * 1e30).extreme());
    samples.add(
        OpSample.of("no space", Shape.of(2, 3)).refused("x [batch=2, channels=3]", "at least 3"));
    samples.add(
        OpSample.of("empty", Shape.of(2, 3, 0, 4))
            .refused("x [batch=2, channels=3, 0, 4] has empty planes"));
    return new Entry(
        new GlobalAvgPool(),
        (v, i) -> mean(v, i, false),
        new Precision(
            (v, i) -> ErrorBound.gamma(ErrorBound.sum(size(v)) + 1) * mean(v, i, true),
            (v, k, i) -> ErrorBound.gamma(1) * Math.abs(v.gradIn(0, i))),
        samples);
  }

  private static int size(OpValues v) {
    return v.shape(0).size() / v.shape().size();
  }

  private static double mean(OpValues v, int plane, boolean absolute) {
    int n = size(v);
    double sum = 0;
    for (int i = plane * n; i < (plane + 1) * n; i++) {
      sum += absolute ? Math.abs(v.in(0, i)) : v.in(0, i);
    }
    return sum / n;
  }
}
