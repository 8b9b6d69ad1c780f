package limbeck.autograd;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;
import limbeck.engine.op.OpContext;
import limbeck.engine.program.Input;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Turns a model into a {@link Program}: runs one forward pass in evaluation mode, on zeros, and
 * keeps its ops. Java's control flow is frozen as it went in that pass, and so are sizes that went
 * into an op's settings.
 */
public final class Tracer {
  private final Program.Builder builder;
  private final IdentityHashMap<Var, Integer> numbers = new IdentityHashMap<>();
  private final IdentityHashMap<Tensor, Integer> buffers = new IdentityHashMap<>();

  private Tracer(Input... inputs) {
    builder = Program.builder(inputs);
  }

  /**
   * Traces a model of one input, which the program calls {@code x}. It is left in evaluation mode.
   *
   * @param example the shape of one example, without the batch axis
   * @return a program with its own copies of parameters and buffers
   * @throws IllegalStateException as {@link #trace(Module, Function, Input...)}
   */
  public static Program trace(Module model, DType inputType, Shape example) {
    return trace(model, in -> model.forward(in.get(0)), Input.of("x", inputType, example));
  }

  /**
   * Traces a model of several inputs, or of one with free axes:
   *
   * <pre>{@code
   * Program program =
   *     Tracer.trace(
   *         model,
   *         in -> model.forward(in.get(0), in.get(1)),
   *         Input.of("ids", DType.I32, Shape.of(32)).free(0),
   *         Input.of("mask", DType.I32, Shape.of(32)).free(0));
   * }</pre>
   *
   * <p>The pass is made on one example of each input, of zeros, or of ones for I32, which do for
   * ids, masks and lengths alike. The model is left in evaluation mode.
   *
   * @param model whose parameters and buffers are read
   * @param forward computes the output from the inputs, in their order
   * @return a program with its own copies of parameters and buffers
   * @throws IllegalStateException if the model has no parameters yet, if an op reads something
   *     other than the inputs, parameters, buffers and results of ops, or if the output is not an
   *     op's result
   */
  public static Program trace(Module model, Function<List<Var>, Var> forward, Input... inputs) {
    model.evaluate();
    try (Tape tape = Tape.open(new OpContext())) {
      Tracer tracer = new Tracer(inputs);
      List<Var> in = Arrays.stream(inputs).map(Tracer::example).toList();
      for (Var x : in) {
        tracer.numbers.put(x, tracer.numbers.size());
      }
      Var y = forward.apply(in);
      tracer.addConstants(model);
      return tracer.addSteps(tape, y);
    }
  }

  /** One example of an input, of zeros, or of ones for I32. */
  static Var example(Input input) {
    Tensor x = Tensor.zeros(input.type(), input.batch(1));
    x.fill(input.type() == DType.I32 ? 1 : 0);
    return Var.of(x);
  }

  private void addConstants(Module model) {
    Inventory all = new Inventory(model);
    all.parameters().forEach((path, p) -> numbers.put(p, builder.constant(path, p.value().own())));
    all.buffers().forEach(this::addBuffer);
    all.constants().forEach(this::addBuffer);
  }

  private void addBuffer(String path, Buffer b) {
    buffers.put(b.value(), builder.constant(path, b.value().own()));
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
    Var read = s.in()[k];
    Integer number = numbers.get(read instanceof Parameter p ? p.shared() : read);
    if (number == null) {
      number = buffers.get(read.value());
    }
    if (number == null) {
      throw new IllegalStateException(
          "trace: "
              + s.op().spec().name()
              + " reads "
              + s.op().spec().describe(k, s.in()[k].value().shape())
              + ", which is neither an input, nor a parameter or buffer of the model, nor the"
              + " result of an earlier op; register it in its module");
    }
    return number;
  }
}
