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
 * A program made ready for one input shape: every tensor exists before the first run, so runs of
 * inference allocate nothing.
 */
final class Plan {
  private final Shape inputShape;
  private final Op[] ops;
  private final Tensor[][] operands;
  private final Tensor[] results;
  private final Tensor[] saved;
  private final Tensor input;
  private final Workspace.Mark scratch = new Workspace.Mark();

  Plan(Program program, Shape inputShape) {
    this.inputShape = inputShape;
    int n = program.steps().size();
    Shape[] shapes = program.infer(inputShape);
    Shape[] savedShapes = savedShapes(program, shapes);
    MemoryPlan memory = plan(program, shapes, savedShapes);
    DType type = program.computeType();
    requireHeap(memory, type);
    Tensor slab = Tensor.zeros(type, Shape.of(memory.size() + 16));
    input = Tensor.zeros(program.inputType(), inputShape);
    Tensor[] values = new Tensor[program.values()];
    values[0] = input;
    for (int i = 1; i < program.firstResult(); i++) {
      values[i] = program.constants().get(i - 1).value();
    }
    ops = new Op[n];
    operands = new Tensor[n][];
    results = new Tensor[n];
    saved = new Tensor[n];
    for (int i = 0; i < n; i++) {
      Program.Step step = program.steps().get(i);
      int value = program.firstResult() + i;
      values[value] = piece(slab, memory.offset(value), shapes[value]);
      ops[i] = step.op();
      operands[i] = step.operands().stream().map(k -> values[k]).toArray(Tensor[]::new);
      results[i] = values[value];
      saved[i] =
          savedShapes[i] == null
              ? null
              : piece(slab, memory.offset(program.values() + i), savedShapes[i]);
    }
  }

  private static void requireHeap(MemoryPlan memory, DType type) {
    long bytes = (memory.size() + 16L) * type.bytes();
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

  private static Tensor piece(Tensor slab, int offset, Shape shape) {
    return slab.slice(Math.max(offset, 0), Math.max(offset, 0) + shape.size()).reshape(shape);
  }

  private static Shape[] savedShapes(Program program, Shape[] shapes) {
    Shape[] saved = new Shape[program.steps().size()];
    for (int i = 0; i < saved.length; i++) {
      Program.Step step = program.steps().get(i);
      saved[i] =
          step.op().saved(step.operands().stream().map(k -> shapes[k]).toArray(Shape[]::new));
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

  boolean fits(Shape shape) {
    return inputShape.equals(shape);
  }

  Tensor input() {
    return input;
  }

  Tensor run(OpContext context) {
    for (int i = 0; i < ops.length; i++) {
      context.saved(saved[i]);
      context.workspace().mark(scratch);
      ops[i].forward(context, operands[i], results[i]);
      context.workspace().release(scratch);
    }
    context.saved(null);
    return results[results.length - 1];
  }
}
