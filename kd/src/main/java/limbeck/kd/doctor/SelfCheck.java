package limbeck.kd.doctor;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.kernel.Kernels;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** A quick comparison of the kernels in use with float64: gross faults show, rounding does not. */
final class SelfCheck {
  private static final int N = 1000;

  private SelfCheck() {}

  /** One line per failure. */
  static List<String> failures() {
    List<String> failures = new ArrayList<>();
    Kernels fast = KernelProvider.f32();
    Kernels oracle = KernelProvider.f64();
    Tensor x = values(1);
    Tensor w = values(2);
    Tensor y = Tensor.zeros(DType.F32, x.shape());
    Tensor xd = x.to(DType.F64);
    Tensor wd = w.to(DType.F64);
    Tensor yd = Tensor.zeros(DType.F64, x.shape());
    fast.rows().exp(x, 0, y, 0, N);
    oracle.rows().exp(xd, 0, yd, 0, N);
    compare("exp", y, yd, failures);
    fast.rows().tanh(x, 0, y, 0, N);
    oracle.rows().tanh(xd, 0, yd, 0, N);
    compare("tanh", y, yd, failures);
    multiply(fast, x, w, y);
    multiply(oracle, xd, wd, yd);
    compare("matrix product", y, yd, failures);
    return failures;
  }

  private static void multiply(Kernels kernels, Tensor a, Tensor b, Tensor c) {
    kernels
        .newGemm()
        .multiply(Workers.inline(), false, true, 20, 50, 20, a, 0, 20, b, 0, 20, c, 0, 50);
  }

  private static Tensor values(long stream) {
    Philox random = new Philox(11, stream);
    Tensor t = Tensor.zeros(DType.F32, Shape.of(N));
    for (int i = 0; i < N; i++) {
      t.set(i, random.normal(i));
    }
    return t;
  }

  /**
   * 1e−4 is far above the rounding of these (2 ulp, 20 terms of size 1) and far below any real
   * fault.
   */
  private static void compare(String what, Tensor actual, Tensor expected, List<String> failures) {
    for (int i = 0; i < N; i++) {
      double error = Math.abs(actual.get(i) - expected.get(i));
      if (!(error <= 1e-4 * Math.max(1, Math.abs(expected.get(i))))) {
        failures.add(
            "self-check: "
                + what
                + " gives "
                + actual.get(i)
                + " at "
                + i
                + ", "
                + expected.get(i)
                + " expected; start with -Dlimbeck.simd=off and please report it");
        return;
      }
    }
  }
}
