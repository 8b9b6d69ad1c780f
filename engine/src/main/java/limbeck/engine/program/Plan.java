package limbeck.engine.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import limbeck.engine.op.Finish;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.Piecewise;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import limbeck.engine.tensor.Workspace;

/**
 * A program made ready for inputs of certain shapes: every tensor exists before the first run, so
 * runs of inference allocate nothing. The plans of a runner share their memory, which is only used
 * during a run.
 */
final class Plan {
  private final List<Pass> passes = new ArrayList<>();
  private final Tensor[] values;
  private final Tensor[] inputs;
  private final Slabs slabs;
  private final Workspace.Mark scratch = new Workspace.Mark();

  /** A step of the program, with those that its op's forward pass does as well; null for none. */
  private record Pass(Op op, Tensor[] operands, Tensor result, Tensor saved, Finish finish) {}

  /**
   * Plans a run.
   *
   * @param in the shapes of the inputs
   * @param slabs memory to use; if it is too small, larger is made
   */
  Plan(Program program, Shape[] in, Slabs slabs) {
    Shape[] shapes = program.infer(in);
    Chains chains = new Chains(program, shapes);
    Shape[] savedShapes = savedShapes(program, shapes, chains);
    MemoryPlan numbers = plan(program, shapes, savedShapes, chains, true);
    MemoryPlan integers = plan(program, shapes, savedShapes, chains, false);
    requireHeap(program, in, numbers, integers);
    this.slabs = slabs.withRoomFor(numbers.size(), integers.size());
    values = new Tensor[program.values()];
    inputs = new Tensor[in.length];
    for (int i = 0; i < program.firstResult(); i++) {
      if (i < in.length) {
        inputs[i] = Tensor.zeros(program.inputs().get(i).type(), in[i]);
      }
      values[i] = i < in.length ? inputs[i] : program.constant(i);
    }
    for (int i = 0; i < savedShapes.length; i++) {
      if (chains.first(i) == i) {
        Tensor saved = piece(numbers, program.values() + i, program.computeType(), savedShapes[i]);
        int[] rest = chains.rest(i);
        int last = program.firstResult() + (rest.length == 0 ? i : rest[rest.length - 1]);
        MemoryPlan memory = program.type(last).isFloating() ? numbers : integers;
        Tensor result = piece(memory, last, program.type(last), shapes[last]);
        passes.add(pass(program, i, rest, result, saved));
      }
    }
  }

  /** Step {@code i} with those that follow it in its chain: all results are the last one's. */
  private Pass pass(Program program, int i, int[] rest, Tensor result, Tensor saved) {
    int first = program.firstResult();
    values[first + i] = result;
    Piecewise[] ops = new Piecewise[rest.length];
    Tensor[][] operands = new Tensor[rest.length][];
    for (int k = 0; k < rest.length; k++) {
      ops[k] = (Piecewise) program.steps().get(rest[k]).op();
      operands[k] = operands(program, rest[k]);
      values[first + rest[k]] = result;
    }
    Op op = program.steps().get(i).op();
    return new Pass(op, operands(program, i), result, saved, finish(ops, operands));
  }

  private static Finish finish(Piecewise[] ops, Tensor[][] operands) {
    if (ops.length == 0) {
      return null;
    }
    Finish norm = NormFinish.of(ops, operands);
    return norm != null ? norm : new ChainFinish(ops, operands);
  }

  private Tensor[] operands(Program program, int step) {
    List<Integer> numbers = program.steps().get(step).operands();
    Tensor[] operands = new Tensor[numbers.size()];
    for (int k = 0; k < operands.length; k++) {
      operands[k] = values[numbers.get(k)];
    }
    return operands;
  }

  private static void requireHeap(
      Program program, Shape[] in, MemoryPlan numbers, MemoryPlan integers) {
    long bytes =
        (long) Slabs.padded(numbers.size()) * program.computeType().bytes()
            + (long) Slabs.padded(integers.size()) * DType.I32.bytes();
    for (int k = 0; k < in.length; k++) {
      bytes += (long) in[k].size() * program.inputs().get(k).type().bytes();
    }
    long heap = Runtime.getRuntime().maxMemory();
    if (bytes > heap) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "program: a run of this batch needs %d MB, more than the heap of %d MB; run a smaller"
                  + " batch, or start the JVM with a larger -Xmx",
              bytes >> 20,
              heap >> 20));
    }
  }

  /** The memory of a value; null for no shape. */
  private Tensor piece(MemoryPlan memory, int value, DType type, Shape shape) {
    int from = Math.max(memory.offset(value), 0);
    return shape == null ? null : slabs.of(type).slice(from, from + shape.size()).reshape(shape);
  }

  /** Those of steps that begin a chain, where forward needs them: others leave nothing. */
  private static Shape[] savedShapes(Program program, Shape[] shapes, Chains chains) {
    Shape[] saved = new Shape[program.steps().size()];
    for (int i = 0; i < saved.length; i++) {
      Op op = program.steps().get(i).op();
      if (chains.first(i) == i && !op.savesForBackwardOnly()) {
        saved[i] = op.saved(program.operands(i, shapes));
      }
    }
    return saved;
  }

  /**
   * Results live from the first step of their chain to the last chain that reads them, saved
   * buffers for their step only. A chain's operands live as long as its first step runs, and its
   * result from then on: so nothing that it reads lies where it writes.
   *
   * @param numbers whether the plan is of numbers, or else of integers
   */
  private static MemoryPlan plan(
      Program program, Shape[] shapes, Shape[] saved, Chains chains, boolean numbers) {
    List<Program.Step> steps = program.steps();
    int values = program.values();
    int[] sizes = new int[values + steps.size()];
    int[] from = new int[sizes.length];
    int[] to = new int[sizes.length];
    Arrays.fill(from, steps.size());
    for (int i = 0; i < steps.size(); i++) {
      int value = program.firstResult() + i;
      int time = chains.first(i);
      boolean here = chains.isLast(i) && program.type(value).isFloating() == numbers;
      sizes[value] = here ? shapes[value].size() : 0;
      from[value] = time;
      to[value] = Math.max(to[value], time);
      for (int k : steps.get(i).operands()) {
        to[k] = Math.max(to[k], time);
      }
      sizes[values + i] = saved[i] == null || !numbers ? 0 : saved[i].size();
      from[values + i] = i;
      to[values + i] = i;
    }
    for (int output : program.outputs()) {
      to[output] = steps.size();
    }
    return new MemoryPlan(sizes, from, to);
  }

  /** Whether it is for inputs of these shapes. */
  boolean fits(Tensor[] in) {
    boolean fits = in.length == inputs.length;
    for (int k = 0; fits && k < in.length; k++) {
      fits = inputs[k].shape().equals(in[k].shape());
    }
    return fits;
  }

  /** Memory for input {@code k}. */
  Tensor input(int k) {
    return inputs[k];
  }

  /** The memory that all values but inputs and constants lie in. */
  Slabs slabs() {
    return slabs;
  }

  /** Computes all values. */
  void run(OpContext context) {
    Workspace workspace = context.workspace();
    workspace.mark(scratch);
    try {
      for (int i = 0; i < passes.size(); i++) {
        Pass pass = passes.get(i);
        context.saved(pass.saved);
        context.finishWith(pass.finish);
        pass.op.forward(context, pass.operands, pass.result);
        workspace.release(scratch);
      }
    } finally { // also what an op took that failed
      workspace.release(scratch);
      context.saved(null);
      context.finishWith(null);
    }
  }

  /** A value; of those that are no outputs, the memory may hold something else by now. */
  Tensor value(int number) {
    return values[number];
  }
}
