package limbeck.autograd.module;

import java.util.List;
import limbeck.autograd.Var;
import limbeck.engine.op.nn.Attention;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * The projected keys and values of the steps so far, for decoding step by step: buffers keys
 * [batch, capacity, width] and values [batch, capacity, width], of which the first {@link
 * #length()} steps are present, in all examples alike. Made once for a capacity, it never grows.
 *
 * <p>It belongs to who decodes, not to the layer: one per attention and sequence (or batch of
 * sequences) under way. No gradient goes through it.
 */
public final class KeyValueCache {
  private final Tensor keys;
  private final Tensor values;
  private final Tensor lengths;
  private final Var keysVar;
  private final Var valuesVar;
  private final AttentionMask present;
  private int length;

  /**
   * An empty cache. {@link MultiHeadAttention#cache} makes one that fits.
   *
   * @param type of the model that fills it
   * @throws IllegalArgumentException if the type is not a floating one, or the capacity below 1
   */
  public KeyValueCache(DType type, int batch, int capacity, int keyWidth, int valueWidth) {
    if (!type.isFloating() || capacity < 1) {
      throw new IllegalArgumentException(
          "keyValueCache: "
              + type
              + " for "
              + capacity
              + " steps; a floating type, 1 step at least");
    }
    keys = Tensor.zeros(type, Shape.of(batch, capacity, keyWidth));
    values = Tensor.zeros(type, Shape.of(batch, capacity, valueWidth));
    lengths = Tensor.zeros(DType.I32, Shape.of(batch));
    keysVar = Var.of(keys);
    valuesVar = Var.of(values);
    present = new AttentionMask(true, Attention.Keys.CACHE, Var.of(lengths));
  }

  /** How many steps are present. */
  public int length() {
    return length;
  }

  /** How many steps there is room for. */
  public int capacity() {
    return keys.shape().axis(1);
  }

  /** Forgets all steps. */
  public void clear() {
    setLength(0);
  }

  /** The buffer of keys [batch, capacity, width], as a constant. */
  Var keys() {
    return keysVar;
  }

  /** The buffer of values [batch, capacity, width], as a constant. */
  Var values() {
    return valuesVar;
  }

  /** The steps present, in causal order of which the queries are the last. */
  AttentionMask present() {
    return present;
  }

  /**
   * Copies the next steps in.
   *
   * @param newKeys [batch, steps, width]; {@code newValues} likewise
   * @throws IllegalStateException if they ask for a gradient
   * @throws ShapeException if they do not fit, or there is no room
   */
  void append(Var newKeys, Var newValues) {
    requireNoGradient(newKeys);
    requireNoGradient(newValues);
    requireFit(newKeys.value(), keys, "keys");
    requireFit(newValues.value(), values, "values");
    int steps = newKeys.shape().axis(1);
    requireRoom(steps);
    copy(newKeys.value(), keys);
    copy(newValues.value(), values);
    setLength(length + steps);
  }

  /**
   * Refuses what a backward pass would read this cache for, keys, values or queries: later steps
   * overwrite its buffers, which no tape can see.
   */
  static void requireNoGradient(Var v) {
    if (v.needsGradient()) {
      throw new IllegalStateException(
          "keyValueCache: no gradient goes through a cache; decode with Module.infer, outside of"
              + " tapes, or freeze the model");
    }
  }

  /** Refuses a memory of which steps are missing. */
  void requireFull() {
    if (length < capacity()) {
      throw new IllegalStateException(
          "multiHeadAttention: the memory's cache holds "
              + length
              + " steps of "
              + capacity()
              + "; remember all of it first");
    }
  }

  /**
   * Checks the caches of a stack of layers, so that none has been changed when a later one refuses.
   *
   * @throws IllegalArgumentException if there is not one for each layer, or they do not hold
   *     equally many steps
   * @throws ShapeException if there is no room in one of them
   */
  static void requireReady(String who, List<KeyValueCache> caches, int layers, int steps) {
    if (caches.size() != layers) {
      throw new IllegalArgumentException(
          who + ": " + caches.size() + " caches for " + layers + " layers");
    }
    for (int i = 0; i < layers; i++) {
      if (caches.get(i).length != caches.get(0).length) {
        throw new IllegalArgumentException(
            who
                + ": the cache of layer "
                + i
                + " holds "
                + caches.get(i).length
                + " steps, that of layer 0 "
                + caches.get(0).length);
      }
      caches.get(i).requireRoom(steps);
    }
  }

  private void requireRoom(int steps) {
    if (steps > capacity() - length) {
      throw new ShapeException(
          "keyValueCache: "
              + steps
              + " more steps after "
              + length
              + " are too many for a capacity of "
              + capacity());
    }
  }

  private static void requireFit(Tensor from, Tensor to, String what) {
    Shape given = from.shape();
    boolean fits =
        from.dtype() == to.dtype()
            && given.rank() == 3
            && given.equals(to.shape().with(1, given.axis(1)));
    if (!fits) {
      throw new ShapeException(
          "keyValueCache: "
              + what
              + " "
              + from.dtype()
              + given
              + " for a cache of "
              + to.dtype()
              + to.shape()
              + " [batch, capacity, width]");
    }
  }

  private void copy(Tensor from, Tensor to) {
    int batch = from.shape().axis(0);
    int steps = from.shape().axis(1);
    Tensor rows = to.reshape(Shape.of(batch * capacity(), to.shape().last()));
    for (int example = 0; example < batch; example++) {
      int at = example * capacity() + length;
      rows.slice(at, at + steps).copyFrom(from.slice(example, example + 1));
    }
  }

  private void setLength(int newLength) {
    length = newLength;
    lengths.fill(newLength);
  }
}
