package limbeck.autograd;

import limbeck.engine.op.OpContext;
import limbeck.engine.op.RowSparseOp;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * A tensor that is learned: a named range of a {@link ParameterStore}. Its model's {@code init} or
 * {@code load} gives it values; its gradient adds up until the optimizer's step.
 *
 * <p>A frozen parameter still takes part in forward and lets gradients through to what lies before
 * it, but receives none: so a loss can reach a student through a frozen network.
 *
 * <p>Tied parameters ({@link Module#tie}) are one: all but name and shape is that of the parameter
 * that they share.
 */
public final class Parameter extends Var {
  private final String name;
  private final Shape shape;
  private final Init init;
  private String path;
  private ParameterStore store;
  private Tensor value;
  private GradientSlot slot;
  private Tensor gradient;
  private boolean frozen;
  private int offset;
  private Parameter tiedTo;

  Parameter(String name, Shape shape, Init init) {
    super(null, null, true, null);
    this.name = name;
    this.shape = shape;
    this.init = init;
  }

  /** Makes this one with another from now on. */
  void tie(Parameter other) {
    if (!other.shape.equals(shape)) {
      throw new ShapeException(
          "tie: " + name + " " + shape + " and " + other.name + " " + other.shape + " differ");
    }
    if (isBound()) {
      throw new IllegalStateException(
          "tie: " + name + " " + shape + " has values already; tie it before init or load");
    }
    if (shared() != other.shared()) {
      shared().tiedTo = other.shared();
    }
  }

  /** The parameter that has what this and those tied to it share; this if it is tied to none. */
  Parameter shared() {
    return tiedTo == null ? this : tiedTo.shared();
  }

  /** Gives this a place in a store. */
  void bind(String newPath, ParameterStore newStore, int newOffset, Tensor newValue) {
    if (store != null) {
      store.changed(); // a tape may have recorded the values given up
    }
    path = newPath;
    store = newStore;
    offset = newOffset;
    value = newValue;
    slot = null;
    gradient = null;
  }

  boolean isBound() {
    return shared().store != null;
  }

  boolean isBoundTo(ParameterStore other) {
    return shared().store == other;
  }

  /** The name within its module, such as {@code weight}. */
  public String name() {
    return name;
  }

  /** The path in the model that was laid out last; the name alone before that. */
  public String path() {
    return isBound() ? shared().path : name;
  }

  @Override
  public Shape shape() {
    return shape;
  }

  Init init() {
    return shared().init;
  }

  /**
   * The store that holds this.
   *
   * @throws IllegalStateException before its model's {@code init} or {@code load}
   */
  public ParameterStore store() {
    if (!isBound()) {
      throw new IllegalStateException(
          "parameter " + name + " " + shape + " has no values yet: call init or load on its model");
    }
    return shared().store;
  }

  /** Index of the first element in the store's arrays. */
  public int offset() {
    return shared().offset;
  }

  /**
   * The numbers, a view of the store's. Whoever writes to them calls {@link
   * ParameterStore#changed()}.
   */
  @Override
  public Tensor value() {
    store();
    return shared().value;
  }

  /** Whether it keeps its value in training. */
  public boolean frozen() {
    return shared().frozen;
  }

  /**
   * Freezes or unfreezes, from the next forward pass on: a tape that has recorded this model
   * refuses backward if that changes anything.
   */
  public void freeze(boolean on) {
    Parameter p = shared();
    if (on != p.frozen && p.store != null) {
      p.store.changed();
    }
    p.frozen = on;
  }

  @Override
  public boolean needsGradient() {
    return !frozen();
  }

  /**
   * What backward has added up since the last step, or null: a view of the store's. Whoever writes
   * to it calls {@link #gradientWritten()}.
   */
  @Override
  public Tensor gradient() {
    return shared().gradient;
  }

  @Override
  void setGradient(Tensor newGradient) {
    shared().gradient = newGradient;
  }

  /** Where the gradient goes: the store has memory for gradients from the first one on. */
  private GradientSlot slot() {
    if (slot == null) {
      slot = new GradientSlot(store.gradientOf(this));
    }
    return slot;
  }

  /** Lets go of the gradient and of where it was written. */
  void releaseGradient() {
    Parameter p = shared();
    p.gradient = null;
    p.slot = null;
  }

  @Override
  Tensor newGradient(Tape tape) {
    return shared().slot().whole();
  }

  @Override
  Tensor gradientToAddTo() {
    return shared().slot().whole();
  }

  /** Adds rows to the gradient, as {@link GradientSlot#addRows}. */
  void addRows(OpContext c, Tensor rows, int n, Tensor values) {
    Parameter p = shared();
    p.gradient = p.slot().addRows(c, p.gradient == null, rows, n, values);
  }

  /**
   * Notes that someone else than backward has written to {@link #gradient()}, such as noise or a
   * penalty: any row may now be other than zero. Without it, what was written to rows beside the
   * {@link #touchedRows()} is lost on optimizers that pass these by, and stays there to spoil a
   * later gradient; a write within the touched rows needs none.
   *
   * @throws IllegalStateException before its model's {@code init} or {@code load}
   */
  public void gradientWritten() {
    store();
    shared().slot().whole();
  }

  /**
   * The rows (entries of the leading axis) of {@link #gradient()} that may be other than zero,
   * ascending, I32, until the next backward or step: what a {@link RowSparseOp} such as a table of
   * word vectors leaves. Null if there is no gradient, or if others have a share in it, be it other
   * ops or {@link #gradientWritten() whoever wrote to it}: it is then dense, and any row may be
   * other than zero.
   */
  public Tensor touchedRows() {
    return gradient() == null ? null : shared().slot().touchedRows();
  }

  /** Name, type, shape and the first few values. */
  @Override
  public String toString() {
    return name + " " + (isBound() ? value().toString() : shape + " without values");
  }
}
