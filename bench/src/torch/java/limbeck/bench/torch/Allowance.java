package limbeck.bench.torch;

import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import limbeck.engine.op.ElementwiseOp;
import limbeck.engine.op.Op;
import limbeck.engine.op.index.IndexOp;
import limbeck.engine.op.layout.LayoutOp;
import limbeck.engine.op.layout.ScatterAdd;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/**
 * How far apart two float64 computations of one formula may be, number by number.
 *
 * <p>Both round, in another order. What rounding does to a number y, by way of operands and of all
 * numbers in between, is measured: libtorch computes the case in float32 as well, at several places
 * nearby, operands (and the gradient that backward starts from) being changed by up to 2⁻⁸ of
 * themselves; and in float64 at the same places, operands off by another ±2⁻²⁴. E is the largest
 * difference of the two. Errors are proportional to the unit roundoff, 2⁻²⁴ there and u = 2⁻⁵³
 * here, so that float64's is about 2⁻²⁹·E, and u·|y| at least, for the rounding of y itself.
 * Libtorch adds up in double for some ops in float32, and so does not show what a sum of n terms
 * loses: about √n·u (Higham and Mary 2019, A new approach to probabilistic rounding error
 * analysis). n is the size of the case's largest tensor, than which no sum is longer, and 1 where
 * the op computes element by element. Allowed is
 *
 * <p>32·√n·(u·|y| + 2⁻²⁹·E):
 *
 * <p>32 since there are two computations, in orders of their own, and E is the largest of a few
 * samples, which by chance may be small where the error of float64 is large: that all eight are
 * below a sixteenth of what is usual happens once in 16⁸ numbers, about 4·10⁹. Where float32 has no
 * digit left, because a number in between came to its bound, such as tanh to 1, its error says
 * nothing of float64's: there |y| is that of the tensor's largest number. Results of ops that only
 * move or find elements may not differ at all.
 */
final class Allowance {
  private static final double UNIT = 0x1p-53;
  private static final double FLOAT_UNIT = 0x1p-24;
  private static final double NEAR = 0x1p-8;
  private static final double FACTOR = 32;
  private static final int TRIALS = 8;

  private Allowance() {}

  /** An array for each part of libtorch's answer. */
  static List<double[]> of(OracleCase c, Tensor gradOut, Answer answer, Draw draw) {
    List<double[]> allowed = errors(c, gradOut, answer, draw);
    double n = c.op() instanceof ElementwiseOp ? 1 : c.largest();
    for (int p = 0; p < allowed.size(); p++) {
      double[] a = allowed.get(p);
      double[] y = answer.parts().get(p).values();
      double largest = Arrays.stream(y).map(Math::abs).filter(Double::isFinite).max().orElse(0);
      boolean exact = p == 0 && exact(c.op());
      for (int i = 0; i < y.length; i++) {
        boolean equal = exact || Double.isInfinite(y[i]);
        boolean noDigit = a[i] >= Math.abs(y[i]) / 2;
        double rounded = UNIT * (noDigit ? largest : Math.abs(y[i])) + UNIT / FLOAT_UNIT * a[i];
        a[i] = equal ? 0 : FACTOR * Math.sqrt(n) * rounded;
      }
    }
    return allowed;
  }

  /** Whether the op only moves or finds elements, without adding any. */
  private static boolean exact(Op op) {
    return op instanceof IndexOp || op instanceof LayoutOp && !(op instanceof ScatterAdd);
  }

  /** The largest errors of float32. */
  private static List<double[]> errors(OracleCase c, Tensor gradOut, Answer answer, Draw draw) {
    List<double[]> errors = new ArrayList<>();
    answer.parts().forEach(part -> errors.add(new double[part.values().length]));
    for (int trial = 0; trial < TRIALS; trial++) {
      List<Tensor> near = c.operands().stream().map(x -> near(x, draw)).toList();
      List<Tensor> off = near.stream().map(x -> off(x, draw)).toList();
      Tensor nearGrad = near(gradOut, draw);
      Answer floats = Libtorch.of(c, near, nearGrad, DataType.FLOAT32);
      Answer doubles = Libtorch.of(c, off, off(nearGrad, draw), DataType.FLOAT64);
      for (int p = 0; p < errors.size(); p++) {
        double[] a = floats.parts().get(p).values();
        double[] b = doubles.parts().get(p).values();
        double[] largest = errors.get(p);
        for (int i = 0; i < a.length; i++) {
          double error = Math.abs(a[i] - b[i]);
          if (error < Double.POSITIVE_INFINITY) { // not where float32 overflows
            largest[i] = Math.max(largest[i], error);
          }
        }
      }
    }
    return errors;
  }

  /** Floats nearby. */
  private static Tensor near(Tensor x, Draw draw) {
    return changed(x, v -> (float) (v * (1 + NEAR * (2 * draw.uniform() - 1))));
  }

  private static Tensor off(Tensor x, Draw draw) {
    return changed(x, v -> v * (draw.flag() ? 1 + FLOAT_UNIT : 1 - FLOAT_UNIT));
  }

  private static Tensor changed(Tensor x, DoubleUnaryOperator change) {
    if (x.dtype() != DType.F64) {
      return x;
    }
    double[] values = new double[x.size()];
    Arrays.setAll(values, i -> change.applyAsDouble(x.get(i)));
    return Tensor.of(x.shape(), values);
  }
}
