package limbeck.engine.verify;

import java.util.function.IntToDoubleFunction;
import limbeck.engine.tensor.Tensor;

/** Float32 against float64. */
final class PrecisionCheck {
  private final OpValues values;
  private final Trial exact;
  private final Trial fast;
  private final Findings findings;

  PrecisionCheck(OpValues values, Trial exact, Trial fast, Findings findings) {
    this.values = values;
    this.exact = exact;
    this.fast = fast;
    this.findings = findings;
  }

  /** Float32 is finite wherever the true value is in its range. */
  void finite() {
    finite("result", exact.out.tensor(), fast.out.tensor());
    for (int k = 0; k < exact.gradIn.length; k++) {
      if (exact.gradIn[k] != null) {
        finite(exact.gradient(k), exact.gradIn[k].tensor(), fast.gradIn[k].tensor());
      }
    }
  }

  private void finite(String what, Tensor truth, Tensor floats) {
    for (int i = 0; i < truth.size(); i++) {
      boolean inRange = Math.abs(truth.get(i)) <= Float.MAX_VALUE / 2;
      if (inRange && !Double.isFinite(floats.get(i))) {
        findings.fail(
            "finite", what + "[" + i + "] is " + floats.get(i) + ", in truth " + truth.get(i));
        return;
      }
    }
  }

  /** The largest error of the result as a fraction of its bound. */
  double result(Precision precision) {
    return worst(
        "result", exact.out.tensor(), fast.out.tensor(), i -> precision.forward().at(values, i));
  }

  /** The largest error of the gradients as a fraction of its bound. */
  double gradients(Precision precision) {
    double worst = 0;
    for (int k = 0; k < exact.gradIn.length; k++) {
      if (exact.gradIn[k] != null) {
        int operand = k;
        double ratio =
            worst(
                exact.gradient(k),
                exact.gradIn[k].tensor(),
                fast.gradIn[k].tensor(),
                i -> precision.backward().at(values, operand, i));
        worst = Math.max(worst, ratio);
      }
    }
    return worst;
  }

  private double worst(String what, Tensor truth, Tensor floats, IntToDoubleFunction bounds) {
    double worst = 0;
    String place = null;
    for (int i = 0; i < truth.size(); i++) {
      double error = Trial.distance(floats.get(i), truth.get(i));
      double bound = bounds.applyAsDouble(i) + ErrorBound.UNDERFLOW;
      if (!(error <= bound) && place == null) {
        place =
            what
                + "["
                + i
                + "] is "
                + floats.get(i)
                + ", in truth "
                + truth.get(i)
                + ": error "
                + error
                + ", bound "
                + bound;
      }
      worst = Math.max(worst, error / bound);
    }
    findings.failAt("precision", place);
    return worst;
  }
}
