package limbeck.engine.op.nn;

import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.AttentionKernel;
import limbeck.engine.kernel.composite.DropoutMask;
import limbeck.engine.kernel.composite.VisibleKeys;
import limbeck.engine.op.Lane;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.nn.Attention.Keys;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/**
 * One head of one example of {@link Attention} after another: the products around {@link
 * AttentionKernel}, in the calling thread. Heads are counted through all examples. A head's matrix
 * is a range of columns of an example in q, k, v, y or their gradients, all of them [batch, steps,
 * width]; its scores S, probabilities P and their gradients are [queries, keys], of which the first
 * n columns count: those up to the last key that any query may see.
 *
 * <p>Kept by lanes, one each, so that a pass makes no objects.
 */
final class AttentionHead {
  /** Scratch of the floating type: gradients of scores, the mask of dropout. */
  private static final int SCORES = 0;

  private static final int MASK = 1;

  /** Scratch of type I32: random words. */
  private static final int WORDS = 0;

  private final VisibleKeys visible = new VisibleKeys();
  private Attention op;
  private Lane lane;
  private Rows r;
  private Tensor[] in;
  private Tensor p;
  private Philox random;
  private int queries;
  private int keys;
  private double scale;

  /** The head at hand, where its scores begin in those of all, and the keys that count. */
  private int head;

  private int at;
  private int n;

  private AttentionHead() {}

  /**
   * One that a lane keeps, made ready for an op; {@link #clear} it before giving the lane back.
   *
   * @param random what dropout draws from; null without it
   */
  static AttentionHead of(Lane lane, OpContext c, Attention op, Tensor[] in, Philox random) {
    AttentionHead head = lane.keep(AttentionHead.class, AttentionHead::new);
    head.lane = lane;
    head.op = op;
    head.in = in;
    head.p = c.saved();
    head.r = c.rows(head.p);
    head.random = random;
    head.queries = steps(in[0]);
    head.keys = steps(in[1]);
    head.scale = op.scale() > 0 ? op.scale() : 1 / Math.sqrt(head.columns(in[0]));
    return head;
  }

  /** Gives up all that it was made ready with, lest the lane keep a model in memory. */
  void clear() {
    op = null;
    lane = null;
    r = null;
    in = null;
    p = null;
    random = null;
  }

  /** P, which is saved, and y = P·V, or (P ⊙ mask)·V with dropout. */
  void forward(int number, Tensor y) {
    select(number);
    rowsByRows(in[0], in[1], p, at);
    AttentionKernel.softmax(r, scale, p, at, queries, keys, visible);
    if (random == null) {
      scoresByRows(p, at, in[2], y);
    } else {
      scoresByRows(struck(mask()), 0, in[2], y);
    }
  }

  /** Gradients of the operands wanted, as {@link AttentionKernel} derives them. */
  void backward(int number, Tensor dy, Tensor[] dx) {
    select(number);
    Tensor mask = random == null ? null : mask();
    if (dx[0] != null || dx[1] != null) {
      Tensor ds = scoresGradient(dy, mask);
      if (dx[0] != null) {
        scoresByRows(ds, 0, in[1], dx[0]);
      }
      if (dx[1] != null) {
        columnsByRows(ds, 0, in[0], dx[1]);
      }
    }
    if (dx[2] != null && mask == null) {
      columnsByRows(p, at, dy, dx[2]);
    } else if (dx[2] != null) {
      columnsByRows(struck(mask), 0, dy, dx[2]);
    }
  }

  private void select(int number) {
    head = number;
    at = head * queries * keys;
    int example = head / op.heads();
    int present = keys;
    switch (op.keys()) {
      case ALL -> visible.setFirst(keys);
      case MASK -> visible.setMasked(in[3], example * keys, keys);
      default -> {
        int length = in[3].ints()[in[3].offset() + example];
        visible.setFirst(length);
        present = op.keys() == Keys.CACHE ? length : keys;
      }
    }
    if (op.causal()) {
      visible.setLimits(present - queries + 1, 1);
    }
    n = visible.end();
  }

  /** c·dS, by way of the gradient of P, or of P ⊙ mask. */
  private Tensor scoresGradient(Tensor dy, Tensor mask) {
    Tensor ds = lane.scratch(SCORES, p.dtype(), queries * keys);
    rowsByRows(dy, in[2], ds, 0);
    if (mask != null) {
      r.mul(ds, 0, mask, 0, ds, 0, queries * keys); // past column n undefined, and not read
    }
    AttentionKernel.gradient(r, scale, p, at, ds, queries, keys, visible);
    return ds;
  }

  private Tensor mask() {
    int size = queries * keys;
    Tensor mask = lane.scratch(MASK, p.dtype(), size);
    Tensor words = lane.scratch(WORDS, DType.I32, DropoutMask.WORDS);
    long first = (long) head * DropoutMask.blocks(size);
    DropoutMask.draw(random, op.dropout().rate(), first, words, mask, 0, size);
    return mask;
  }

  /** P ⊙ mask, in place of the mask. */
  private Tensor struck(Tensor mask) {
    r.mul(p, at, mask, 0, mask, 0, queries * keys);
    return mask;
  }

  /** S = A·Bᵀ, its first n columns. */
  private void rowsByRows(Tensor a, Tensor b, Tensor s, int sAt) {
    lane.multiply(
        false,
        true,
        queries,
        n,
        columns(a),
        a,
        start(a),
        width(a),
        b,
        start(b),
        width(b),
        s,
        sAt,
        keys);
  }

  /** Y = S·B over n keys. */
  private void scoresByRows(Tensor s, int sAt, Tensor b, Tensor y) {
    lane.multiply(
        false,
        false,
        queries,
        columns(y),
        n,
        s,
        sAt,
        keys,
        b,
        start(b),
        width(b),
        y,
        start(y),
        width(y));
    AttentionKernel.clearSigns(r, y, start(y), queries, columns(y), width(y));
  }

  /** Y = Sᵀ·B for n keys, zeros for the others. */
  private void columnsByRows(Tensor s, int sAt, Tensor b, Tensor y) {
    lane.multiply(
        true,
        false,
        n,
        columns(y),
        queries,
        s,
        sAt,
        keys,
        b,
        start(b),
        width(b),
        y,
        start(y),
        width(y));
    AttentionKernel.clearSigns(r, y, start(y), n, columns(y), width(y));
    for (int key = n; key < keys; key++) {
      r.fill(0, y, start(y) + key * width(y), columns(y));
    }
  }

  private static int steps(Tensor t) {
    return t.shape().axis(1);
  }

  private static int width(Tensor t) {
    return t.shape().last();
  }

  /** Columns of a head. */
  private int columns(Tensor t) {
    return width(t) / op.heads();
  }

  /** Where the head at hand begins. */
  private int start(Tensor t) {
    int example = head / op.heads();
    return example * steps(t) * width(t) + head % op.heads() * columns(t);
  }
}
