package limbeck.engine.program;

import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** Runs a program step by step, each result in memory of its own. */
final class Eager {
  private Eager() {}

  /** The first output of a program of one input. */
  static Tensor run(Program program, Tensor in) {
    return outputs(program, in)[0];
  }

  /** The outputs of a program. */
  static Tensor[] outputs(Program program, Tensor... in) {
    OpContext context = new OpContext(Workers.inline());
    Tensor[] values = new Tensor[program.values()];
    System.arraycopy(in, 0, values, 0, in.length);
    for (int i = in.length; i < program.firstResult(); i++) {
      values[i] = program.constant(i);
    }
    Shape[] shapes = new Shape[in.length];
    for (int i = 0; i < in.length; i++) {
      shapes[i] = in[i].shape();
    }
    shapes = program.infer(shapes);
    for (int i = 0; i < program.steps().size(); i++) {
      Program.Step step = program.steps().get(i);
      int result = program.firstResult() + i;
      Tensor[] operands = step.operands().stream().map(k -> values[k]).toArray(Tensor[]::new);
      Shape saved = step.op().saved(program.operands(i, shapes));
      context.saved(saved == null ? null : Tensor.zeros(program.computeType(), saved));
      values[result] = Tensor.zeros(program.type(result), shapes[result]);
      step.op().forward(context, operands, values[result]);
      context.workspace().reset();
    }
    return program.outputs().stream().map(k -> values[k]).toArray(Tensor[]::new);
  }
}
