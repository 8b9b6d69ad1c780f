package limbeck.engine.program;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import limbeck.engine.exec.Workers;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.TensorFile;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * A forward pass as an immutable list of ops on numbered values: value 0 is the input, then come
 * the constants, then one result per step; the last step's result is the output. It holds no batch
 * size, so one program serves all. Safe to share between threads; each thread runs it with a {@link
 * Runner} of its own.
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

  private final DType inputType;
  private final Shape example;
  private final List<Constant> constants;
  private final List<Step> steps;
  private final DType computeType;

  private Program(DType inputType, Shape example, List<Constant> constants, List<Step> steps) {
    this.inputType = inputType;
    this.example = example;
    this.constants = List.copyOf(constants);
    this.steps = List.copyOf(steps);
    this.computeType = findComputeType();
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("program: no steps");
    }
    checkTypes(); // all of it now, not at the first run
    infer(batch(1));
  }

  /** Floating operands are of one type, and only operands without gradient may be I32. */
  private void checkTypes() {
    DType type = computeType;
    if (!type.isFloating()) {
      throw new ShapeException("program: neither the input nor a constant has a floating type");
    }
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      for (int k = 0; k < step.operands().size(); k++) {
        DType found = type(step.operands().get(k));
        boolean labels = found == DType.I32 && !step.op().differentiable(k);
        if (found != type && !labels) {
          throw new ShapeException(
              "program: step "
                  + i
                  + " ("
                  + step.op().spec().name()
                  + ") reads a value of type "
                  + found
                  + ", but the program computes in "
                  + type);
        }
      }
    }
  }

  private DType type(int value) {
    if (value == 0) {
      return inputType;
    }
    return value < firstResult() ? constants.get(value - 1).value().dtype() : computeType();
  }

  /** A builder for programs whose input is a batch of examples of the given type and shape. */
  public static Builder builder(DType inputType, Shape example) {
    return new Builder(inputType, example);
  }

  /** The type of the input. */
  public DType inputType() {
    return inputType;
  }

  /** The shape of one input example: the input without its batch axis. */
  public Shape example() {
    return example;
  }

  /** The constants, in order. */
  public List<Constant> constants() {
    return constants;
  }

  /** The steps, in order. */
  public List<Step> steps() {
    return steps;
  }

  /** The number of values: the input, the constants, one per step. */
  int values() {
    return 1 + constants.size() + steps.size();
  }

  /** The number of the first step's result. */
  int firstResult() {
    return 1 + constants.size();
  }

  /** The shape of an input of {@code n} examples. */
  Shape batch(int n) {
    int[] axes = new int[example.rank() + 1];
    axes[0] = n;
    for (int i = 0; i < example.rank(); i++) {
      axes[i + 1] = example.axis(i);
    }
    return Shape.of(axes);
  }

  /** The shapes of all values for an input shape. */
  Shape[] infer(Shape input) {
    Shape[] shapes = new Shape[values()];
    shapes[0] = input;
    for (int i = 0; i < constants.size(); i++) {
      shapes[i + 1] = constants.get(i).value().shape();
    }
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Shape[] in = step.operands().stream().map(k -> shapes[k]).toArray(Shape[]::new);
      shapes[firstResult() + i] = step.op().infer(in);
    }
    return shapes;
  }

  /**
   * The type of values that are computed with: that of the first floating constant, else of the
   * input.
   */
  DType computeType() {
    return computeType;
  }

  private DType findComputeType() {
    return constants.stream()
        .map(c -> c.value().dtype())
        .filter(DType::isFloating)
        .findFirst()
        .orElse(inputType);
  }

  /** The shape of the output for an input of {@code n} examples. */
  public Shape outputShape(int n) {
    return infer(batch(n))[values() - 1];
  }

  /** Bytes of all constants. */
  public long bytes() {
    return constants.stream()
        .mapToLong(c -> (long) c.value().size() * c.value().dtype().bytes())
        .sum();
  }

  /**
   * Reads a program from a model file.
   *
   * @throws FormatException if the file is damaged or holds no program
   */
  public static Program load(Path file) throws IOException {
    return ProgramFile.load(Checkpoints.loadOnly(file), file.toString());
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
    ProgramFile.save(this, file, metadata);
  }

  /** A runner for this thread, on the fastest kernels here, with the process-wide workers. */
  public Runner runner() {
    return runner(Workers.shared());
  }

  /** A runner for this thread, sharing its work among the given workers. */
  public Runner runner(Workers workers) {
    return new Runner(this, new OpContext(workers));
  }

  /** A runner on a context of one's own. */
  public Runner runner(OpContext context) {
    return new Runner(this, context);
  }

  /** Builds a program value by value. */
  public static final class Builder {
    private final DType inputType;
    private final Shape example;
    private final List<Constant> constants = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final Set<String> names = new TreeSet<>();

    private Builder(DType inputType, Shape example) {
      this.inputType = inputType;
      this.example = example;
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
      return constants.size();
    }

    /** Adds a step and returns the number of its result. */
    public int step(Op op, int... operands) {
      int result = 1 + constants.size() + steps.size();
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
      return new Program(inputType, example, constants, steps);
    }
  }
}
