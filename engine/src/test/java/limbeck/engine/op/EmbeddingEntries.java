package limbeck.engine.op;

import static limbeck.engine.verify.Precision.roundings;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.nn.Embedding;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Rows of a table: exact forward, a sum of as many terms as a row has places backward. */
final class EmbeddingEntries {
  private EmbeddingEntries() {}

  static List<Entry> all() {
    return List.of(entry(-1), entry(0), entry(3));
  }

  private static Entry entry(int padding) {
    return new Entry(
        new Embedding(padding),
        (v, i) -> v.in(1, ((int) v.in(0, i / width(v))) * width(v) + i % width(v)),
        new Precision(roundings(0, 0).forward(), (v, k, i) -> gradientBound(v, i)),
        samples(padding));
  }

  private static int width(OpValues v) {
    return v.shape(1).last();
  }

  /** A chain of additions that starts from its first term. */
  private static double gradientBound(OpValues v, int i) {
    int terms = 0;
    double size = 0;
    for (int p = 0; p < v.shape(0).size(); p++) {
      if ((int) v.in(0, p) == i / width(v)) {
        terms++;
        size += Math.abs(v.gradOut(p * width(v) + i % width(v)));
      }
    }
    return ErrorBound.gamma(Math.max(0, terms - 1)) * size;
  }

  private static List<OpSample> samples(int padding) {
    List<OpSample> samples = new ArrayList<>();
    for (OpSample s : any()) {
      samples.add(padding < 0 ? s : s.extreme()); // by definition not the slope, in padding
    }
    if (padding >= 0) {
      int free = padding + 1;
      samples.add(sample(Shape.of(9, 5), free + 7, 3).values(0, i -> free + i * i % 7));
      samples.add(
          OpSample.of("padding beyond the table", Shape.of(2), Shape.of(padding, 5))
              .labels(0, 4)
              .refused("padding index " + padding, "table [rows=" + padding + ", width=5]"));
    }
    samples.add(
        OpSample.of("a table of three axes", Shape.of(2), Shape.of(4, 5, 6))
            .labels(0, 4)
            .refused("table [4, 5, 6]", "has 3 axes, 2 expected"));
    samples.add(OpSample.of("no table", Shape.of(2)).labels(0, 4).refused("1 given instead of 2"));
    return samples;
  }

  private static List<OpSample> any() {
    return List.of(
        sample(Shape.SCALAR, 5, 3),
        sample(Shape.of(0, 3), 5, 3),
        sample(Shape.of(7), 4, 1).batched(0),
        sample(Shape.of(3, 5), 10, 17).batched(0),
        sample(Shape.of(2, 3, 4), 40, 33).batched(0),
        sample(Shape.of(31), 300, 16), // ids of two bytes
        sample(Shape.of(100), 70_000, 1), // of three
        sample(Shape.of(9_000), 40, 33), // several chunks, in both directions
        sample(Shape.of(6), 4, 0),
        sample(Shape.of(6), 4, 100).values(0, i -> 3)); // one row only
  }

  private static OpSample sample(Shape ids, int rows, int width) {
    return OpSample.of(ids + " of " + rows + " x " + width, ids, Shape.of(rows, width))
        .labels(0, rows);
  }
}
