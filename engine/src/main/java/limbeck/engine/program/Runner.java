package limbeck.engine.program;

import java.util.IdentityHashMap;
import limbeck.engine.kernel.Gemm;
import limbeck.engine.op.Linear;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.PackedWeights;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Runs a {@link Program}. Keeps plans for the last few batch sizes: a size seen recently allocates
 * nothing. The bits of an example's output do not depend on the batch around it. For one thread at
 * a time.
 */
public final class Runner {
  private static final int PLANS = 8;

  private final Program program;
  private final OpContext context;
  private final PackedWeights weights;
  private final Plan[] plans = new Plan[PLANS]; // most recently used first

  Runner(Program program, OpContext context) {
    this.program = program;
    this.context = context;
    this.weights = packWeights();
  }

  /**
   * Packs the weights of linear layers once; matrices that are computed at run time are packed per
   * product.
   */
  private PackedWeights packWeights() {
    IdentityHashMap<Tensor, Gemm.Packed> packed = new IdentityHashMap<>();
    for (Program.Step step : program.steps()) {
      int weight = step.op() instanceof Linear ? step.operands().get(1) : 0;
      if (weight > 0 && weight < program.firstResult()) {
        Tensor w = program.constants().get(weight - 1).value();
        int n = w.shape().axis(0);
        int k = w.shape().axis(1);
        packed.computeIfAbsent(w, t -> context.gemm(t).pack(true, n, k, t, 0, k));
      }
    }
    return (b, transB) -> transB ? packed.get(b) : null;
  }

  /** The program. */
  public Program program() {
    return program;
  }

  /**
   * Runs a batch and writes the output.
   *
   * @param in a batch of examples
   * @param out receives the output; of the output's size
   * @throws ShapeException if {@code in} is no batch of the program's examples, or {@code out} has
   *     another size or type
   */
  public void run(Tensor in, Tensor out) {
    Plan plan = plan(in.shape());
    if (in.dtype() != program.inputType()) {
      throw new ShapeException(
          "run: input is " + in.dtype() + ", the program expects " + program.inputType());
    }
    plan.input().copyFrom(in);
    out.copyFrom(run(plan));
  }

  /**
   * Runs a batch of float examples, one after another in {@code in}, and writes the output.
   *
   * @param in batch · example size numbers
   * @param out receives batch · output size numbers
   */
  public void run(float[] in, float[] out) {
    int each = program.example().size();
    if (each == 0 || in.length == 0 || in.length % each != 0) {
      throw new ShapeException(
          "run: " + in.length + " numbers are no batch of examples " + program.example());
    }
    if (program.inputType() != DType.F32 || program.computeType() != DType.F32) {
      throw new ShapeException(
          "run: the program computes in " + program.computeType() + ": pass tensors");
    }
    Plan plan = planForBatch(in.length / each);
    System.arraycopy(in, 0, plan.input().floats(), plan.input().offset(), in.length);
    Tensor result = run(plan);
    if (out.length != result.size()) {
      throw new ShapeException(
          "run: output has " + result.size() + " numbers, the array " + out.length);
    }
    System.arraycopy(result.floats(), result.offset(), out, 0, out.length);
  }

  private Tensor run(Plan plan) {
    context.weights(weights);
    try {
      return plan.run(context);
    } finally {
      context.weights(PackedWeights.NONE);
    }
  }

  private Plan planForBatch(int batch) {
    for (int i = 0; i < PLANS && plans[i] != null; i++) {
      if (plans[i].input().shape().axis(0) == batch) {
        return toFront(i);
      }
    }
    return plan(program.batch(batch));
  }

  private Plan plan(Shape shape) {
    for (int i = 0; i < PLANS && plans[i] != null; i++) {
      if (plans[i].fits(shape)) {
        return toFront(i);
      }
    }
    if (shape.rank() == 0 || !shape.equals(program.batch(shape.axis(0)))) {
      throw new ShapeException(
          "run: input " + shape + " is no batch of examples " + program.example());
    }
    Plan made = new Plan(program, shape);
    System.arraycopy(plans, 0, plans, 1, PLANS - 1);
    plans[0] = made;
    return made;
  }

  private Plan toFront(int i) {
    Plan found = plans[i];
    System.arraycopy(plans, 0, plans, 1, i);
    plans[0] = found;
    return found;
  }
}
