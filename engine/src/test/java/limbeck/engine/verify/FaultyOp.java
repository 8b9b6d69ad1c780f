package limbeck.engine.verify;

import limbeck.engine.kernel.Rows;
import limbeck.engine.op.CustomOp;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.Piecewise;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/** y = a·a·b, with one fault of choice: what the checks must find. */
record FaultyOp(Fault fault) implements CustomOp, Piecewise {
  enum Fault {
    NONE,
    WRONG_VALUE,
    WRONG_GRADIENT,
    ADDS_TO_GRADIENT,
    FORGETS_ELEMENT,
    WRITES_OPERAND,
    WRITES_NEIGHBOUR,
    NEEDS_ALL_GRADIENTS,
    DEPENDS_ON_BATCH,
    DEPENDS_ON_THREADS,
    DEPENDS_ON_KERNELS,
    HIDES_NAN,
    REFUSES_NAN,
    OVERFLOWS,
    LOSES_DIGITS,
    ACCEPTS_ANYTHING,
    MUTE,
    FORGETS_FINISH,
    FINISHES_TWICE,
    FINISHES_EARLY,
    FINISHES_TWO_ROWS,
    LOOKS_ASIDE,
    BREAKS
  }

  @Override
  public Shape infer(Shape... in) {
    if (fault != Fault.ACCEPTS_ANYTHING && !in[0].equals(in[1])) {
      throw new ShapeException(
          fault == Fault.MUTE ? "shapes disagree" : "faulty: a " + in[0] + ", b " + in[1]);
    }
    return in[0];
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    if (fault == Fault.BREAKS) {
      throw new IllegalStateException("broken");
    }
    boolean floats = out.floats() != null;
    finish(c, out, fault == Fault.FINISHES_EARLY);
    for (int i = 0; i < out.size(); i++) {
      double a = in[0].get(i);
      double y = a * a * in[1].get(i);
      y = fault == Fault.WRONG_VALUE && i == 3 ? y + 1e-9 : y;
      y = fault == Fault.HIDES_NAN && Double.isNaN(y) ? 0 : y;
      y = fault == Fault.OVERFLOWS && floats && Math.abs(y) > 1e19 ? y * 1e30 : y;
      y = fault == Fault.LOSES_DIGITS && floats && i == 2 ? y * (1 + 1e-5) : y;
      out.set(i, y);
    }
    spoil(c, in, out);
    finish(c, out, fault != Fault.FINISHES_EARLY);
  }

  @Override
  public boolean finishes() {
    return true;
  }

  private void finish(OpContext c, Tensor out, boolean now) {
    int row = out.shape().last() * (fault == Fault.FINISHES_TWO_ROWS ? 2 : 1);
    int end = out.size() - (fault == Fault.FORGETS_FINISH ? row : 0);
    for (int at = 0; now && at < end; at += row) {
      c.finish(out, at, row);
    }
    if (now && fault == Fault.FINISHES_TWICE) {
      c.finish(out, 0, 1);
    }
  }

  /** In b, of which each element is read once. */
  @Override
  public boolean isPiecewise(int k, Shape... in) {
    return k == 1;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    int aside = fault == Fault.LOOKS_ASIDE && i > 0 ? 1 : 0;
    for (int t = i; t < i + n; t++) {
      double a = in[0].get(t);
      out.set(t, a * a * in[1].get(t - aside));
    }
  }

  private void spoil(OpContext c, Tensor[] in, Tensor out) {
    double y = out.get(0);
    switch (fault) {
      case FORGETS_ELEMENT -> out.set(out.size() - 1, Double.NaN);
      case WRITES_OPERAND -> in[0].set(0, 0);
      case WRITES_NEIGHBOUR -> {
        if (out.floats() != null) {
          out.floats()[out.offset() + out.size()] = 1;
        }
      }
      case REFUSES_NAN -> {
        if (Double.isNaN(out.get(out.size() / 2))) {
          throw new ShapeException("faulty: NaN");
        }
      }
      case DEPENDS_ON_BATCH -> out.set(0, y + 1e-3 * out.shape().axis(0));
      case DEPENDS_ON_THREADS -> out.set(0, y + 1e-3 * c.workers().count());
      case DEPENDS_ON_KERNELS -> out.set(0, y + 1e-3 * c.rows(out).getClass().getName().length());
      default -> {}
    }
  }

  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    for (int i = 0; i < out.size(); i++) {
      double a = in[0].get(i);
      double dy = gradOut.get(i);
      double factor = fault == Fault.WRONG_GRADIENT ? 2.001 : 2;
      if (gradIn[0] != null) {
        double before = fault == Fault.ADDS_TO_GRADIENT ? gradIn[0].get(i) : 0;
        gradIn[0].set(i, before + dy * factor * a * in[1].get(i));
      }
      if (gradIn[1] != null || fault == Fault.NEEDS_ALL_GRADIENTS) {
        gradIn[1].set(i, dy * a * a);
      }
    }
  }

  @Override
  public OpSpec spec() {
    return OpSpec.of("faulty").operand("a", "...").operand("b", "...");
  }
}
