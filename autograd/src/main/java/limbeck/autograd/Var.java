package limbeck.autograd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import limbeck.engine.op.Add;
import limbeck.engine.op.Div;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.Mul;
import limbeck.engine.op.Op;
import limbeck.engine.op.Reshape;
import limbeck.engine.op.Scale;
import limbeck.engine.op.Shift;
import limbeck.engine.op.Sub;
import limbeck.engine.op.layout.Concat;
import limbeck.engine.op.layout.Permute;
import limbeck.engine.op.layout.Slice;
import limbeck.engine.op.reduce.Mean;
import limbeck.engine.op.reduce.Sum;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * A value that ops are applied to; while a {@link Tape} is open in this thread, also where it came
 * from. Everyday ops have methods, every op works through {@link #apply}.
 *
 * <p>A constant ({@link #of}) gets no gradient, an input ({@link #input}) and a {@link Parameter}
 * do, and a result does if one of its operands does. With no tape open, results are ordinary
 * tensors and need no gradient. With one open, results lie in its workspace: they end with the
 * tape, and {@link #value()} then throws.
 */
public class Var {
  private final Tensor value;
  private final Tensor saved;
  private final boolean needsGradient;
  private final Tape tape;
  private Tensor gradient;
  private String label;

  /** A value, recorded by a tape unless that is null. */
  Var(Tensor value, Tensor saved, boolean needsGradient, Tape tape) {
    this.value = value;
    this.saved = saved;
    this.needsGradient = needsGradient;
    this.tape = tape;
  }

  /** A constant: data, labels, a teacher's outputs. The tensor is not copied. */
  public static Var of(Tensor value) {
    return new Var(value, null, false, null);
  }

  /**
   * An input that asks for a gradient, to be read from {@link #gradient()} after backward. The
   * tensor is not copied.
   *
   * @throws ShapeException if the type is not a floating one
   */
  public static Var input(Tensor value) {
    if (!value.dtype().isFloating()) {
      throw new ShapeException("input: " + value.dtype() + value.shape() + " has no gradient");
    }
    return new Var(value, null, true, null);
  }

  /**
   * The numbers.
   *
   * @throws IllegalStateException if this is the result of an op on a tape that is closed
   */
  public Tensor value() {
    if (tape != null && !tape.isOpen()) {
      throw new IllegalStateException(
          "var: this value ended with the tape that recorded it; read it before the tape closes, or"
              + " keep value().own()");
    }
    return value;
  }

  /**
   * What the op that made this left for its backward pass, such as the statistics of a batch norm:
   * see the op. Null for leaves and for ops that leave nothing; lives as long as {@link #value()}.
   */
  public Tensor saved() {
    value();
    return saved;
  }

  /**
   * Gives this a name in {@link Tape#explain}.
   *
   * @return this
   */
  public final Var named(String name) {
    label = name;
    return this;
  }

  /** The name given; null if there is none. */
  final String label() {
    return label;
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
   *
   * <p>A parameter's adds up until the optimizer's step. An input's adds up over the losses of one
   * tape and lies in its workspace: it is null again when the tape is closed. A result's is that of
   * the last loss.
   */
  public Tensor gradient() {
    return gradient;
  }

  void setGradient(Tensor newGradient) {
    gradient = newGradient;
  }

  /** Memory for a first gradient of this; a parameter's lies in its store. */
  Tensor newGradient(Tape borrowedFrom) {
    return borrowedFrom.lend(this, value().dtype(), shape());
  }

  /** The gradient that there is, for more to be added to any part of it. */
  Tensor gradientToAddTo() {
    return gradient();
  }

  /** The tape that this is a result on; null for leaves and where nothing recorded. */
  Tape tape() {
    return tape;
  }

  /**
   * Applies an op to this and further operands, and records it on the open tape if there is one.
   *
   * @throws ShapeException if shapes or types of the operands do not fit the op or each other
   */
  public Var apply(Op op, Var... others) {
    Var[] in = new Var[others.length + 1];
    in[0] = this;
    System.arraycopy(others, 0, in, 1, others.length);
    return Execution.apply(op, in);
  }

  /**
   * Elementwise sum. Shapes broadcast as in NumPy, here and in the other methods with two operands:
   * see {@link limbeck.engine.op.BroadcastOp}.
   *
   * @throws ShapeException if an axis has two sizes, neither of them 1
   */
  public Var plus(Var other) {
    return apply(new Add(), other);
  }

  /** Sum with a constant. */
  public Var plus(double term) {
    return apply(new Shift(term));
  }

  /**
   * Elementwise difference.
   *
   * @throws ShapeException if an axis has two sizes, neither of them 1
   */
  public Var minus(Var other) {
    return apply(new Sub(), other);
  }

  /**
   * Elementwise product.
   *
   * @throws ShapeException if an axis has two sizes, neither of them 1
   */
  public Var times(Var other) {
    return apply(new Mul(), other);
  }

  /**
   * Elementwise quotient.
   *
   * @throws ShapeException if an axis has two sizes, neither of them 1
   */
  public Var dividedBy(Var other) {
    return apply(new Div(), other);
  }

  /** Product with a constant. */
  public Var times(double factor) {
    return apply(new Scale(factor));
  }

  /** Matrix product of the last two axes, in batches of the others: see {@link MatMul}. */
  public Var matmul(Var other) {
    return apply(new MatMul(), other);
  }

  /** Sum over axes, which go; over all if none is given. Negative axes count from the end. */
  public Var sum(int... axes) {
    return apply(new Sum(axes));
  }

  /** Mean over axes, which go; over all if none is given. Negative axes count from the end. */
  public Var mean(int... axes) {
    return apply(new Mean(axes));
  }

  /** The same elements under another shape: 0 keeps an axis in its place, −1 takes what is left. */
  public Var reshape(int... axes) {
    return apply(Reshape.to(axes));
  }

  /** The axes in another order: axis i of the result is axis {@code axes[i]} of this. */
  public Var permute(int... axes) {
    return apply(Permute.to(axes));
  }

  /**
   * Indices {@code from} to {@code to} (exclusive) of an axis; all three may count from the end,
   * and {@link Slice#END} is the end.
   */
  public Var slice(int axis, int from, int to) {
    return apply(new Slice(axis, from, to));
  }

  /**
   * Parts of an axis, one after another: a slice each.
   *
   * @param sizes of the parts; together the whole axis
   * @throws ShapeException if they are not the whole axis
   */
  public List<Var> split(int axis, int... sizes) {
    int rank = shape().rank();
    boolean negative = Arrays.stream(sizes).anyMatch(size -> size < 0);
    long sum = Arrays.stream(sizes).asLongStream().sum();
    if (axis < -rank || axis >= rank || negative || sum != shape().axis(axis)) {
      throw new ShapeException(
          "split: sizes " + Arrays.toString(sizes) + " are not axis " + axis + " of " + shape());
    }
    List<Var> parts = new ArrayList<>();
    int from = 0;
    for (int size : sizes) {
      parts.add(slice(axis, from, from + size));
      from += size;
    }
    return parts;
  }

  /** Tensors one after another along an axis; their other axes are equal. */
  public static Var concat(int axis, Var... parts) {
    return Execution.apply(new Concat(axis, parts.length), parts.clone());
  }

  /**
   * The value of a single number.
   *
   * @throws IllegalStateException if there is more than one, or none
   */
  public double item() {
    if (value().size() != 1) {
      throw new IllegalStateException("item: " + shape() + " is not a single number");
    }
    return value().get(0);
  }

  /** Type, shape and the first few values. */
  @Override
  public String toString() {
    return tape == null || tape.isOpen() ? value.toString() : "ended with its tape";
  }
}
