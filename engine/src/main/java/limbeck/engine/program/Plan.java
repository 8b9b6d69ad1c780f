package limbeck.engine.program;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import limbeck.engine.tensor.Workspace;

/**
 * A program made ready for inputs of certain shapes: every tensor exists before the first run, so
 * runs of inference allocate nothing. The plans of a runner lie in one slab, which is only used
 * during a run.
 */
final class Plan {
  /** Elements past the last value, so that kernels may load whole vectors at its end. */
  private static final int MARGIN = 16;

  private final Op[] ops;
  private final Tensor[][] operands;
  private final Tensor[] results;
  private final Tensor[] saved;
  private final Tensor[] inputs;
  private final Tensor slab;
  private final Workspace.Mark scratch = new Workspace.Mark();

  /**
   * Plans a run.
   *
   * @param in the shapes of the inputs
   * @param slab memory to use; if it is too small, a larger one is made
   */
  Plan(Program program, Shape[] in, Tensor slab) {
    int n = program.steps().size();
    Shape[] shapes = program.infer(in);
    Shape[] savedShapes = savedShapes(program, shapes);
    MemoryPlan memory = plan(program, shapes, savedShapes);
    requireHeap(program, in, memory);
    this.slab = memory.size() + MARGIN <= slab.size() ? slab : newSlab(memory, slab.dtype());
    Tensor[] values = new Tensor[program.values()];
    inputs = new Tensor[in.length];
    for (int i = 0; i < program.firstResult(); i++) {
      if (i < in.length) {
        inputs[i] = Tensor.zeros(program.inputs().get(i).type(), in[i]);
      }
      values[i] = i < in.length ? inputs[i] : program.constant(i);
    }
    ops = new Op[n];
    operands = new Tensor[n][];
    results = new Tensor[n];
    saved = new Tensor[n];
    for (int i = 0; i < n; i++) {
      Program.Step step = program.steps().get(i);
      int value = program.firstResult() + i;
      values[value] = piece(memory.offset(value), shapes[value]);
      ops[i] = step.op();
      operands[i] = step.operands().stream().map(k -> values[k]).toArray(Tensor[]::new);
      results[i] = values[value];
      saved[i] =
          savedShapes[i] == null
              ? null
              : piece(memory.offset(program.values() + i), savedShapes[i]);
    }
  }

  private static Tensor newSlab(MemoryPlan memory, DType type) {
    return Tensor.zeros(type, Shape.of(memory.size() + MARGIN));
  }

  private static void requireHeap(Program program, Shape[] in, MemoryPlan memory) {
    long bytes = ((long) memory.size() + MARGIN) * program.computeType().bytes();
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

  private Tensor piece(int offset, Shape shape) {
    return slab.slice(Math.max(offset, 0), Math.max(offset, 0) + shape.size()).reshape(shape);
  }

  private static Shape[] savedShapes(Program program, Shape[] shapes) {
    Shape[] saved = new Shape[program.steps().size()];
    for (int i = 0; i < saved.length; i++) {
      saved[i] = program.steps().get(i).op().saved(program.operands(i, shapes));
    }
    return saved;
  }

  /**
   * Results live from their step to the last that reads them, saved buffers for their step only.
   */
  private static MemoryPlan plan(Program program, Shape[] shapes, Shape[] saved) {
    List<Program.Step> steps = program.steps();
    int values = program.values();
    int[] sizes = new int[values + steps.size()];
    int[] from = new int[sizes.length];
    int[] to = new int[sizes.length];
    Arrays.fill(from, steps.size());
    for (int i = 0; i < steps.size(); i++) {
      int value = program.firstResult() + i;
      sizes[value] = shapes[value].size();
      from[value] = i;
      to[value] = Math.max(to[value], i);
      for (int k : steps.get(i).operands()) {
        to[k] = i;
      }
      sizes[values + i] = saved[i] == null ? 0 : saved[i].size();
      from[values + i] = i;
      to[values + i] = i;
    }
    to[values - 1] = steps.size();
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
  Tensor slab() {
    return slab;
  }

  Tensor run(OpContext context) {
    Workspace workspace = context.workspace();
    workspace.mark(scratch);
    try {
      for (int i = 0; i < ops.length; i++) {
        context.saved(saved[i]);
        ops[i].forward(context, operands[i], results[i]);
        workspace.release(scratch);
      }
    } finally { // also what an op took that failed
      workspace.release(scratch);
      context.saved(null);
    }
    return results[results.length - 1];
  }
}
