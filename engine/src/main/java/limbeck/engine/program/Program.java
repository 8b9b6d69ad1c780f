package limbeck.engine.program;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import limbeck.engine.exec.Workers;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.NonFinite;
import limbeck.engine.io.TensorFile;
import limbeck.engine.io.WeightType;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * A forward pass as an immutable list of ops on numbered values: the inputs, then the constants,
 * then one result per step; the last step's result is the output, unless others are named. It holds
 * no batch size, nor the size of an input's free axes, so one program serves all. Safe to share
 * between threads; each thread runs it with a {@link Runner} of its own.
 */
public final class Program {
  /**
   * One op of a program.
   *
   * @param op what to do
   * @param operands numbers of the values it reads, each smaller than its result's number
   */
  public record Step(Op op, List<Integer> operands) {
    /** Keeps the operands unmodifiable. */
    public Step {
      operands = List.copyOf(operands);
    }
  }

  /**
   * A constant of a program: a weight, a bias, a statistic.
   *
   * @param name its tensor name in files
   * @param value never written to
   */
  public record Constant(String name, Tensor value) {}

  private final Signature signature;
  private final List<Constant> constants;
  private final List<Step> steps;
  private final List<Integer> outputs;
  private final ValueTypes types;

  private Program(
      Signature signature, List<Constant> constants, List<Step> steps, List<Integer> outputs) {
    this.signature = signature;
    this.constants = List.copyOf(constants);
    this.steps = List.copyOf(steps);
    this.outputs = List.copyOf(outputs);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("program: no steps");
    }
    requireResults();
    infer(signature.batches(1)); // shapes and types are checked now, not at the first run
    types = new ValueTypes(this);
  }

  /** A builder for programs of one input, named {@code x}: a batch of examples of a fixed shape. */
  public static Builder builder(DType inputType, Shape example) {
    return builder(Input.of("x", inputType, example));
  }

  /**
   * A builder for programs of several inputs, which are values 0, 1 …
   *
   * @throws IllegalArgumentException if there is none, or two have one name
   */
  public static Builder builder(Input... inputs) {
    return new Builder(inputs);
  }

  /** The inputs, in order. */
  public List<Input> inputs() {
    return signature.inputs();
  }

  /**
   * The type of the only input.
   *
   * @throws IllegalStateException if there are several
   */
  public DType inputType() {
    return signature.only().type();
  }

  /**
   * The shape of one example of the only input: the input without its batch axis.
   *
   * @throws IllegalStateException if there are several
   */
  public Shape example() {
    return signature.only().example();
  }

  /** The constants, in order. */
  public List<Constant> constants() {
    return constants;
  }

  /** The steps, in order. */
  public List<Step> steps() {
    return steps;
  }

  /** The numbers of the values that a run gives back, in order; each the result of a step. */
  public List<Integer> outputs() {
    return outputs;
  }

  private void requireResults() {
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("program: no outputs");
    }
    for (int output : outputs) {
      if (output < firstResult() || output >= values()) {
        throw new IllegalArgumentException(
            "program: output "
                + output
                + " is no result of a step: these are values "
                + firstResult()
                + " to "
                + (values() - 1));
      }
    }
  }

  /** The number of values: the inputs, the constants, one per step. */
  int values() {
    return firstResult() + steps.size();
  }

  /** The number of the first step's result. */
  int firstResult() {
    return inputs().size() + constants.size();
  }

  Signature signature() {
    return signature;
  }

  /** The constant with a value's number; null if that is an input or a result. */
  Tensor constant(int value) {
    boolean constant = value >= inputs().size() && value < firstResult();
    return constant ? constants.get(value - inputs().size()).value() : null;
  }

  /** The shapes of all values for inputs of these shapes, which fit. */
  Shape[] infer(Shape[] in) {
    Shape[] shapes = Arrays.copyOf(in, values());
    for (int i = in.length; i < firstResult(); i++) {
      shapes[i] = constant(i).shape();
    }
    for (int i = 0; i < steps.size(); i++) {
      shapes[firstResult() + i] = steps.get(i).op().infer(operands(i, shapes));
    }
    return shapes;
  }

  /** The shapes of the operands of step {@code i}, among those of all values. */
  Shape[] operands(int i, Shape[] shapes) {
    List<Integer> numbers = steps.get(i).operands();
    Shape[] operands = new Shape[numbers.size()];
    for (int k = 0; k < operands.length; k++) {
      operands[k] = shapes[numbers.get(k)];
    }
    return operands;
  }

  /** The type of numbers that are computed with: see {@link ValueTypes}. */
  DType computeType() {
    return types.computing();
  }

  /**
   * The shapes of all values for {@code n} examples, with free axes as in the examples: inputs,
   * constants, then results.
   */
  public Shape[] shapes(int n) {
    return infer(signature.batches(n));
  }

  /** The types of all values: inputs, constants, then results. */
  public DType[] types() {
    DType[] all = new DType[values()];
    Arrays.setAll(all, types::of);
    return all;
  }

  /** The type of a value. */
  DType type(int value) {
    return types.of(value);
  }

  /** The shape of the first output for {@code n} examples, with free axes as in the examples. */
  public Shape outputShape(int n) {
    return infer(signature.batches(n))[outputs.get(0)];
  }

  /**
   * The shape of the first output for inputs of these shapes, in order.
   *
   * @throws ShapeException if they are not a batch of the inputs' examples
   */
  public Shape outputShape(Shape... in) {
    return outputShapes(in)[0];
  }

  /**
   * The shapes of all outputs for inputs of these shapes, in order.
   *
   * @throws ShapeException if they are not a batch of the inputs' examples
   */
  public Shape[] outputShapes(Shape... in) {
    signature.requireBatch(in);
    Shape[] shapes = infer(in);
    Shape[] found = new Shape[outputs.size()];
    for (int k = 0; k < found.length; k++) {
      found[k] = shapes[outputs.get(k)];
    }
    return found;
  }

  /** The type of each output, in order. */
  public DType[] outputTypes() {
    DType[] found = new DType[outputs.size()];
    for (int k = 0; k < found.length; k++) {
      found[k] = types.of(outputs.get(k));
    }
    return found;
  }

  /** Bytes of all constants in memory, in whatever type their file has stored them. */
  public long bytes() {
    return constants.stream()
        .mapToLong(c -> (long) c.value().size() * c.value().dtype().bytes())
        .sum();
  }

  /**
   * Reads a program from a model file; of weights that are NaN or infinite a line is logged ({@link
   * NonFinite#WARN}).
   *
   * @throws FormatException if the file is damaged or holds no program
   */
  public static Program load(Path file) throws IOException {
    return load(file, NonFinite.WARN);
  }

  /**
   * Reads a program from a model file.
   *
   * @param nonFinite what to do about weights that are NaN or infinite
   * @throws FormatException if the file is damaged or holds no program, or it has such weights and
   *     they are rejected
   */
  public static Program load(Path file, NonFinite nonFinite) throws IOException {
    return ProgramFile.load(Checkpoints.loadOnly(file).check(nonFinite), file.toString());
  }

  /** The program in a model file that has been read already; {@code name} is used in messages. */
  public static Program of(TensorFile file, String name) throws IOException {
    return ProgramFile.load(file, name);
  }

  /**
   * Writes this program, with its constants, as a safetensors file.
   *
   * @param metadata further entries: labels, how the model was made
   * @throws IllegalArgumentException if it holds an op that cannot be stored
   */
  public void save(Path file, Map<String, String> metadata) throws IOException {
    save(file, metadata, WeightType.FLOAT32);
  }

  /**
   * Writes this program with its matrices in fewer bits: weights of linear layers, convolutions and
   * recurrent layers, constant operands of products, tables of embeddings and positions. Other
   * constants stay as they are. Loading widens them again: in memory all are F32.
   *
   * @param metadata further entries: labels, how the model was made
   * @param weights what the matrices are stored as
   * @throws IllegalArgumentException if it holds an op that cannot be stored, or a matrix has a
   *     number that the type cannot hold: a finite one beyond the range of float16 or bfloat16, one
   *     that is not finite for int8
   */
  public void save(Path file, Map<String, String> metadata, WeightType weights) throws IOException {
    ProgramFile.save(this, file, metadata, weights);
  }

  /** A runner for this thread, on the fastest kernels here, with the process-wide workers. */
  public Runner runner() {
    return runner(Workers.shared());
  }

  /** A runner for this thread, sharing its work among the given workers. */
  public Runner runner(Workers workers) {
    return new Runner(this, FirstRuns.of(this, workers));
  }

  /** A runner on a context of one's own. */
  public Runner runner(OpContext context) {
    return new Runner(this, FirstRuns.none(context));
  }

  /** Builds a program value by value. */
  public static final class Builder {
    private final Signature signature;
    private final List<Constant> constants = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final Set<String> names = new TreeSet<>();

    private Builder(Input... inputs) {
      signature = new Signature(List.of(inputs));
    }

    /**
     * Adds a constant and returns its number. All constants come before the first step, each with a
     * name of its own.
     */
    public int constant(String name, Tensor value) {
      if (!steps.isEmpty()) {
        throw new IllegalStateException("program: constant " + name + " comes after a step");
      }
      if (!names.add(name)) {
        throw new IllegalArgumentException(
            "program: two constants are named " + FormatException.quote(name));
      }
      constants.add(new Constant(name, value));
      return signature.inputs().size() + constants.size() - 1;
    }

    /** Adds a step and returns the number of its result. */
    public int step(Op op, int... operands) {
      int result = signature.inputs().size() + constants.size() + steps.size();
      List<Integer> numbers = new ArrayList<>();
      for (int operand : operands) {
        if (operand < 0 || operand >= result) {
          throw new ShapeException(
              "program: step "
                  + steps.size()
                  + " ("
                  + op.spec().name()
                  + ") reads value "
                  + operand
                  + ", but only 0.."
                  + (result - 1)
                  + " exist before it");
        }
        numbers.add(operand);
      }
      steps.add(new Step(op, numbers));
      return result;
    }

    /** The program, whose output is the last step's result. */
    public Program build() {
      return build(signature.inputs().size() + constants.size() + steps.size() - 1);
    }

    /**
     * The program with these outputs.
     *
     * @param outputs numbers of results of steps
     * @throws IllegalArgumentException if there are none, or one is something else
     */
    public Program build(int... outputs) {
      List<Integer> numbers = new ArrayList<>();
      for (int output : outputs) {
        numbers.add(output);
      }
      return new Program(signature, constants, steps, numbers);
    }
  }
}
