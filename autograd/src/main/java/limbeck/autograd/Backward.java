package limbeck.autograd;

import java.util.List;
import limbeck.engine.exec.RangeBody;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.RowSparseOp;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.engine.tensor.Workspace;

/**
 * The way back over the steps of a tape. Each op writes the gradients of its operands; what was
 * used in several places gets several terms, which are added here: the last use's first, because
 * steps are taken in the reverse of their order.
 */
final class Backward implements RangeBody {
  private final Tape tape;
  private final OpContext context;
  private final Frame.Pool frames = new Frame.Pool();
  private final Workspace.Mark scratch = new Workspace.Mark();

  /** The addition at hand: this object is its loop, so that no other is made. */
  private Tensor sum;

  private Tensor term;

  Backward(Tape tape, OpContext context) {
    this.tape = tape;
    this.context = context;
  }

  /** From the last step to the first; the loss has its gradient, 1, already. */
  void over(List<Tape.Step> steps) {
    for (int i = steps.size() - 1; i >= 0; i--) {
      Tape.Step s = steps.get(i);
      if (s.out().gradient() != null) { // else the loss does not depend on this step
        back(s);
      }
    }
  }

  private void back(Tape.Step s) {
    Frame frame = frames.of(s.in().length);
    frame.read(s.in());
    if (s.op() instanceof RowSparseOp op && s.in()[op.table()] instanceof Parameter table) {
      backRows(s, op, table, frame.values);
      return;
    }
    startGradients(s, frame.terms);
    context.workspace().mark(scratch);
    laterTerms(s, frame.terms, frame.sums);
    context.saved(s.out().saved());
    s.op().backward(context, frame.values, s.out().value(), s.out().gradient(), frame.terms);
    context.saved(null);
    for (int k = 0; k < frame.sums.length; k++) {
      if (frame.sums[k] != null) {
        add(frame.sums[k], frame.terms[k]);
      }
    }
    context.workspace().release(scratch);
  }

  /** A table of the model's gets the rows that the op touches, instead of a gradient of all. */
  private void backRows(Tape.Step s, RowSparseOp op, Parameter table, Tensor[] values) {
    context.workspace().mark(scratch);
    int most = op.mostRows(values);
    Tensor gradOut = s.out().gradient();
    Tensor rows = context.take(DType.I32, Shape.of(most));
    Tensor terms = context.take(gradOut.dtype(), table.shape().with(0, most));
    int n = op.backwardRows(context, values, gradOut, rows, terms);
    table.addRows(context, rows, n, terms);
    context.workspace().release(scratch);
  }

  /** Has the op write straight into the gradient of each operand that has none yet. */
  private void startGradients(Tape.Step s, Tensor[] terms) {
    for (int k = 0; k < terms.length; k++) {
      Var v = s.in()[k];
      terms[k] = null;
      if (s.wants(k) && v.gradient() == null) {
        terms[k] = v.newGradient(tape);
        v.setGradient(terms[k]); // at once: the same operand may come again in this step
      }
    }
  }

  /**
   * Has the op write a term aside for each operand that has a gradient; notes what to add it to.
   */
  private void laterTerms(Tape.Step s, Tensor[] terms, Tensor[] sums) {
    for (int k = 0; k < terms.length; k++) {
      sums[k] = null;
      if (s.wants(k) && terms[k] == null) {
        sums[k] = s.in()[k].gradientToAddTo();
        terms[k] = context.take(sums[k].dtype(), sums[k].shape());
      }
    }
  }

  private void add(Tensor toSum, Tensor newTerm) {
    sum = toSum;
    term = newTerm;
    context.forEach(sum.size(), 1, this);
  }

  /** Part of an addition. */
  @Override
  public void run(int from, int to) {
    context.rows(sum).add(sum, from, term, from, sum, from, to - from);
  }
}
