package limbeck.engine.law;

import java.util.Arrays;
import java.util.SplittableRandom;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** One op done once, and its backward pass: for properties. */
public final class Applied {
  private final Op op;
  private final Tensor[] in;
  private final OpContext context;
  private final Tensor saved;
  private final Tensor out;

  private Applied(Op op, OpContext context, Tensor... in) {
    this.op = op;
    this.in = in;
    this.context = context;
    DType type = in[0].dtype() == DType.I32 ? in[1].dtype() : in[0].dtype();
    Shape[] shapes = Arrays.stream(in).map(Tensor::shape).toArray(Shape[]::new);
    out = Tensor.zeros(op.resultType(type), op.infer(shapes));
    Shape buffer = op.saved(shapes);
    saved = buffer == null ? null : Tensor.zeros(type, buffer);
    context.saved(saved);
    op.forward(context, in, out);
  }

  /** An op on operands, by one thread. */
  public static Applied of(Op op, Tensor... in) {
    return new Applied(op, new OpContext(Workers.inline()), in);
  }

  /** An op on operands, by threads of one's choice. */
  public static Applied of(Op op, Workers workers, Tensor... in) {
    return new Applied(op, new OpContext(workers), in);
  }

  /** The result. */
  public Tensor out() {
    return out;
  }

  /** A result of one element. */
  public double value() {
    return out.get(0);
  }

  /** The gradients of all operands for one of the result; null for operands without. */
  public Tensor[] gradients(Tensor gradOut) {
    Tensor[] gradIn = new Tensor[in.length];
    for (int k = 0; k < in.length; k++) {
      gradIn[k] = op.differentiable(k) ? Tensor.zeros(out.dtype(), in[k].shape()) : null;
    }
    context.saved(saved);
    op.backward(context, in, out, gradOut, gradIn);
    return gradIn;
  }

  /** The gradient of operand 0 of a loss. */
  public Tensor gradient() {
    Tensor one = Tensor.zeros(out.dtype(), out.shape());
    one.fill(1);
    return gradients(one)[0];
  }

  /** Numbers within ±limit, of float precision. */
  public static Tensor drawn(SplittableRandom random, DType type, double limit, Shape shape) {
    Tensor t = Tensor.zeros(type, shape);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, (float) ((2 * random.nextDouble() - 1) * limit));
    }
    return t;
  }
}
