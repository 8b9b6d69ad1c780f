package limbeck.autograd;

import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Where ops run in this thread: which context computes, whose memory holds results, and which tape,
 * if any, records.
 */
final class Execution {
  private static final ThreadLocal<Execution> CURRENT =
      ThreadLocal.withInitial(Execution::withoutTape);

  private final OpContext context;
  private final Tape tape;
  private final boolean onHeap;

  private Execution(OpContext context, Tape tape, boolean onHeap) {
    this.context = context;
    this.tape = tape;
    this.onHeap = onHeap;
  }

  /** No tape open: results are ordinary tensors on the heap. */
  private static Execution withoutTape() {
    return new Execution(new OpContext(), null, true);
  }

  static Execution recording(OpContext context, Tape tape) {
    return new Execution(context, tape, false);
  }

  /** Computes in a context's workspace and records nothing. */
  static Execution inferring(OpContext context) {
    return new Execution(context, null, false);
  }

  static Execution current() {
    return CURRENT.get();
  }

  /** Makes this the thread's execution and returns the one before, to be made current again. */
  Execution enter() {
    Execution before = CURRENT.get();
    CURRENT.set(this);
    return before;
  }

  Tape tape() {
    return tape;
  }

  Var apply(Op op, Var... in) {
    Tensor[] values = new Tensor[in.length];
    Shape[] shapes = new Shape[in.length];
    boolean needsGradient = false;
    for (int k = 0; k < in.length; k++) {
      values[k] = in[k].value();
      shapes[k] = values[k].shape();
      needsGradient |= in[k].needsGradient() && op.differentiable(k);
    }
    DType type = commonType(op, values);
    Tensor out = take(type, op.infer(shapes));
    Shape savedShape = op.saved(shapes);
    Tensor saved = savedShape == null ? null : take(type, savedShape);
    context.saved(saved);
    op.forward(context, values, out);
    context.saved(null);
    Var result = new Var(out, needsGradient && tape != null);
    if (tape != null) {
      tape.record(op, in, values, result, saved);
    }
    return result;
  }

  private Tensor take(DType type, Shape shape) {
    return onHeap ? Tensor.zeros(type, shape) : context.take(type, shape);
  }

  private static DType commonType(Op op, Tensor[] values) {
    DType type = values[0].dtype();
    for (int k = 0; k < values.length; k++) {
      DType other = values[k].dtype();
      if (other.isFloating() && other != type) {
        throw new ShapeException(
            op.spec().name()
                + ": "
                + op.spec().describe(0, values[0].shape())
                + " is "
                + type
                + ", "
                + op.spec().describe(k, values[k].shape())
                + " is "
                + other);
      }
    }
    return type;
  }
}
