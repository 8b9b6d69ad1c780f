package limbeck.engine.verify;

import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.op.Op;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/**
 * Compares an op's gradient with central differences, in float64: every entry of the Jacobian where
 * that is small, else a random projection ⟨v, Jᵀu⟩.
 *
 * <p>The step is h = 1e−5. The difference quotient is off by h²/6 times the third derivative (about
 * 1e−11) and by the rounding of f over h (about 1e−16/1e−5 = 1e−11 times |f|): the tolerance of
 * 1e−6 leaves room for sums of many terms, and no wrong factor or sign is that small.
 */
public final class GradCheck {
  /** Largest error that passes, relative to max(1, |analytic|, |numeric|). */
  public static final double TOLERANCE = 1e-6;

  private static final double STEP = 1e-5;
  private static final int MOST_ENTRIES = 2500;

  /** Above, a projection sums too many roundings. */
  static final int MOST_ELEMENTS = 20_000;

  private final Op op;
  private final Tensor[] in;
  private double worst;
  private String place = "";

  private GradCheck(Op op, Tensor[] in) {
    this.op = op;
    this.in = in;
  }

  /**
   * The result of a check.
   *
   * @param error largest error, relative to max(1, |analytic|, |numeric|)
   * @param place where, with both values
   */
  public record Result(double error, String place) {
    /** Whether the error is within {@link #TOLERANCE}; a NaN is not. */
    public boolean passed() {
      return error <= TOLERANCE;
    }
  }

  /**
   * Checks the gradients of all differentiable operands.
   *
   * @param in F64 operands, away from kinks; I32 where the op wants them
   */
  public static Result check(Op op, Tensor... in) {
    GradCheck check = new GradCheck(op, in);
    int results = check.run(in).out.tensor().size();
    for (int k = 0; k < in.length; k++) {
      if (op.differentiable(k) && in[k].dtype() == DType.F64) {
        if ((long) results * in[k].size() <= MOST_ENTRIES) {
          check.jacobian(k, results);
        } else {
          check.projection(k);
        }
      }
    }
    return new Result(check.worst, check.place);
  }

  private Trial run(Tensor[] operands) {
    return new Trial(op, operands, DType.F64, KernelProvider.f32(), Workers.inline()).forward();
  }

  private void jacobian(int k, int results) {
    double[][] numeric = new double[in[k].size()][];
    for (int j = 0; j < numeric.length; j++) {
      Tensor direction = Tensor.zeros(DType.F64, in[k].shape());
      direction.set(j, 1);
      numeric[j] = slope(k, direction);
    }
    Trial trial = run(in);
    for (int i = 0; i < results; i++) {
      Tensor one = Tensor.zeros(DType.F64, trial.out.tensor().shape());
      one.set(i, 1);
      Tensor analytic = trial.backward(one).gradients()[k];
      for (int j = 0; j < numeric.length; j++) {
        compare(k, "[" + j + "] from result[" + i + "]", analytic.get(j), numeric[j][i]);
      }
    }
  }

  private void projection(int k) {
    Tensor v = random(in[k], 1);
    double[] slope = slope(k, v);
    Trial trial = run(in);
    Tensor u = random(trial.out.tensor(), 2);
    Tensor gradient = trial.backward(u).gradients()[k];
    double analytic = 0;
    for (int j = 0; j < v.size(); j++) {
      analytic += v.get(j) * gradient.get(j);
    }
    double numeric = 0;
    for (int i = 0; i < slope.length; i++) {
      numeric += u.get(i) * slope[i];
    }
    compare(k, " in a random direction", analytic, numeric);
  }

  /** d result / d in[k] in a direction, by the central difference. */
  private double[] slope(int k, Tensor direction) {
    Tensor up = run(moved(k, direction, STEP)).out.tensor();
    Tensor down = run(moved(k, direction, -STEP)).out.tensor();
    double[] slope = new double[up.size()];
    for (int i = 0; i < slope.length; i++) {
      boolean equal = up.get(i) == down.get(i); // so may infinities be
      slope[i] = equal ? 0 : (up.get(i) - down.get(i)) / (2 * STEP);
    }
    return slope;
  }

  private Tensor[] moved(int k, Tensor direction, double step) {
    Tensor[] moved = in.clone();
    moved[k] = in[k].own();
    for (int j = 0; j < direction.size(); j++) {
      moved[k].set(j, in[k].get(j) + step * direction.get(j));
    }
    return moved;
  }

  private static Tensor random(Tensor like, long stream) {
    Tensor t = Tensor.zeros(DType.F64, like.shape());
    Philox random = new Philox(7, stream);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, 2 * random.uniformDouble(i) - 1);
    }
    return t;
  }

  private void compare(int k, String where, double analytic, double numeric) {
    double size = Math.max(1, Math.max(Math.abs(analytic), Math.abs(numeric)));
    double error = Math.abs(analytic - numeric) / size;
    if (!(error <= worst) && !Double.isNaN(worst)) {
      worst = error;
      String name = op.spec().operands().get(k).name();
      place = "gradient of " + name + where + " is " + analytic + ", differences give " + numeric;
    }
  }
}
