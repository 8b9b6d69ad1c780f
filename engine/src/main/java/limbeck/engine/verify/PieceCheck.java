package limbeck.engine.verify;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.Finish;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.Piecewise;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.engine.tensor.Workspace;

/**
 * What programs rely on when they do several steps as one: an op that {@link Op#finishes} hands out
 * each element once, with its last value, in pieces of one row or plane, and does not look at it
 * again; one that is {@link Piecewise} has the same bits piece by piece and in place.
 */
final class PieceCheck {
  private static final String FINISH = "finish";

  /** The lengths of pieces, in turn: none is a multiple of a vector's, and they do not fit rows. */
  private static final int[] LENGTHS = {3, 1, 17, 5, 67};

  private PieceCheck() {}

  /** Looks at an op whose whole result is known. */
  static void check(Op op, Tensor[] in, Trial whole, List<Workers> pools, Findings findings) {
    if (op.finishes()) {
      for (Workers pool : pools) {
        finishes(new Trial(op, in, DType.F32, KernelProvider.f32(), pool), whole, findings);
      }
    }
    if (op instanceof Piecewise pieces) {
      Shape[] shapes = new Shape[in.length];
      for (int k = 0; k < in.length; k++) {
        shapes[k] = in[k].shape();
      }
      for (int k = 0; k < in.length; k++) {
        if (pieces.isPiecewise(k, shapes)) {
          piecewise(pieces, k, in, whole, findings);
        }
      }
    }
  }

  private static void finishes(Trial trial, Trial whole, Findings findings) {
    Tensor expected = whole.out.tensor();
    Once once = new Once(expected);
    trial.forward(once);
    Tensor out = trial.out.tensor();
    for (int i = 0; i < out.size(); i++) {
      if (once.counts.get(i) != 1) {
        findings.fail(FINISH, "result[" + i + "] is finished " + once.counts.get(i) + " times");
        return;
      }
      if (out.get(i) != Once.MARK) {
        findings.fail(FINISH, "result[" + i + "] was written after it was finished");
        return;
      }
    }
    findings.failAt(FINISH, once.fault);
    if (!trial.out.isIntact()) {
      findings.fail(FINISH, "an element beside result was written");
    }
  }

  /** Counts and compares what it is given, and writes over it. */
  private static final class Once implements Finish {
    static final float MARK = 12345;

    final AtomicIntegerArray counts;
    private final Tensor expected;
    volatile String fault;

    Once(Tensor expected) {
      this.expected = expected;
      counts = new AtomicIntegerArray(expected.size());
    }

    @Override
    public void run(Rows r, Tensor out, int at, int n) {
      int plane = plane(out.shape());
      if (n < 1 || at / plane != (at + n - 1) / plane) {
        fault = "elements " + at + " to " + (at + n) + " are not of one row or plane";
      }
      for (int i = at; i < at + n; i++) {
        if (counts.incrementAndGet(i) == 1 && different(expected.get(i), out.get(i))) {
          fault = "result[" + i + "] is " + out.get(i) + ", " + expected.get(i) + " expected";
        }
      }
      r.fill(MARK, out, at, n);
    }

    private static boolean different(double a, double b) {
      return Double.doubleToLongBits(a) != Double.doubleToLongBits(b);
    }
  }

  /** The elements of a row, or of a channel's plane in images [batch, channels, height, width]. */
  private static int plane(Shape shape) {
    return Math.max(1, shape.rank() == 4 ? shape.inner(1) : shape.last());
  }

  private static void piecewise(Piecewise op, int k, Tensor[] in, Trial whole, Findings findings) {
    OpContext context =
        new OpContext(KernelProvider.f32(), Workers.inline(), Workspace.poisoning());
    Guarded out = new Guarded(in[k]);
    Tensor[] operands = in.clone();
    operands[k] = out.tensor();
    Rows r = context.rows(out.tensor());
    int row = Math.max(1, in[k].shape().last());
    int n;
    for (int at = 0, turn = 0; at < in[k].size(); at += n, turn++) {
      n = Math.min(LENGTHS[turn % LENGTHS.length], row - at % row);
      op.forward(r, operands, out.tensor(), at, n);
    }
    findings.failAt("piece by piece", Trial.difference("result", whole.out.tensor(), out.tensor()));
    if (!out.isIntact()) {
      findings.fail("piece by piece", "an element beside result was written");
    }
  }
}
