package limbeck.engine.verify;

import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.kernel.Kernels;
import limbeck.engine.kernel.scalar.ScalarKernels;
import limbeck.engine.op.Op;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/** What the kernels in use have to do with an op's results: nothing. */
final class KernelCheck {
  private KernelCheck() {}

  /**
   * The two checks that a width of vectors can fail by itself: the bits of scalar kernels, and that
   * nothing is written beside.
   */
  static OpReport.Row run(Op op, OpSample sample, Findings findings) {
    Tensor[] in = sample.tensors(op, DType.F32);
    Trial trial = trial(op, in, KernelProvider.f32());
    String providers = providers(op, in, trial, findings);
    Discipline.checkWrites(op, in, trial, findings);
    double none = Double.NaN;
    return new OpReport.Row(
        findings.op(), findings.configuration(), none, none, none, providers, "-", trial.bits());
  }

  /** Compares a finished trial with one on scalar kernels; says what was compared. */
  static String providers(Op op, Tensor[] in, Trial fast, Findings findings) {
    Kernels kernels = KernelProvider.f32();
    if (kernels.width() == 0) {
      return "scalar only";
    }
    findings.failAt("providers", trial(op, in, new ScalarKernels()).differenceFrom(fast));
    return "scalar = " + kernels.name() + " " + kernels.width();
  }

  private static Trial trial(Op op, Tensor[] in, Kernels kernels) {
    Trial trial = new Trial(op, in, DType.F32, kernels, Workers.inline()).forward();
    return trial.backward(OpSample.gradient(DType.F32, trial.out.tensor().shape()));
  }
}
