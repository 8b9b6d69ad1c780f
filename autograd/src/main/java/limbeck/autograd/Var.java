package limbeck.autograd;

import limbeck.engine.op.Add;
import limbeck.engine.op.Mean;
import limbeck.engine.op.Mul;
import limbeck.engine.op.Op;
import limbeck.engine.op.Scale;
import limbeck.engine.op.Sub;
import limbeck.engine.op.Sum;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * A value that ops are applied to; while a {@link Tape} is open in this thread, also where it came
 * from. Everyday ops have methods, every op works through {@link #apply}.
 */
public class Var {
  private final Tensor value;
  private final boolean needsGradient;
  private Tensor gradient;

  Var(Tensor value, boolean needsGradient) {
    this.value = value;
    this.needsGradient = needsGradient;
  }

  /** A constant: data, labels, a teacher's outputs. */
  public static Var of(Tensor value) {
    return new Var(value, false);
  }

  /** An input that asks for a gradient, to be read from {@link #gradient()} after backward. */
  public static Var input(Tensor value) {
    return new Var(value, true);
  }

  /** The numbers. */
  public Tensor value() {
    return value;
  }

  /** The shape of {@link #value()}. */
  public Shape shape() {
    return value().shape();
  }

  /** Whether backward gives this a gradient. */
  public boolean needsGradient() {
    return needsGradient;
  }

  /**
   * d loss / d this after backward; null if the loss does not depend on it or none was asked for.
   */
  public Tensor gradient() {
    return gradient;
  }

  void setGradient(Tensor newGradient) {
    gradient = newGradient;
  }

  /** Memory for a first gradient of this; a parameter's lies in its store. */
  Tensor newGradient(Tape tape) {
    return tape.take(value().dtype(), shape());
  }

  /**
   * Applies an op to this and further operands, and records it on the open tape if there is one.
   */
  public Var apply(Op op, Var... others) {
    Var[] in = new Var[others.length + 1];
    in[0] = this;
    System.arraycopy(others, 0, in, 1, others.length);
    return Execution.current().apply(op, in);
  }

  /** Elementwise sum. */
  public Var plus(Var other) {
    return apply(new Add(), other);
  }

  /** Elementwise difference. */
  public Var minus(Var other) {
    return apply(new Sub(), other);
  }

  /** Elementwise product. */
  public Var times(Var other) {
    return apply(new Mul(), other);
  }

  /** Product with a constant. */
  public Var times(double factor) {
    return apply(new Scale(factor));
  }

  /** Sum of all elements. */
  public Var sum() {
    return apply(new Sum());
  }

  /** Mean of all elements. */
  public Var mean() {
    return apply(new Mean());
  }

  /** The value of a scalar. */
  public double item() {
    if (value().size() != 1) {
      throw new IllegalStateException("item: " + shape() + " is not a single number");
    }
    return value().get(0);
  }
}
