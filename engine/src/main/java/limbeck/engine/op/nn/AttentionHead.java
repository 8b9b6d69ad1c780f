package limbeck.engine.op.nn;

import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.AttentionKernel;
import limbeck.engine.kernel.composite.DropoutMask;
import limbeck.engine.op.Lane;
import limbeck.engine.op.nn.Attention.Keys;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/**
 * One head of one example of {@link Attention}: the products around {@link AttentionKernel}, in the
 * calling thread. Heads are counted through all examples. A head's matrix is a range of columns of
 * an example in q, k, v, y or their gradients, all of them [batch, steps, width]; its scores S,
 * probabilities P and their gradients are [queries, keys], of which the first n columns count:
 * those up to the last key that any query may see. Without dropout, {@code random} is null.
 */
final class AttentionHead {
  /** Scratch of the floating type: gradients of scores, the mask of dropout. */
  private static final int SCORES = 0;

  private static final int MASK = 1;

  /** Scratch of type I32: runs of keys, random words. */
  private static final int RUNS = 0;

  private static final int WORDS = 1;

  private AttentionHead() {}

  /** P, which is saved, and y = P·V, or (P ⊙ mask)·V with dropout. */
  static void forward(
      Attention op, Rows r, Lane lane, Philox random, Tensor[] in, Tensor p, Tensor y, int head) {
    int queries = steps(in[0]);
    int keys = steps(in[1]);
    int at = head * queries * keys;
    Tensor runs = lane.scratch(RUNS, DType.I32, keys + 2);
    int count = runs(op, in, head, runs);
    int n = AttentionKernel.end(runs, count, keys);
    rowsByRows(op, lane, head, n, in[0], in[1], p, at);
    AttentionKernel.softmax(
        r, scale(op, in), p, at, queries, keys, runs, count, limit(op, in, head), step(op));
    if (random == null) {
      scoresByRows(op, r, lane, head, n, p, at, in[2], y);
    } else {
      Tensor kept = mask(op, lane, random, p, head, queries * keys);
      r.mul(p, at, kept, 0, kept, 0, queries * keys);
      scoresByRows(op, r, lane, head, n, kept, 0, in[2], y);
    }
  }

  /** Gradients of the operands wanted, as {@link AttentionKernel} derives them. */
  static void backward(
      Attention op,
      Rows r,
      Lane lane,
      Philox random,
      Tensor[] in,
      Tensor p,
      Tensor dy,
      Tensor[] dx,
      int head) {
    int size = steps(in[0]) * steps(in[1]);
    int at = head * size;
    Tensor runs = lane.scratch(RUNS, DType.I32, steps(in[1]) + 2);
    int count = runs(op, in, head, runs);
    int n = AttentionKernel.end(runs, count, steps(in[1]));
    Tensor mask = random == null ? null : mask(op, lane, random, p, head, size);
    if (dx[0] != null || dx[1] != null) {
      Tensor ds = lane.scratch(SCORES, p.dtype(), size);
      rowsByRows(op, lane, head, n, dy, in[2], ds, 0);
      scoresGradient(op, r, in, head, runs, count, p, mask, ds);
      if (dx[0] != null) {
        scoresByRows(op, r, lane, head, n, ds, 0, in[1], dx[0]);
      }
      if (dx[1] != null) {
        columnsByRows(op, r, lane, head, n, ds, 0, in[0], dx[1]);
      }
    }
    if (dx[2] != null && mask == null) {
      columnsByRows(op, r, lane, head, n, p, at, dy, dx[2]);
    } else if (dx[2] != null) {
      r.mul(p, at, mask, 0, mask, 0, size);
      columnsByRows(op, r, lane, head, n, mask, 0, dy, dx[2]);
    }
  }

