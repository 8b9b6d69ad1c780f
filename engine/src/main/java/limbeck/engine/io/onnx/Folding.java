package limbeck.engine.io.onnx;

import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.engine.tensor.Workspace;

/** Does ops on what is known while a model is imported. */
final class Folding {
  private final KnownLimits limits;
  private final OpContext context =
      new OpContext(KernelProvider.plainF32(), Workers.inline(), new Workspace());

  Folding(KnownLimits limits) {
    this.limits = limits;
  }

  /** Runs one op; where floats and doubles meet, floats are widened. */
  Tensor compute(Op op, Tensor[] operands) {
    DType numbers = null;
    for (Tensor t : operands) {
      if (t.dtype().isFloating()) {
        numbers = numbers == DType.F64 ? numbers : t.dtype();
      }
    }
    Shape[] shapes = new Shape[operands.length];
    for (int k = 0; k < operands.length; k++) {
      shapes[k] = operands[k].shape();
      if (operands[k].dtype().isFloating() && operands[k].dtype() != numbers) {
        operands[k] = operands[k].to(numbers);
      }
    }
    DType result = op.resultType(numbers);
    Shape made = KnownLimits.small(op.infer(shapes));
    limits.work(op, made, shapes);
    Tensor out = Tensor.zeros(result == null ? DType.I32 : result, made);
    limits.keep(out);
    Shape saved = op.saved(shapes);
    Workspace.Mark mark = new Workspace.Mark();
    context.workspace().mark(mark);
    context.saved(saved == null ? null : Tensor.zeros(numbers, KnownLimits.small(saved)));
    op.forward(context, operands, out);
    context.saved(null);
    context.workspace().release(mark);
    return out;
  }
}
