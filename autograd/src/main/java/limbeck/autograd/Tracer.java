package limbeck.autograd;

import java.util.IdentityHashMap;
import java.util.Map;
import limbeck.engine.op.OpContext;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Turns a model into a {@link Program}: runs one forward pass in evaluation mode and keeps its ops.
 * Java's control flow is frozen as it went in that pass.
 */
public final class Tracer {
  private Tracer() {}

  /**
   * Traces a model for inputs of a type.
   *
   * @param example the shape of one example, without the batch axis
   * @return a program with its own copies of the parameters
   */
  public static Program trace(Module model, DType inputType, Shape example) {
    model.evaluate();
    int[] axes = new int[example.rank() + 1];
    axes[0] = 1;
    System.arraycopy(example.toArray(), 0, axes, 1, example.rank());
    try (Tape tape = Tape.open(new OpContext())) {
      Var x = Var.of(Tensor.zeros(inputType, Shape.of(axes)));
      Var y = model.forward(x);
      return program(model, tape, x, y, inputType, example);
    }
  }

  private static Program program(
      Module model, Tape tape, Var x, Var y, DType inputType, Shape example) {
    Program.Builder builder = Program.builder(inputType, example);
    IdentityHashMap<Var, Integer> numbers = new IdentityHashMap<>();
    numbers.put(x, 0);
    for (Map.Entry<String, Parameter> p : model.parameters().parameters().entrySet()) {
      numbers.put(p.getValue(), builder.constant(p.getKey(), p.getValue().value().own()));
    }
    for (Tape.Step s : tape.steps()) {
      int[] operands = new int[s.in().length];
      for (int k = 0; k < operands.length; k++) {
        Integer number = numbers.get(s.in()[k]);
        if (number == null) {
          throw new IllegalStateException(
              "trace: operand "
                  + k
                  + " of "
                  + s.op().spec().name()
                  + " is neither the input, nor a parameter, nor the result of an earlier op");
        }
        operands[k] = number;
      }
      numbers.put(s.out(), builder.step(s.op(), operands));
      if (s.out() == y) {
        return builder.build();
      }
    }
    throw new IllegalStateException("trace: the model's output comes from no op");
  }
}
