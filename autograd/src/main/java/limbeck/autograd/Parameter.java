package limbeck.autograd;

import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * A tensor that is learned: a named range of a {@link ParameterStore}. Its model's {@code init} or
 * {@code load} gives it values; its gradient adds up until the optimizer's step.
 *
 * <p>A frozen parameter still takes part in forward and lets gradients through to what lies before
 * it, but receives none: so a loss can reach a student through a frozen network.
 */
public final class Parameter extends Var {
  private final String name;
  private final Shape shape;
  private final Init init;
  private ParameterStore store;
  private Tensor value;
  private Tensor slot;
  private Tensor gradient;
  private boolean frozen;
  private int offset;

  Parameter(String name, Shape shape, Init init) {
    super(null, null, true, null);
    this.name = name;
    this.shape = shape;
    this.init = init;
  }

  /** Gives this a place in a store: values, and the slot its gradient will be written to. */
  void bind(ParameterStore newStore, int newOffset, Tensor newValue, Tensor newSlot) {
    if (store != null) {
      store.changed(); // a tape may have recorded the values given up
    }
    store = newStore;
    offset = newOffset;
    value = newValue;
    slot = newSlot;
    gradient = null;
  }

  boolean isBound() {
    return store != null;
  }

  boolean isBoundTo(ParameterStore other) {
    return store == other;
  }

  /** The name within its module, such as {@code weight}. */
  public String name() {
    return name;
  }

  @Override
  public Shape shape() {
    return shape;
  }

  Init init() {
    return init;
  }

  /**
   * The store that holds this.
   *
   * @throws IllegalStateException before its model's {@code init} or {@code load}
   */
  public ParameterStore store() {
    if (store == null) {
      throw new IllegalStateException(
          "parameter " + name + " " + shape + " has no values yet: call init or load on its model");
    }
    return store;
  }

  /** Index of the first element in the store's arrays. */
  public int offset() {
    return offset;
  }

  /**
   * The numbers, a view of the store's. Whoever writes to them calls {@link
   * ParameterStore#changed()}.
   */
  @Override
  public Tensor value() {
    store();
    return value;
  }

  /** Whether it keeps its value in training. */
  public boolean frozen() {
    return frozen;
  }

  /**
   * Freezes or unfreezes, from the next forward pass on: a tape that has recorded this model
   * refuses backward if that changes anything.
   */
  public void freeze(boolean on) {
    if (on != frozen && store != null) {
      store.changed();
    }
    frozen = on;
  }

  @Override
  public boolean needsGradient() {
    return !frozen;
  }

  @Override
  public Tensor gradient() {
    return gradient;
  }

  @Override
  void setGradient(Tensor newGradient) {
    gradient = newGradient;
  }

  @Override
  Tensor newGradient(Tape tape) {
    return slot;
  }

  /** Name, type, shape and the first few values. */
  @Override
  public String toString() {
    return name + " " + (value == null ? shape + " without values" : value.toString());
  }
}
