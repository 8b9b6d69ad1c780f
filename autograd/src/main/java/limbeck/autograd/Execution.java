package limbeck.autograd;

import java.lang.ref.SoftReference;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OperandType;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import limbeck.engine.tensor.Workspace;

/**
 * Where ops run in this thread: which context computes, whose memory holds results, and which tape,
 * if any, records. Executions are stacked: the one entered last counts until it is left.
 */
final class Execution {
  private static final ThreadLocal<Execution> TOP = new ThreadLocal<>();

  /** Softly held, so that a host's idle thread keeps neither buffers nor our classes alive. */
  private static final ThreadLocal<SoftReference<OpContext>> HEAP = new ThreadLocal<>();

  private final OpContext context;
  private final Tape tape;
  private final boolean onHeap;
  private final Execution outer;
  private final Frame.Pool frames = new Frame.Pool();

  /** Before and after the result of the op that runs: where it fails, the result goes, too. */
  private final Workspace.Mark before = new Workspace.Mark();

  private final Workspace.Mark scratch = new Workspace.Mark();

  private Execution(OpContext context, Tape tape, boolean onHeap, Execution outer) {
    this.context = context;
    this.tape = tape;
    this.onHeap = onHeap;
    this.outer = outer;
  }

  /** Has ops compute in a context's workspace from now on, recorded by a tape unless it is null. */
  static Execution enter(OpContext context, Tape tape) {
    Execution entered = new Execution(context, tape, false, TOP.get());
    TOP.set(entered);
    return entered;
  }

  /** Goes back to the execution before this one; tapes opened since and left open are ended. */
  void leave() {
    Execution top = TOP.get();
    if (!isWithin(top)) {
      return; // an outer execution was left first, and this one with it
    }
    for (; top != this; top = top.outer) {
      if (top.tape != null) {
        top.tape.end();
      }
    }
    if (outer == null) {
      TOP.remove();
    } else {
      TOP.set(outer);
    }
  }

  private boolean isWithin(Execution top) {
    Execution e = top;
    while (e != null && e != this) {
      e = e.outer;
    }
    return e == this;
  }

  /** Whether this is the one that counts in this thread. */
  boolean isInnermost() {
    return TOP.get() == this;
  }

  /** Whether tensors of an execution not left yet may lie in this memory. */
  static boolean uses(Workspace workspace) {
    Execution e = TOP.get();
    while (e != null && e.context.workspace() != workspace) {
      e = e.outer;
    }
    return e != null;
  }

  /** Applies an op where this thread is now. */
  static Var apply(Op op, Var... in) {
    Execution top = TOP.get();
    return (top == null ? withoutTape() : top).run(op, in);
  }

  /** Nothing entered: results are ordinary tensors on the heap. */
  private static Execution withoutTape() {
    SoftReference<OpContext> held = HEAP.get();
    OpContext context = held == null ? null : held.get();
    if (context == null) {
      context = new OpContext();
      HEAP.set(new SoftReference<>(context));
    }
    return new Execution(context, null, true, null);
  }

  private Var run(Op op, Var[] in) {
    Frame frame = frames.of(in.length);
    frame.read(in);
    Shape shape = op.infer(frame.shapes);
    DType type = resultType(op, frame.values);
    Shape savedShape = op.saved(frame.shapes);
    context.workspace().mark(before);
    boolean done = false;
    try {
      Tensor out = take(type, shape);
      Tensor saved = savedShape == null ? null : take(type, savedShape);
      context.saved(saved);
      context.workspace().mark(scratch);
      op.forward(context, frame.values, out);
      done = true;
      return tape == null ? new Var(out, saved, false, null) : tape.record(op, in, out, saved);
    } finally {
      context.saved(null);
      giveBack(done ? scratch : before);
    }
  }

  private void giveBack(Workspace.Mark mark) {
    if (onHeap) {
      context.workspace().reset(); // grows it to what the op took
    } else {
      context.workspace().release(mark);
    }
  }

  private Tensor take(DType type, Shape shape) {
    return onHeap ? Tensor.zeros(type, shape) : context.take(type, shape);
  }

  /** From the floating type of the operands, which the op expects where it does. */
  private static DType resultType(Op op, Tensor[] values) {
    int first = -1;
    for (int k = 0; k < values.length; k++) {
      DType type = values[k].dtype();
      OperandType wanted = op.operandType(k);
      if (!wanted.takes(type)) {
        throw new ShapeException(describe(op, k, values) + ", " + wanted + " expected");
      }
      if (type.isFloating() && first < 0) {
        first = k;
      } else if (type.isFloating() && type != values[first].dtype()) {
        throw new ShapeException(
            describe(op, first, values) + ", but " + describe(op, k, values, "") + ": convert one");
      }
    }
    DType type = op.resultType(first < 0 ? null : values[first].dtype());
    if (type == null) {
      throw new ShapeException(op.spec().name() + ": no operand has a floating type");
    }
    return type;
  }

  private static String describe(Op op, int k, Tensor[] values) {
    return describe(op, k, values, op.spec().name() + ": ");
  }

  private static String describe(Op op, int k, Tensor[] values, String who) {
    return who + op.spec().describe(k, values[k].shape()) + " is " + values[k].dtype();
  }
}
