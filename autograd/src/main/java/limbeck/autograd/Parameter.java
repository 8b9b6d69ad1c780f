package limbeck.autograd;

import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * A tensor that is learned: a named range of a {@link ParameterStore}. A frozen parameter still
 * takes part in forward and lets gradients through to what lies before it, but receives none.
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
    super(null, true);
    this.name = name;
    this.shape = shape;
    this.init = init;
  }

  void bind(ParameterStore newStore, int newOffset, Tensor newValue, Tensor newSlot) {
    store = newStore;
    offset = newOffset;
    value = newValue;
    slot = newSlot;
    gradient = null;
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

  /** The store that holds this. */
  public ParameterStore store() {
    if (store == null) {
      throw new IllegalStateException(
          "parameter " + name + " has no values yet: call init or load on its model");
    }
    return store;
  }

  /** Index of the first element in the store's arrays. */
  public int offset() {
    return offset;
  }

  @Override
  public Tensor value() {
    store();
    return value;
  }

  /** Whether it keeps its value in training. */
  public boolean frozen() {
    return frozen;
  }

  /** Freezes or unfreezes. */
  public void freeze(boolean on) {
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
    store();
    return slot;
  }
}
