package limbeck.autograd.module;

import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Streams;
import limbeck.autograd.Var;
import limbeck.engine.op.nn.Attention;

/**
 * Attention of several heads between linear maps: output(attention(query(x), key(m), value(m))),
 * where x [batch, queries, width] attends to a memory m [batch, keys, memory width], often x
 * itself. Vaswani et al. 2017, arXiv:1706.03762, section 3.2.2; see {@link Attention}.
 *
 * <p>Parameters are those of four {@link Linear} children, {@code query}, {@code key}, {@code
 * value} and {@code output}. PyTorch's {@code MultiheadAttention} has the first three on top of
 * each other, {@code in_proj_weight} [3 · width, width] and {@code in_proj_bias}, and calls the
 * last {@code out_proj}; with a memory of another width it has {@code q_proj_weight}, {@code
 * k_proj_weight} and {@code v_proj_weight} instead. They start as there: weights as Glorot says for
 * the stacked matrix, or one by one; biases 0.
 */
public final class MultiHeadAttention extends Module {
  private final int heads;
  private final double dropout;
  private final Linear query;
  private final Linear key;
  private final Linear value;
  private final Linear output;

  /**
   * Attention to a memory of the same width, without dropout.
   *
   * @throws IllegalArgumentException as the general constructor
   */
  public MultiHeadAttention(int width, int heads) {
    this(width, width, heads, 0);
  }

  /**
   * Attention to a memory.
   *
   * @param width of queries and result, a multiple of {@code heads}
   * @param memoryWidth of what keys and values are computed from
   * @param dropout probability that a weight on its way to a value is zeroed in training
   * @throws IllegalArgumentException if there are no heads, they do not divide the width, a width
   *     is below 1, or the rate is not in [0, 1)
   */
  public MultiHeadAttention(int width, int memoryWidth, int heads, double dropout) {
    this(width, memoryWidth, heads, dropout, glorot(width, memoryWidth));
  }

  /**
   * Attention to a memory, with weights of all four maps that start as one chooses.
   *
   * @throws IllegalArgumentException as above
   */
  public MultiHeadAttention(int width, int memoryWidth, int heads, double dropout, Init weights) {
    this(width, memoryWidth, heads, dropout, new Start(weights, weights, weights));
  }

  /** How weights start: of queries, of keys and values, of the output. */
  private record Start(Init query, Init memory, Init output) {}

  private MultiHeadAttention(int width, int memoryWidth, int heads, double dropout, Start start) {
    if (heads < 1 || width < 1 || width % heads != 0) {
      throw new IllegalArgumentException(
          "multiHeadAttention: a width of " + width + " does not split into " + heads + " heads");
    }
    this.heads = heads;
    this.dropout = new limbeck.engine.op.Dropout(dropout, 0, 0).rate(); // which checks it
    Init zero = Init.constant(0);
    query = child("query", new Linear(width, width, start.query, zero));
    key = child("key", new Linear(memoryWidth, width, start.memory, zero));
    value = child("value", new Linear(memoryWidth, width, start.memory, zero));
    output = child("output", new Linear(width, width, start.output, zero));
  }

  private static Start glorot(int width, int memoryWidth) {
    int w = Math.max(1, width); // what is wrong is said later
    Init first = memoryWidth == width ? Init.xavier(w, 3 * w) : Init.xavier(w, w);
    Init memory = memoryWidth == width ? first : Init.xavier(Math.max(1, memoryWidth), w);
    return new Start(first, memory, Init.uniform(1 / StrictMath.sqrt(w)));
  }

  /** Each step attends to all steps: y [batch, steps, width]. */
  @Override
  public Var forward(Var x) {
    return forward(x, AttentionMask.NONE);
  }

  /** Each step attends to the steps that the mask shows: y [batch, steps, width]. */
  public Var forward(Var x, AttentionMask mask) {
    return forward(x, x, mask);
  }

  /**
   * Queries x [batch, queries, width] attend to a memory [batch, keys, memory width]: y [batch,
   * queries, width].
   */
  public Var forward(Var x, Var memory, AttentionMask mask) {
    Var keys = key.forward(memory);
    Var values = value.forward(memory);
    return attend(query.forward(x), keys, values, mask);
  }

  /**
   * An empty cache for this layer.
   *
   * @throws IllegalStateException before the model's {@code init} or {@code load}
   */
  public KeyValueCache cache(int batch, int capacity) {
    int width = key.bias().shape().last();
    return new KeyValueCache(key.bias().value().dtype(), batch, capacity, width, width);
  }

  /**
   * The next steps x [batch, steps, width] attend to all before them and, in causal order, to each
   * other: y [batch, steps, width], with the bits that the whole sequence in causal order has.
   * Their keys and values go into the cache.
   *
   * @throws limbeck.engine.tensor.ShapeException if the cache is full, or not for such steps
   * @throws IllegalStateException if a tape records queries, keys or values that ask for a
   *     gradient; the cache is as before then
   */
  public Var forward(Var x, KeyValueCache past) {
    Var q = query.forward(x);
    KeyValueCache.requireNoGradient(q);
    remember(x, past);
    return attend(q, past.keys(), past.values(), past.present());
  }

  /** Puts keys and values of a memory [batch, steps, memory width] into a cache. */
  public void remember(Var memory, KeyValueCache cache) {
    cache.append(key.forward(memory), value.forward(memory));
  }

  /**
   * Queries x [batch, queries, width] attend to a memory whose keys and values a cache remembers: y
   * [batch, queries, width].
   *
   * @throws IllegalStateException if the cache is not full: a mask counts keys from its capacity;
   *     or if a tape records queries that ask for a gradient
   * @throws IllegalArgumentException if the mask is causal: the place of a query among the keys
   *     would depend on how many queries are asked at once
   */
  public Var forward(Var x, KeyValueCache memory, AttentionMask mask) {
    requireNotCausal("multiHeadAttention", mask);
    memory.requireFull();
    Var q = query.forward(x);
    KeyValueCache.requireNoGradient(q);
    return attend(q, memory.keys(), memory.values(), mask);
  }

  /**
   * Refuses an order between the steps of a remembered memory and queries asked a few at a time.
   */
  static void requireNotCausal(String who, AttentionMask memoryMask) {
    if (memoryMask.causal()) {
      throw new IllegalArgumentException(
          who
              + ": a memory that is remembered has no causal order with queries that come step by"
              + " step; take a mask that is not causal");
    }
  }

  private Var attend(Var q, Var keys, Var values, AttentionMask mask) {
    Attention op = new Attention(heads, mask.causal(), mask.keys(), 0, dropout());
    tap("queries", q);
    tap("keys", keys);
    tap("values", values);
    if (asked("scores")) {
      tap("scores", HeadScores.of(q, keys, heads));
    }
    Var y =
        mask.operand() == null
            ? q.apply(op, keys, values)
            : q.apply(op, keys, values, mask.operand());
    return output.forward(tap("heads", y));
  }

  private limbeck.engine.op.Dropout dropout() {
    return mode().training() && dropout > 0
        ? new limbeck.engine.op.Dropout(dropout, mode().seed(), Streams.of(path(), mode().step()))
        : new limbeck.engine.op.Dropout(0, 0, 0);
  }
}
