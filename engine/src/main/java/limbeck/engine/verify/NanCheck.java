package limbeck.engine.verify;

import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.op.Op;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/** A NaN in an operand comes out, and only where the definition says so. */
final class NanCheck {
  private NanCheck() {}

  static void check(Op op, Tensor[] values, Definition definitionOrNull, Findings findings) {
    for (int k = 0; k < values.length; k++) {
      Tensor[] in = values.clone();
      if (in[k].dtype().isFloating() && in[k].size() > 0) {
        in[k] = in[k].own();
        in[k].set(in[k].size() / 2, Double.NaN);
        Trial trial = new Trial(op, in, DType.F32, KernelProvider.f32(), Workers.inline());
        if (runs(trial)) {
          String operand = op.spec().operands().get(k).name();
          compare(trial, operand, definitionOrNull, findings);
        }
      }
    }
  }

  /**
   * Whether there is a result: integers can tell no NaN, and an op that makes them may refuse it.
   */
  private static boolean runs(Trial trial) {
    try {
      trial.forward();
      return true;
    } catch (ShapeException e) {
      if (trial.out.tensor().dtype().isFloating()) {
        throw e;
      }
      return false;
    }
  }

  private static void compare(
      Trial trial, String operand, Definition definition, Findings findings) {
    Tensor out = trial.out.tensor();
    OpValues values = trial.values(null);
    boolean any = false;
    for (int i = 0; i < out.size(); i++) {
      boolean actual = Double.isNaN(out.get(i));
      any |= actual;
      if (definition != null && actual != Double.isNaN(definition.at(values, i))) {
        findings.fail(
            "NaN in " + operand,
            "result[" + i + "] is " + (actual ? "NaN" : "no NaN") + ", unlike the definition");
        return;
      }
    }
    if (definition == null && !any) {
      findings.fail("NaN in " + operand, "the result has no NaN");
    }
  }
}
