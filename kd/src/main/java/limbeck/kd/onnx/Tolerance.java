package limbeck.kd.onnx;

import java.util.Locale;
import limbeck.engine.tensor.Tensor;

/**
 * How far a result may be from what is expected, as NumPy's {@code assert_allclose} has it: |found
 * − expected| ≤ absolute + relative · |expected|. Whole numbers must be equal.
 *
 * @param relative part of what is expected
 * @param absolute difference
 */
public record Tolerance(double relative, double absolute) {
  /** What is wrong with a result; empty if nothing is. */
  String difference(Tensor expected, Tensor found) {
    if (!found.shape().equals(expected.shape())) {
      return "shape " + found.shape() + ", expected " + expected.shape();
    }
    if (found.dtype() != expected.dtype()) {
      return "type " + found.dtype() + ", expected " + expected.dtype();
    }
    for (int i = 0; i < expected.size(); i++) {
      double e = expected.get(i);
      double f = found.get(i);
      boolean same = e == f || Double.isNaN(e) && Double.isNaN(f);
      boolean near =
          expected.dtype().isFloating() && Math.abs(f - e) <= absolute + relative * Math.abs(e);
      if (!same && !near) {
        return String.format(Locale.ROOT, "element %d is %s, expected %s", i, f, e);
      }
    }
    return "";
  }
}
