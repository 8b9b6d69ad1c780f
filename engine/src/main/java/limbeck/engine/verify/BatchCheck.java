package limbeck.engine.verify;

import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.op.Op;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/** An example has the same bits in any batch: alone, and in the batch without the first example. */
final class BatchCheck {
  private final Op op;
  private final OpSample sample;
  private final Tensor[] values;
  private final Trial whole;
  private final Findings findings;

  private BatchCheck(Op op, OpSample sample, Tensor[] values, Trial whole, Findings findings) {
    this.op = op;
    this.sample = sample;
    this.values = values;
    this.whole = whole;
    this.findings = findings;
  }

  static void check(Op op, OpSample sample, Tensor[] values, Trial whole, Findings findings) {
    if (!sample.isBatched()) {
      return;
    }
    BatchCheck check = new BatchCheck(op, sample, values, whole, findings);
    int examples = whole.out.tensor().shape().axis(0);
    check.part(0, 1);
    check.part(examples / 2, examples / 2 + 1);
    check.part(examples - 1, examples);
    check.part(Math.min(1, examples - 1), examples);
  }

  private void part(int from, int to) {
    Tensor[] in = values.clone();
    for (int k = 0; k < in.length; k++) {
      in[k] = batched(k) ? in[k].slice(from, to) : in[k];
    }
    Tensor gradOut = OpSample.gradient(DType.F32, whole.out.tensor().shape()).slice(from, to);
    Trial part = new Trial(op, in, DType.F32, KernelProvider.f32(), Workers.inline());
    part.forward().backward(gradOut);
    compare("result", whole.out, part.out, from, to);
    for (int k = 0; k < in.length; k++) {
      if (batched(k) && whole.gradIn[k] != null) {
        compare(whole.gradient(k), whole.gradIn[k], part.gradIn[k], from, to);
      }
    }
  }

  private boolean batched(int k) {
    return sample.operands().get(k).batched();
  }

  private void compare(String what, Guarded all, Guarded part, int from, int to) {
    String place = Trial.difference(what, all.tensor().slice(from, to), part.tensor());
    findings.failAt(
        "batch", place == null ? null : place + ", examples " + from + " to " + to + " alone");
  }
}