  /** c·dS from the gradient of P, or of P ⊙ mask. */
  private static void scoresGradient(
      Attention op,
      Rows r,
      Tensor[] in,
      int head,
      Tensor runs,
      int count,
      Tensor p,
      Tensor mask,
      Tensor ds) {
    int queries = steps(in[0]);
    int keys = steps(in[1]);
    if (mask != null) {
      r.mul(ds, 0, mask, 0, ds, 0, queries * keys); // past column n undefined, and not read
    }
    AttentionKernel.gradient(
        r,
        scale(op, in),
        p,
        head * queries * keys,
        ds,
        queries,
        keys,
        runs,
        count,
        limit(op, in, head),
        step(op));
  }

  /** S = A·Bᵀ, its first n columns. */
  private static void rowsByRows(
      Attention op, Lane lane, int head, int n, Tensor a, Tensor b, Tensor s, int at) {
    lane.multiply(
        false,
        true,
        steps(a),
        n,
        width(a) / op.heads(),
        a,
        at(op, a, head),
        width(a),
        b,
        at(op, b, head),
        width(b),
        s,
        at,
        steps(b));
  }

  /** Y = S·B over n keys. */
  private static void scoresByRows(
      Attention op, Rows r, Lane lane, int head, int n, Tensor s, int at, Tensor b, Tensor y) {
    int columns = width(y) / op.heads();
    int yAt = at(op, y, head);
    lane.multiply(
        false,
        false,
        steps(y),
        columns,
        n,
        s,
        at,
        steps(b),
        b,
        at(op, b, head),
        width(b),
        y,
        yAt,
        width(y));
    AttentionKernel.clearSigns(r, y, yAt, steps(y), columns, width(y));
  }

  /** Y = Sᵀ·B for n keys, zeros for the others. */
  private static void columnsByRows(
      Attention op, Rows r, Lane lane, int head, int n, Tensor s, int at, Tensor b, Tensor y) {
    int columns = width(y) / op.heads();
    int yAt = at(op, y, head);
    lane.multiply(
        true,
        false,
        n,
        columns,
        steps(b),
        s,
        at,
        steps(y),
        b,
        at(op, b, head),
        width(b),
        y,
        yAt,
        width(y));
    AttentionKernel.clearSigns(r, y, yAt, n, columns, width(y));
    for (int key = n; key < steps(y); key++) {
      r.fill(0, y, yAt + key * width(y), columns);
    }
  }

  private static Tensor mask(Attention op, Lane lane, Philox random, Tensor p, int head, int n) {
    Tensor mask = lane.scratch(MASK, p.dtype(), n);
    Tensor words = lane.scratch(WORDS, DType.I32, DropoutMask.WORDS);
    long first = (long) head * DropoutMask.blocks(n);
    DropoutMask.draw(random, op.dropout().rate(), first, words, mask, 0, n);
    return mask;
  }

  private static int runs(Attention op, Tensor[] in, int head, Tensor runs) {
    int keys = steps(in[1]);
    int example = head / op.heads();
    return switch (op.keys()) {
      case ALL -> AttentionKernel.firstKeys(keys, runs);
      case LENGTHS, CACHE -> AttentionKernel.firstKeys(integer(in[3], example), runs);
      case MASK -> AttentionKernel.maskedKeys(in[3], example * keys, keys, runs);
    };
  }

  /** The key from which on the first query sees none. */
  private static int limit(Attention op, Tensor[] in, int head) {
    int keys = steps(in[1]);
    if (!op.causal()) {
      return keys;
    }
    int present = op.keys() == Keys.CACHE ? integer(in[3], head / op.heads()) : keys;
    return present - steps(in[0]) + 1;
  }

  private static int step(Attention op) {
    return op.causal() ? 1 : 0;
  }

  private static double scale(Attention op, Tensor[] in) {
    return op.scale() > 0 ? op.scale() : 1 / Math.sqrt(width(in[0]) / op.heads());
  }

  private static int integer(Tensor t, int i) {
    return t.ints()[t.offset() + i];
  }

  private static int steps(Tensor t) {
    return t.shape().axis(1);
  }

  private static int width(Tensor t) {
    return t.shape().last();
  }

  /** Where a head's matrix begins. */
  private static int at(Attention op, Tensor t, int head) {
    int example = head / op.heads();
    return example * steps(t) * width(t) + head % op.heads() * (width(t) / op.heads());
  }
}
