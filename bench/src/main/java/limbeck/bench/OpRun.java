package limbeck.bench;

import java.util.List;
import java.util.stream.Stream;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Kernels;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.engine.tensor.Workspace;

/** One pass of an {@link OpCase} with operands and results, to be run again and again. */
public final class OpRun implements Runnable {
  private final Op op;
  private final OpPass pass;
  private final OpContext context;
  private final Tensor[] in;
  private final Tensor out;
  private final Tensor saved;
  private final Tensor gradOut;
  private final Tensor[] gradIn;
  private final List<Tensor> results;

  /**
   * Makes operands, and for a backward pass what it needs of the forward pass.
   *
   * @param type F32 on {@code kernels}, or F64
   * @throws IllegalArgumentException if this op has no operand that the pass is about
   */
  public OpRun(OpCase c, OpPass pass, int examples, DType type, Kernels kernels, Workers workers) {
    op = c.op();
    this.pass = pass;
    context = new OpContext(kernels, workers, new Workspace());
    in = c.tensors(type, examples);
    Shape[] shapes = Stream.of(in).map(Tensor::shape).toArray(Shape[]::new);
    out = Tensor.zeros(type, op.infer(shapes));
    Shape kept = op.saved(shapes);
    saved = kept == null ? null : Tensor.zeros(type, kept);
    gradOut = gradient(type, out.shape());
    gradIn = new Tensor[in.length];
    for (int k = 0; k < in.length; k++) {
      if (pass.wants(k) && op.differentiable(k)) {
        gradIn[k] = Tensor.zeros(type, shapes[k]);
      }
    }
    results =
        pass == OpPass.FORWARD ? List.of(out) : Stream.of(gradIn).filter(g -> g != null).toList();
    if (results.isEmpty()) {
      throw new IllegalArgumentException(c + " has no gradient for pass " + pass);
    }
    forward();
  }

  private static Tensor gradient(DType type, Shape shape) {
    Tensor t = Tensor.zeros(type, shape);
    Philox random = new Philox(13);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, (float) (2 * random.uniformDouble(i) - 1));
    }
    return t;
  }

  private void forward() {
    context.saved(saved);
    op.forward(context, in, out);
    context.workspace().reset();
  }

  /** The pass, once. */
  @Override
  public void run() {
    if (pass == OpPass.FORWARD) {
      forward();
      return;
    }
    context.saved(saved);
    op.backward(context, in, out, gradOut, gradIn);
    context.workspace().reset();
  }

  /** What the pass writes: the result, or the gradients that it is about. */
  public List<Tensor> results() {
    return results;
  }
}
