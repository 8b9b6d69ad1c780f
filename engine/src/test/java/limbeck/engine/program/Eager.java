package limbeck.engine.program;

import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** Runs a program step by step, each result in memory of its own. */
final class Eager {
  private Eager() {}

  /** The output of a program of one input. */
  static Tensor run(Program program, Tensor in) {
    OpContext context = new OpContext(Workers.inline());
    Tensor[] values = new Tensor[program.values()];
    values[0] = in;
    for (int i = 1; i < program.firstResult(); i++) {
      values[i] = program.constant(i);
    }
    Shape[] shapes = program.infer(new Shape[] {in.shape()});
    for (int i = 0; i < program.steps().size(); i++) {
      Program.Step step = program.steps().get(i);
      Tensor[] operands = step.operands().stream().map(k -> values[k]).toArray(Tensor[]::new);
      Shape saved = step.op().saved(program.operands(i, shapes));
      context.saved(saved == null ? null : Tensor.zeros(in.dtype(), saved));
      Tensor out = Tensor.zeros(in.dtype(), shapes[program.firstResult() + i]);
      step.op().forward(context, operands, out);
      context.workspace().reset();
      values[program.firstResult() + i] = out;
    }
    return values[values.length - 1];
  }
}
