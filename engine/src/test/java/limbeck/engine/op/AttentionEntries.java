package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.nn.Attention;
import limbeck.engine.op.nn.Attention.Keys;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.Precision;

/** Attention, in all its settings. */
final class AttentionEntries {
  private AttentionEntries() {}

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    for (Keys keys : Keys.values()) {
      entries.add(entry(new Attention(2, false, keys)));
      entries.add(entry(new Attention(2, true, keys)));
    }
    entries.add(entry(new Attention(1, true, Keys.LENGTHS, 0.3)));
    entries.add(entry(new Attention(2, true, Keys.MASK, 0, new Dropout(0.25, 42, 7))));
    return entries;
  }

  private static Entry entry(Attention op) {
    NaiveAttention.Cache cache = new NaiveAttention.Cache(op);
    return new Entry(
        op,
        (v, i) -> cache.of(v).result(i),
        new Precision(
            (v, i) -> cache.of(v).resultBound(i), (v, k, i) -> cache.of(v).gradientBound(k, i)),
        samples(op));
  }

  private static List<OpSample> samples(Attention op) {
    List<OpSample> samples = new ArrayList<>();
    int[][] sizes = { // batch, queries, keys, width, width of values
      {1, 1, 1, 2, 2},
      {2, 5, 5, 4, 6},
      {3, 1, 15, 2, 34},
      {2, 16, 16, 30, 2},
      {2, 3, 17, 32, 32},
      {1, 17, 31, 34, 4},
      {2, 33, 33, 6, 6},
      {1, 2, 100, 8, 8},
      {3, 7, 3, 4, 4}, // causal: queries without keys
      {2, 0, 4, 4, 4},
      {2, 4, 0, 4, 4},
      {0, 4, 4, 4, 4},
      {8, 64, 64, 32, 32} // several chunks of heads
    };
    for (int[] s : sizes) {
      OpSample sample = sample(op, s[0], s[1], s[2], s[3], s[4]);
      samples.add(s[0] > 0 && op.dropout().rate() == 0 ? batched(op, sample) : sample);
    }
    samples.addAll(unusual(op));
    samples.addAll(refused(op));
    return samples;
  }

  private static OpSample sample(Attention op, int batch, int queries, int keys, int d, int e) {
    Shape q = Shape.of(batch, queries, d);
    Shape k = Shape.of(batch, keys, d);
    Shape v = Shape.of(batch, keys, e);
    String name = q + " of " + k;
    return switch (op.keys()) {
      case ALL -> OpSample.of(name, q, k, v);
      case LENGTHS, CACHE -> OpSample.of(name, q, k, v, Shape.of(batch)).labels(3, keys + 1);
      case MASK -> OpSample.of(name, q, k, v, Shape.of(batch, keys)).labels(3, 2);
    };
  }

  private static OpSample batched(Attention op, OpSample sample) {
    return op.keys() == Keys.ALL ? sample.batched(0, 1, 2) : sample.batched(0, 1, 2, 3);
  }

  /** Scores far apart and all alike; no key at all, all keys, and runs of them. */
  private static List<OpSample> unusual(Attention op) {
    List<OpSample> samples = new ArrayList<>();
    samples.add(
        small(op, "scores of +-6000")
            .values(0, i -> 50 * (i % 5 - 2))
            .values(1, i -> 30 * (i % 3))
            .extreme());
    samples.add(
        small(op, "scores of -1e8")
            .values(0, i -> 1e4)
            .values(1, i -> i % 4 == 0 ? -1e4 : 0)
            .extreme());
    samples.add(small(op, "equal scores").values(0, i -> 0));
    if (op.keys() != Keys.ALL) {
      samples.add(small(op, "no keys").values(3, i -> 0));
      samples.add(small(op, "all keys").values(3, i -> op.keys() == Keys.MASK ? 1 : 9));
    }
    if (op.keys() == Keys.MASK) {
      samples.add(small(op, "every other key").values(3, i -> i % 2));
      samples.add(small(op, "the last key").values(3, i -> i % 9 == 8 ? 1 : 0));
    }
    return samples;
  }

  private static OpSample small(Attention op, String name) {
    OpSample s = sample(op, 2, 3, 9, 4, 4);
    return new OpSample(name, s.operands(), s.differences(), s.refusal());
  }

  private static List<OpSample> refused(Attention op) {
    List<OpSample> samples = new ArrayList<>();
    Shape x = Shape.of(2, 3, 4);
    samples.add(
        with(op, "two widths", x, Shape.of(2, 5, 6), Shape.of(2, 5, 4))
            .refused("q [batch=2, queries=3, width=4]", "k [", "disagree on width", "(4 vs 6)"));
    samples.add(
        with(op, "two numbers of keys", x, Shape.of(2, 5, 4), Shape.of(2, 6, 4))
            .refused("k [batch=2, keys=5, width=4]", "v [", "disagree on keys", "(5 vs 6)"));
    samples.add(
        with(op, "two batches", x, Shape.of(2, 3, 4), Shape.of(1, 3, 4))
            .refused("q [", "v [batch=1, keys=3, width=4]", "disagree on batch", "(2 vs 1)"));
    samples.add(
        with(op, "no batch axis", Shape.of(3, 4), x, x)
            .refused("q [3, 4]", "2 axes", "3 expected"));
    samples.add(OpSample.of("two operands", x, x).refused("[q, k, v", "2 given", "instead of"));
    Shape odd = Shape.of(2, 3, 0);
    samples.add(with(op, "no width", odd, odd, x).refused("q [", "width=0", "not split", "heads"));
    if (op.heads() > 1) {
      samples.add(
          with(op, "odd values", x, x, Shape.of(2, 3, 5))
              .refused("v [", "width=5", "does not split into 2 heads"));
    }
    if (op.keys() == Keys.MASK) {
      samples.add(
          OpSample.of("mask of 4 keys", x, x, x, Shape.of(2, 4))
              .refused("k [", "mask [batch=2, keys=4]", "disagree on keys", "(3 vs 4)"));
    } else if (op.keys() != Keys.ALL) {
      samples.add(
          OpSample.of("lengths of 3 examples", x, x, x, Shape.of(3))
              .refused("q [", "lengths [batch=3]", "disagree on batch", "(2 vs 3)"));
      samples.add(
          OpSample.of("a length per key", x, x, x, Shape.of(2, 3))
              .refused("lengths [2, 3]", "2 axes", "1 expected"));
    }
    return samples;
  }

  /** With a fourth operand that fits, where there is one. */
  private static OpSample with(Attention op, String name, Shape q, Shape k, Shape v) {
    return switch (op.keys()) {
      case ALL -> OpSample.of(name, q, k, v);
      case LENGTHS, CACHE -> OpSample.of(name, q, k, v, Shape.of(q.axis(0)));
      case MASK -> OpSample.of(name, q, k, v, Shape.of(q.axis(0), k.axis(1)));
    };
  }
}
