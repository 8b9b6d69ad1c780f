package limbeck.autograd;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import limbeck.engine.tensor.Workspace;

/**
 * The ops applied in this thread since it was opened, in order; backward walks them from the end.
 * Open it with try-with-resources over a context: closing takes back the context's workspace, and
 * with it every result of the step.
 *
 * <pre>{@code
 * try (Tape tape = Tape.open(context)) {
 *   Var loss = model.forward(Var.of(x)).apply(new CrossEntropy(), Var.of(labels));
 *   tape.backward(loss);
 * }
 * optimizer.step(context.workers());
 * }</pre>
 *
 * <p>Gradients add up: over several losses on one tape, and over several tapes until the
 * optimizer's step. Ops overwrite their gradient outputs and only the tape adds, in the reverse of
 * the recording order, on any number of threads. Second derivatives are out of scope: backward
 * itself is not recorded.
 *
 * <p>Tapes nest: ops record on the innermost one alone. A tape on the workspace of an outer one
 * gives back only what was taken since it was opened. Backward is for the innermost one alone: the
 * gradients of an outer one may not lie in memory that an inner one gives back. A tape belongs to
 * the thread that opened it.
 */
public final class Tape implements AutoCloseable {
  /** One application of an op. */
  record Step(Op op, Var[] in, Var out) {
    boolean wants(int k) {
      return in[k].needsGradient() && op.differentiable(k);
    }
  }

  /** A store and its version when one of its parameters was first used. */
  private record Used(ParameterStore store, long version) {}

  private final OpContext context;
  private final Thread owner = Thread.currentThread();
  private final List<Step> steps = new ArrayList<>();
  private final List<Used> used = new ArrayList<>();

  /** Who holds a gradient in our workspace: not parameters, whose gradients lie in their store. */
  private final List<Var> borrowers = new ArrayList<>();

  private final Backward backward;
  private final Workspace.Mark nestedAt;
  private Execution execution;
  private boolean open = true;

  private Tape(OpContext context) {
    this.context = context;
    this.backward = new Backward(this, context);
    Workspace workspace = context.workspace();
    this.nestedAt = Execution.uses(workspace) ? workspace.mark() : null;
  }

  /** Opens a tape in this thread; ops record on the innermost open one. */
  public static Tape open(OpContext context) {
    Tape tape = new Tape(context);
    tape.execution = Execution.enter(context, tape);
    return tape;
  }

  /**
   * Ends recording here, and with it every result recorded; an outer tape goes on. Tapes opened
   * inside this one and left open are closed as well. Closing again does nothing.
   *
   * @throws IllegalStateException in a thread other than that which opened the tape
   */
  @Override
  public void close() {
    if (open) {
      checkThread();
      execution.leave();
      end();
    }
  }

  /** Forgets everything and gives the memory back; the execution is left already. */
  void end() {
    open = false;
    dropBorrowed();
    steps.clear();
    used.clear();
    if (nestedAt == null) {
      context.workspace().reset();
    } else {
      context.workspace().release(nestedAt);
    }
  }

  private void dropBorrowed() {
    borrowers.forEach(v -> v.setGradient(null));
    borrowers.clear();
  }

  boolean isOpen() {
    return open;
  }

