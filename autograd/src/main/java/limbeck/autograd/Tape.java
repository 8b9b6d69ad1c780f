package limbeck.autograd;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * The ops applied in this thread since it was opened, in order; backward walks them from the end.
 * Open it with try-with-resources: closing resets the context's workspace, and with it every tensor
 * of the step.
 *
 * <pre>{@code
 * try (Tape tape = Tape.open(context)) {
 *   Var loss = model.forward(Var.of(x)).apply(new CrossEntropy(), Var.of(labels));
 *   tape.backward(loss);
 *   optimizer.step();
 * }
 * }</pre>
 *
 * <p>Gradients add up: over several losses on one tape, and over several tapes until the
 * optimizer's step. Ops overwrite their gradient outputs and only the tape adds, in the reverse of
 * the recording order.
 */
public final class Tape implements AutoCloseable {
  /** One application of an op. */
  record Step(Op op, Var[] in, Tensor[] values, Var out, Tensor saved) {}

  /** A store and its version when one of its parameters was first used. */
  private record Used(ParameterStore store, long version) {}

  private final OpContext context;
  private final Thread owner = Thread.currentThread();
  private final List<Step> steps = new ArrayList<>();
  private final List<Used> used = new ArrayList<>();
  private final Execution before;
  private boolean open = true;

  private Tape(OpContext context) {
    this.context = context;
    this.before = Execution.recording(context, this).enter();
  }

  /** Opens a tape in this thread; ops record on the innermost open one. */
  public static Tape open(OpContext context) {
    return new Tape(context);
  }

  /** Puts back the execution before, and resets the workspace. */
  @Override
  public void close() {
    if (open) {
      checkThread();
      open = false;
      before.enter();
      context.workspace().reset();
    }
  }

  private void checkThread() {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "tape: opened in " + owner.getName() + ", used in " + Thread.currentThread().getName());
    }
  }

  void record(Op op, Var[] in, Tensor[] values, Var out, Tensor saved) {
    checkThread();
    for (Var v : in) {
      if (v instanceof Parameter p) {
        noteUse(p.store());
      }
    }
    steps.add(new Step(op, in, values, out, saved));
  }

  private void noteUse(ParameterStore store) {
    for (Used u : used) {
      if (u.store == store) {
        return;
      }
    }
    used.add(new Used(store, store.version()));
  }

  /** The recorded steps, in order. */
  List<Step> steps() {
    return Collections.unmodifiableList(steps);
  }

  Tensor take(DType type, Shape shape) {
    return context.take(type, shape);
  }

  /**
   * Leaves d loss / d p added to the gradient of every parameter p (and input that asks for one)
   * that the loss depends on.
   *
   * @throws ShapeException if the loss is not a single number
   * @throws IllegalStateException if a recorded parameter has changed since, or the tape is closed
   */
  public void backward(Var loss) {
    check(loss);
    for (Step s : steps) {
      s.out.setGradient(null); // an earlier loss on this tape may have left some
    }
    Tensor seed = take(loss.value().dtype(), loss.shape());
    seed.fill(1);
    loss.setGradient(seed);
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step s = steps.get(i);
      if (s.out.gradient() != null) {
        backward(s);
      }
    }
  }

  private void check(Var loss) {
    checkThread();
    if (!open) {
      throw new IllegalStateException("tape: backward after close");
    }
    if (loss.value().size() != 1) {
      throw new ShapeException(
          "backward: the loss has shape " + loss.shape() + ", a single number expected");
    }
    if (!loss.needsGradient()) {
      throw new IllegalStateException(
          "backward: the loss depends on no parameter recorded on this tape");
    }
    for (Used u : used) {
      if (u.store.version() != u.version) {
        throw new IllegalStateException(
            "backward: parameters have changed since they were recorded; call backward before the"
                + " optimizer's step");
      }
    }
  }

  private void backward(Step s) {
    Tensor[] grads = new Tensor[s.in.length];
    boolean[] first = new boolean[s.in.length];
    boolean any = false;
    for (int k = 0; k < grads.length; k++) {
      Var v = s.in[k];
      if (v.needsGradient() && s.op.differentiable(k)) {
        first[k] = v.gradient() == null;
        grads[k] = first[k] ? v.newGradient(this) : take(v.value().dtype(), v.shape());
        if (first[k]) {
          v.setGradient(grads[k]); // so that a second use in this step adds to it
        }
        any = true;
      }
    }
    if (!any) {
      return;
    }
    context.saved(s.saved);
    s.op.backward(context, s.values, s.out.value(), s.out.gradient(), grads);
    context.saved(null);
    for (int k = 0; k < grads.length; k++) {
      if (grads[k] != null && !first[k]) {
        add(s.in[k].gradient(), grads[k]);
      }
    }
  }

  private void add(Tensor sum, Tensor term) {
    context.forEach(
        sum.size(),
        1,
        (from, to) -> context.rows(sum).add(sum, from, term, from, sum, from, to - from));
  }
}
