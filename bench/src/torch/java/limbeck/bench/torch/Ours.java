package limbeck.bench.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;

/** An op on a tape, forward and backward, in float64. */
final class Ours {
  private Ours() {}

  /** The loss is the sum of the result times {@code gradOut}. */
  static Answer of(OracleCase c, Tensor gradOut) {
    Var[] in = new Var[c.operands().size()];
    for (int k = 0; k < in.length; k++) {
      Tensor x = c.operands().get(k);
      in[k] = c.differentiable(k) ? Var.input(x) : Var.of(x);
    }
    List<Answer.Part> parts = new ArrayList<>();
    try (Tape tape = Tape.open(new OpContext())) {
      Var out = in[0].apply(c.op(), Arrays.copyOfRange(in, 1, in.length));
      parts.add(part("result", out.value()));
      if (out.needsGradient()) {
        tape.backward(out.times(Var.of(gradOut)).sum());
      }
      for (int k = 0; k < in.length; k++) {
        if (c.differentiable(k)) {
          parts.add(part(Answer.gradient(k), in[k].gradient()));
        }
      }
    }
    return new Answer(parts);
  }

  private static Answer.Part part(String name, Tensor t) {
    double[] values = new double[t.size()];
    Arrays.setAll(values, t::get);
    return new Answer.Part(name, t.shape(), values);
  }
}
