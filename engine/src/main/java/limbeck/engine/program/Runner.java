package limbeck.engine.program;

import java.util.Arrays;
import java.util.IdentityHashMap;
import limbeck.engine.kernel.Gemm;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.PackedWeights;
import limbeck.engine.op.nn.Conv;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Runs a {@link Program}. Keeps plans for the last few shapes of its inputs: a shape seen recently
 * allocates nothing. The bits of an example's output do not depend on the batch around it. For one
 * thread at a time.
 */
public final class Runner {
  private static final int PLANS = 8;

  private final Program program;
  private final FirstRuns first;
  private final Plan[] plans = new Plan[PLANS]; // most recently used first
  private final Tensor[] only = new Tensor[1];
  private OpContext context;
  private PackedWeights weights;
  private Slabs slabs;

  /**
   * A runner.
   *
   * @param first says what to run with
   */
  Runner(Program program, FirstRuns first) {
    this.program = program;
    this.first = first;
    this.context = first.context();
    this.weights = first.areAhead() ? PackedWeights.NONE : packWeights();
    this.slabs = Slabs.empty(program.computeType());
  }

  /**
   * Packs the weights of layers once, but for those of few columns; matrices that are computed at
   * run time are packed per product.
   */
  private PackedWeights packWeights() {
    IdentityHashMap<Tensor, Gemm.Packed> packed = new IdentityHashMap<>();
    IdentityHashMap<Tensor, Tensor> transformed = new IdentityHashMap<>();
    for (Program.Step step : program.steps()) {
      for (int k : step.op().matrices()) {
        pack(program.constant(step.operands().get(k)), packed);
      }
      if (step.op() instanceof Conv conv) {
        Tensor w = program.constant(step.operands().get(1));
        if (w != null) {
          transformed.computeIfAbsent(w, t -> conv.transform(context, t));
        }
      }
    }
    return new PackedWeights() {
      @Override
      public Gemm.Packed find(Tensor b, boolean transB) {
        return transB ? packed.get(b) : null;
      }

      @Override
      public Tensor transformed(Tensor w) {
        return transformed.get(w);
      }
    };
  }

  private void pack(Tensor w, IdentityHashMap<Tensor, Gemm.Packed> packed) {
    if (w != null) {
      int n = w.shape().axis(0);
      int k = w.shape().axis(1);
      if (n > Gemm.FEW && !packed.containsKey(w)) {
        packed.put(w, context.gemm(w).pack(true, n, k, w, 0, k));
      }
    }
  }

  /** The program. */
  public Program program() {
    return program;
  }

  /** Bytes that runs keep for values and for ops' scratch; weights and their packed forms apart. */
  public long bytes() {
    return slabs.bytes() + context.workspace().bytes();
  }

  /**
   * Runs a batch of a program of one input and writes the output.
   *
   * @param in a batch of examples
   * @param out receives the output; of the output's size
   * @throws ShapeException as {@link #run(Tensor[], Tensor)}
   */
  public void run(Tensor in, Tensor out) {
    only[0] = in;
    run(only, out);
    only[0] = null;
  }

  /**
   * Runs a batch and writes the first output.
   *
   * @param in a batch of examples for each of the program's inputs, in their order
   * @param out receives the output; of the output's size
   * @throws ShapeException if {@code in} is no batch of the program's examples, an input has
   *     another type, or {@code out} has another size or type
   */
  public void run(Tensor[] in, Tensor out) {
    Plan plan = computed(in);
    out.copyFrom(plan.value(program.outputs().get(0)));
  }

  /**
   * Runs a batch and writes all outputs.
   *
   * @param in a batch of examples for each of the program's inputs, in their order
   * @param out receive the program's outputs, in their order
   * @throws ShapeException if {@code in} is no batch of the program's examples, an input has
   *     another type, or a tensor of {@code out} is missing, or has another size or type
   */
  public void run(Tensor[] in, Tensor[] out) {
    if (out.length != program.outputs().size()) {
      throw new ShapeException(
          "run: " + program.outputs().size() + " outputs, " + out.length + " tensors for them");
    }
    Plan plan = computed(in);
    for (int k = 0; k < out.length; k++) {
      out[k].copyFrom(plan.value(program.outputs().get(k)));
    }
  }

  private Plan computed(Tensor[] in) {
    Plan plan = plan(in);
    for (int k = 0; k < in.length; k++) {
      Input input = program.inputs().get(k);
      if (in[k].dtype() != input.type()) {
        throw new ShapeException(
            "run: input "
                + input.name()
                + " is "
                + in[k].dtype()
                + ", the program expects "
                + input.type());
      }
      plan.input(k).copyFrom(in[k]);
    }
    run(plan);
    return plan;
  }

  /**
   * Runs a batch of float examples, one after another in {@code in}, and writes the first output.
   * For programs of one input without free axes.
   *
   * @param in batch · example size numbers
   * @param out receives batch · output size numbers
   * @throws ShapeException if the sizes do not fit, or the program does not compute in F32
   * @throws IllegalStateException if the program takes several inputs
   */
  public void run(float[] in, float[] out) {
    Input input = program.signature().only();
    int each = input.example().size();
    boolean fits = each > 0 && in.length > 0 && in.length % each == 0;
    if (!fits || !input.batched() && in.length != each || !input.freeAxes().isEmpty()) {
      throw new ShapeException("run: " + in.length + " numbers are " + input.misfit());
    }
    int output = program.outputs().get(0);
    DType made = program.type(output);
    if (input.type() != DType.F32 || made != DType.F32) {
      throw new ShapeException(
          "run: the program makes " + made + " of " + input.type() + ": pass tensors");
    }
    Plan plan = planForSize(in.length, in.length / each);
    System.arraycopy(in, 0, plan.input(0).floats(), plan.input(0).offset(), in.length);
    run(plan);
    Tensor result = plan.value(output);
    if (out.length != result.size()) {
      throw new ShapeException(
          "run: output has " + result.size() + " numbers, the array " + out.length);
    }
    System.arraycopy(result.floats(), result.offset(), out, 0, out.length);
  }

  private void run(Plan plan) {
    if (first.areOver()) {
      context = first.context();
      weights = packWeights();
    }
    context.weights(weights);
    try {
      plan.run(context);
    } finally {
      context.weights(PackedWeights.NONE);
    }
  }

  private Plan planForSize(int size, int batch) {
    for (int i = 0; i < PLANS && plans[i] != null; i++) {
      if (plans[i].input(0).size() == size) {
        return toFront(i);
      }
    }
    return newPlan(program.signature().batches(batch));
  }

  private Plan plan(Tensor[] in) {
    for (int i = 0; i < PLANS && plans[i] != null; i++) {
      if (plans[i].fits(in)) {
        return toFront(i);
      }
    }
    return newPlan(Arrays.stream(in).map(Tensor::shape).toArray(Shape[]::new));
  }

  private Plan newPlan(Shape[] in) {
    program.signature().requireBatch(in);
    Plan made = new Plan(program, in, slabs);
    if (made.slabs() != slabs) {
      slabs = made.slabs();
      Arrays.fill(plans, null); // they would keep the smaller ones
    }
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
