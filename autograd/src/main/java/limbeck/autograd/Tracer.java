package limbeck.autograd;

import java.util.IdentityHashMap;
import limbeck.engine.op.OpContext;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Turns a model into a {@link Program}: runs one forward pass in evaluation mode, on zeros, and
 * keeps its ops. Java's control flow is frozen as it went in that pass.
 */
public final class Tracer {
  private final Program.Builder builder;
  private final IdentityHashMap<Var, Integer> numbers = new IdentityHashMap<>();
  private final IdentityHashMap<Tensor, Integer> buffers = new IdentityHashMap<>();

  private Tracer(DType inputType, Shape example) {
    builder = Program.builder(inputType, example);
  }

  /**
   * Traces a model for inputs of a type. It is left in evaluation mode.
   *
   * @param example the shape of one example, without the batch axis
   * @return a program with its own copies of parameters and buffers
   * @throws IllegalStateException if the model has no parameters yet, if an op reads something
   *     other than the input, parameters, buffers and results of ops, or if the output is not an
   *     op's result
   */
  public static Program trace(Module model, DType inputType, Shape example) {
    model.evaluate();
    try (Tape tape = Tape.open(new OpContext())) {
      Var x = Var.of(Tensor.zeros(inputType, batchOfOne(example)));
      Var y = model.forward(x);
      Tracer tracer = new Tracer(inputType, example);
      tracer.numbers.put(x, 0);
      tracer.addConstants(model);
      return tracer.addSteps(tape, y);
    }
  }

  private static Shape batchOfOne(Shape example) {
    int[] axes = new int[example.rank() + 1];
    axes[0] = 1;
    System.arraycopy(example.toArray(), 0, axes, 1, example.rank());
    return Shape.of(axes);
  }

  private void addConstants(Module model) {
    model
        .ownParameters()
        .forEach((name, p) -> numbers.put(p, builder.constant(name, p.value().own())));
    model.ownBuffers().forEach((name, t) -> buffers.put(t, builder.constant(name, t.own())));
  }

  private Program addSteps(Tape tape, Var y) {
    for (Tape.Step s : tape.steps()) {
      int[] operands = new int[s.in().length];
      for (int k = 0; k < operands.length; k++) {
        operands[k] = number(s, k);
      }
      numbers.put(s.out(), builder.step(s.op(), operands));
      if (s.out() == y) {
        return builder.build();
      }
    }
    throw new IllegalStateException("trace: the model's output is not the result of an op");
  }

  private int number(Tape.Step s, int k) {
    Integer number = numbers.get(s.in()[k]);
    if (number == null) {
      number = buffers.get(s.in()[k].value());
    }
    if (number == null) {
      throw new IllegalStateException(
          "trace: "
              + s.op().spec().name()
              + " reads "
              + s.op().spec().describe(k, s.in()[k].value().shape())
              + ", which is neither the input, nor a parameter or buffer of the model, nor the"
              + " result of an earlier op; register it in its module");
    }
    return number;
  }
}
