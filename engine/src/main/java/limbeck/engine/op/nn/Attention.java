package limbeck.engine.op.nn;

import java.util.Map;
import limbeck.engine.exec.Chunks;
import limbeck.engine.kernel.composite.AttentionKernel;
import limbeck.engine.kernel.composite.DropoutMask;
import limbeck.engine.op.Dropout;
import limbeck.engine.op.Lane;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Scaled dot-product attention of several heads: for each head, y = softmax(c·Q·Kᵀ)·V, the softmax
 * over the keys that a query may see. Vaswani et al. 2017, arXiv:1706.03762. Gradients are derived
 * in {@link AttentionKernel}.
 *
 * <p>Operands are q [batch, queries, width], k [batch, keys, width], v [batch, keys, value width];
 * the result is [batch, queries, value width]. Head h of H has columns h·d to (h + 1)·d, d being
 * the width over H, of each operand and of the result: nothing is copied apart. {@link Keys} says
 * which keys are there and what the fourth operand is; {@code causal} hides from query i all keys
 * after number {@code present − queries + i}, so that the last query sees all. Hidden keys are left
 * out of the softmax; a query that may see none gets zeros.
 *
 * <p>Forward leaves the probabilities, [batch, heads, queries, keys]: backward reads them, and so
 * may who wants to see or teach them. Long sequences cost that memory: 8 heads of 4,096 queries and
 * keys take half a gigabyte of floats an example.
 *
 * <p>Order of operations: products as {@link limbeck.engine.kernel.Gemm} says, softmax as {@link
 * AttentionKernel#softmax}. Products over keys end with the last key of the example that any query
 * may see, and the weight of a hidden key before that is an exact 0. So without dropout, result and
 * gradients of an example have the same bits however far it is padded, if padded queries have
 * gradient 0; and a sequence has the same bits query by query, against the keys so far, as at once
 * in causal order. An infinity or NaN among the values of a hidden key before the last visible one
 * does reach the result.
 *
 * <p>The heads of all examples are shared out among threads, each with its products in one thread.
 *
 * <p>In training, dropout may strike probabilities on their way to the values (as {@link
 * DropoutMask} says; the blocks of random bits are counted through batch, heads and queries ·
 * keys): y = (P ⊙ mask)·V. So which probabilities it strikes depends on how far the batch is
 * padded. What is saved is P without it. A program cannot hold attention with dropout.
 *
 * @param heads H, which divides both widths
 * @param causal whether a query sees no later keys
 * @param keys which keys are there
 * @param scale c; 0 stands for 1/√d
 * @param dropout of probabilities; rate 0 for none
 */
public record Attention(int heads, boolean causal, Keys keys, double scale, Dropout dropout)
    implements Op, OpContext.ForwardPass {

  /** Which keys of an example take part, and how that is told. */
  public enum Keys {
    /** All: there is no fourth operand. */
    ALL,

    /** Those below the example's length: operand lengths, I32 [batch], from 0 to keys. */
    LENGTHS,

    /** Those whose mask is 1, not 0: operand mask, I32 [batch, keys]. */
    MASK,

    /**
     * Those present in a cache with room for more: operand lengths, I32 [batch], from 0 to keys. In
     * causal order the queries are the last of those present; with {@link #LENGTHS}, which pads,
     * the last of all keys.
     */
    CACHE
  }

  private static final Dropout NO_DROPOUT = new Dropout(0, 0, 0);

  private static final OpSpec[] SPECS = new OpSpec[Keys.values().length];

  static {
    OpSpec common =
        OpSpec.of("attention")
            .operand("q", "batch queries width")
            .operand("k", "batch keys width")
            .operand("v", "batch keys width");
    SPECS[Keys.ALL.ordinal()] = common;
    SPECS[Keys.LENGTHS.ordinal()] = common.operand("lengths", "batch");
    SPECS[Keys.MASK.ordinal()] = common.operand("mask", "batch keys");
    SPECS[Keys.CACHE.ordinal()] = common.operand("lengths", "batch");
  }

  /** Elementary operations of the row loops on a score, and those of dropout. */
  private static final int SOFTMAX_COST = 8;

  private static final int DROPOUT_COST = 8;

  /** Checks the settings. */
  public Attention {
    if (heads < 1) {
      throw new IllegalArgumentException("attention: " + heads + " heads, 1 at least");
    }
    if (!(scale >= 0 && scale < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "attention: scale " + scale + ", a finite number from 0 on expected");
    }
  }

  /** Attention without dropout. */
  public Attention(int heads, boolean causal, Keys keys, double scale) {
    this(heads, causal, keys, scale, NO_DROPOUT);
  }

  /** Attention with scale 1/√d and without dropout. */
  public Attention(int heads, boolean causal, Keys keys) {
    this(heads, causal, keys, 0);
  }

  @Override
  public Shape infer(Shape... in) {
    OpSpec spec = spec();
    spec.requireOperands(in.length);
    for (int k = 0; k < in.length; k++) {
      int rank = k < 3 ? 3 : keys == Keys.MASK ? 2 : 1;
      if (in[k].rank() != rank) {
        throw spec.rankError(k, in[k], rank);
      }
      spec.requireEqual("batch", 0, in[0], in[0].axis(0), k, in[k], in[k].axis(0));
    }
    spec.requireEqual("width", 0, in[0], in[0].last(), 1, in[1], in[1].last());
    spec.requireEqual("keys", 1, in[1], in[1].axis(1), 2, in[2], in[2].axis(1));
    if (keys == Keys.MASK) {
      spec.requireEqual("keys", 1, in[1], in[1].axis(1), 3, in[3], in[3].axis(1));
    }
    requireHeads(0, in[0]);
    requireHeads(2, in[2]);
    return in[0].with(2, in[2].last());
  }

  private void requireHeads(int k, Shape shape) {
    if (shape.last() == 0 || shape.last() % heads != 0) {
      throw new ShapeException(
          "attention: "
              + spec().describe(k, shape)
              + " has a width that does not split into "
              + heads
              + " heads");
    }
  }

  /** The probabilities, [batch, heads, queries, keys]. */
  @Override
  public Shape saved(Shape... in) {
    return Shape.of(in[0].axis(0), heads, in[0].axis(1), in[1].axis(1));
  }

  @Override
  public boolean differentiable(int k) {
    return k < 3;
  }

  /**
   * Checks lengths or mask, then computes.
   *
   * @throws ShapeException naming the first length or flag that is wrong
   */
  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    checkValues(in);
    c.forward(this, out.shape().axis(0) * heads, cost(in, 2), in, out);
  }

  private void checkValues(Tensor[] in) {
    if (keys == Keys.ALL) {
      return;
    }
    Tensor t = in[3];
    String name = spec().operands().get(3).name();
    if (t.dtype() != DType.I32) {
      throw new ShapeException("attention: " + name + " is " + t.dtype() + ", I32 expected");
    }
    int most = keys == Keys.MASK ? 1 : in[1].shape().axis(1);
    for (int i = 0; i < t.size(); i++) {
      int value = t.ints()[t.offset() + i];
      if (value < 0 || value > most) {
        throw new ShapeException(
            "attention: " + name + "[" + i + "] is " + value + ", not in 0.." + most);
      }
    }
  }

  /** Forward for heads {@code from} to {@code to}, counted through all examples. */
  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Lane lane = c.lane();
    AttentionHead head = AttentionHead.of(lane, c, this, in, random());
    for (int number = from; number < to; number++) {
      head.forward(number, out);
    }
    head.clear();
    c.giveBack(lane);
  }

  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Philox random = random();
    c.forEach(
        heads * out.shape().axis(0),
        cost(in, 4),
        (from, to) -> {
          Lane lane = c.lane();
          AttentionHead head = AttentionHead.of(lane, c, this, in, random);
          for (int number = from; number < to; number++) {
            head.backward(number, gradOut, gradIn);
          }
          head.clear();
          c.giveBack(lane);
        });
  }

  /** What dropout draws from; null without it. */
  private Philox random() {
    return dropout.rate() == 0 ? null : new Philox(dropout.seed(), dropout.stream());
  }

  /** Elementary operations for one head of one example: so many products, and row loops. */
  private long cost(Tensor[] in, int products) {
    long scores = (long) in[0].shape().axis(1) * in[1].shape().axis(1);
    int product = (in[0].shape().last() + in[2].shape().last()) / 2 / heads / Chunks.MULTIPLY_ADDS;
    return scores * (products * product + SOFTMAX_COST + (dropout.rate() == 0 ? 0 : DROPOUT_COST));
  }

  @Override
  public long multiplyAdds(Shape... in) {
    return (long) in[0].rows() * in[1].axis(1) * (in[0].last() + in[2].last());
  }

  /** All but dropout, which is not for inference. */
  @Override
  public Map<String, Object> settings() {
    return Map.of("heads", heads, "causal", causal, "keys", keys.name(), "scale", scale);
  }

  @Override
  public OpSpec spec() {
    return SPECS[keys.ordinal()];
  }
}