  private void checkThread() {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "tape: opened in thread \""
              + owner.getName()
              + "\", used in \""
              + Thread.currentThread().getName()
              + "\"; open one tape and context per thread");
    }
  }

  Var record(Op op, Var[] in, Tensor out, Tensor saved) {
    boolean needsGradient = false;
    for (int k = 0; k < in.length; k++) {
      needsGradient |= in[k].needsGradient() && op.differentiable(k);
      if (in[k] instanceof Parameter p) {
        noteUse(p.store());
      }
    }
    Var result = new Var(out, saved, needsGradient, this);
    steps.add(new Step(op, in, result));
    return result;
  }

  private void noteUse(ParameterStore store) {
    for (int i = 0; i < used.size(); i++) {
      if (used.get(i).store == store) {
        return;
      }
    }
    used.add(new Used(store, store.version()));
  }

  /**
   * The recorded steps as text, a line each: number, name and shape of the result, after backward
   * the Euclidean norm of its gradient, the op with its settings, and its operands. Below them, the
   * norms of the gradients of parameters and inputs. Parameters go by their path, results by their
   * number, everything by the name that {@link Var#named} gave it.
   *
   * <p>This program
   *
   * <pre>{@code
   * Var x = Var.input(Tensor.of(Shape.of(1, 2), 3f, 4f)).named("x");
   * try (Tape tape = Tape.open(new OpContext())) {
   *   Var h = x.times(x).named("squares");
   *   tape.backward(h.sum());
   *   System.out.print(tape.explain());
   * }
   * }</pre>
   *
   * prints
   *
   * <pre>{@code
   * result             gradient norm  op   operands
   * #0 squares [1, 2]          1.414  mul  x [1, 2], x [1, 2]
   * #1 []                      1.000  sum  #0 squares [1, 2]
   * x [1, 2]                   10.00
   * }</pre>
   *
   * <p>The gradient of a sum is 1 for each term; that of x² is 2x, here (6, 8).
   *
   * @throws IllegalStateException if the tape is closed, or another thread's
   */
  public String explain() {
    checkThread();
    if (!open) {
      throw new IllegalStateException("explain: the tape is closed");
    }
    return Explanation.of(steps);
  }

  /**
   * Where a number first ceased to be finite: the first recorded op with an infinite or undefined
   * number among its operands or in its result, and the parameter it is in or those that the op
   * works with. For example {@code the result of op linear with fc2.weight, fc2.bias}.
   *
   * @return the place in words; empty if all recorded numbers are finite
   * @throws IllegalStateException if the tape is closed, or another thread's
   */
  public String firstNotFinite() {
    return firstNotFinite(Parameter::path);
  }

  /**
   * As above, where parameters go by names of the caller's: those of several models that learn on
   * one tape, whose paths may be alike.
   *
   * @throws IllegalStateException as above
   */
  public String firstNotFinite(Function<Parameter, String> names) {
    checkThread();
    if (!open) {
      throw new IllegalStateException("firstNotFinite: the tape is closed");
    }
    return NotFinite.first(steps, names);
  }

  /** The recorded steps, in order. */
  List<Step> steps() {
    return Collections.unmodifiableList(steps);
  }

  /**
   * Adds d loss / d p to the gradient of every parameter p, and every input that asks for one, that
   * the loss depends on. Frozen parameters receive none, but let gradients through to what lies
   * before them. If an op fails, the gradients of all models recorded here are marked empty.
   *
   * @param loss a single number, the result of an op on this tape
   * @throws ShapeException if the loss is not a single number
   * @throws IllegalStateException if the loss depends on no parameter or input on this tape; if a
   *     recorded model has changed since: by an optimizer's step, {@code load} or {@code freeze};
   *     if the tape is closed, not the innermost one (another, or an evaluation, was begun inside
   *     it and goes on), or another thread's
   */
  public void backward(Var loss) {
    check(loss);
    forgetEarlierLosses();
    loss.setGradient(loss.newGradient(this));
    loss.gradient().fill(1);
    boolean done = false;
    try {
      backward.over(steps);
      done = true;
    } finally {
      if (!done) {
        used.forEach(u -> u.store.clearGradients()); // better none than a part of one
        dropBorrowed();
      }
    }
  }

  /** A result's gradient is that of the last loss: of ours, and of outer tapes' that we read. */
  private void forgetEarlierLosses() {
    for (Step s : steps) {
      s.out.setGradient(null);
      for (Var v : s.in) {
        if (v.tape() != null && v.tape() != this) {
          v.setGradient(null);
        }
      }
    }
  }

  private void check(Var loss) {
    checkThread();
    if (!open) {
      throw new IllegalStateException("backward: the tape is closed");
    }
    if (!execution.isInnermost()) {
      throw new IllegalStateException(
          "backward: another tape, or an evaluation, was begun inside this tape and goes on; call"
              + " backward before it or after its end");
    }
    if (loss.value().size() != 1) {
      throw new ShapeException(
          "backward: the loss has shape "
              + loss.shape()
              + ", a single number expected; take its sum() or mean()");
    }
    if (loss.tape() != this) {
      throw new IllegalStateException(
          "backward: the loss is not the result of an op on this tape; compute it while the tape is"
              + " open and the innermost one");
    }
    if (!loss.needsGradient()) {
      throw new IllegalStateException(
          "backward: the loss depends on no parameter, or on frozen ones only, and on no input that"
              + " asks for a gradient");
    }
    for (Used u : used) {
      if (u.store.version() != u.version) {
        throw new IllegalStateException(
            "backward: parameters have changed since they were recorded; call backward before the"
                + " optimizer's step, load or freeze");
      }
    }
  }

  /** Memory for a gradient that ends with this tape. */
  Tensor lend(Var v, DType type, Shape shape) {
    borrowers.add(v);
    return context.take(type, shape);
  }
}
