package limbeck.engine.verify;

import java.util.Arrays;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.op.Op;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/** An op writes all of what it is to write, and nothing else. */
final class Discipline {
  private static final String CHECK = "discipline";

  /** With more operands, each is asked for alone, and left out alone. */
  private static final int MOST_FOR_SUBSETS = 6;

  private Discipline() {}

  /** Looks at a finished trial, then leaves out gradients. */
  static void check(Op op, Tensor[] before, Trial trial, Findings findings) {
    checkWrites(op, before, trial, findings);
    leftOut(op, before, trial, findings);
  }

  /** Looks at a finished trial. */
  static void checkWrites(Op op, Tensor[] before, Trial trial, Findings findings) {
    for (int k = 0; k < trial.in.length; k++) {
      String name = op.spec().operands().get(k).name();
      String difference = Trial.difference(name, before[k], trial.in[k].tensor());
      findings.failAt(CHECK, difference == null ? null : "operand changed: " + difference);
      guard("operand " + name, trial.in[k], findings);
    }
    written("result", trial.out, findings);
    if (trial.saved != null) {
      written("saved buffer", trial.saved, findings);
    }
    for (int k = 0; k < trial.gradIn.length; k++) {
      if (trial.gradIn[k] != null) {
        written(trial.gradient(k), trial.gradIn[k], findings);
      }
    }
  }

  private static void written(String what, Guarded guarded, Findings findings) {
    guard(what, guarded, findings);
    for (int i = 0; i < guarded.tensor().size(); i++) {
      if (guarded.isUnwritten(i)) {
        findings.fail(CHECK, what + "[" + i + "] is NaN or was not written");
        return;
      }
    }
  }

  private static void guard(String what, Guarded guarded, Findings findings) {
    if (!guarded.isIntact()) {
      findings.fail(CHECK, "an element beside " + what + " was written");
    }
  }

  /** Each subset of gradients, but for none and all: those asked for have the same bits. */
  private static void leftOut(Op op, Tensor[] in, Trial all, Findings findings) {
    int operands = all.in.length;
    if (operands > MOST_FOR_SUBSETS) {
      for (int k = 0; k < operands; k++) {
        for (boolean alone : new boolean[] {true, false}) {
          boolean[] wanted = new boolean[operands];
          Arrays.fill(wanted, !alone);
          wanted[k] = alone;
          leftOut(op, in, all, wanted, findings);
        }
      }
      return;
    }
    for (int subset = 1; subset < (1 << operands) - 1; subset++) {
      boolean[] wanted = new boolean[operands];
      for (int k = 0; k < operands; k++) {
        wanted[k] = (subset >> k & 1) != 0;
      }
      leftOut(op, in, all, wanted, findings);
    }
  }

  private static void leftOut(Op op, Tensor[] in, Trial all, boolean[] wanted, Findings findings) {
    boolean any = false;
    for (int k = 0; k < wanted.length; k++) {
      any |= wanted[k] && all.gradIn[k] != null;
    }
    if (any) {
      Trial some = new Trial(op, in, DType.F32, KernelProvider.f32(), Workers.inline());
      some.forward().backward(OpSample.gradient(DType.F32, some.out.tensor().shape()), wanted);
      findings.failAt(CHECK + ", gradients left out", some.differenceFrom(all));
    }
  }
}
