package limbeck.engine.op.nn;

import java.util.Arrays;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** An op applied to float operands without a tape. */
final class Applied {
  final Tensor[] in;
  final Tensor out;
  final Tensor saved;
  private final Op op;
  private final OpContext context;

  Applied(Op op, Tensor... in) {
    this(Workers.inline(), op, in);
  }

  Applied(Workers workers, Op op, Tensor... in) {
    this.op = op;
    context = new OpContext(workers);
    this.in = in;
    Shape[] shapes = Arrays.stream(in).map(Tensor::shape).toArray(Shape[]::new);
    out = Tensor.zeros(DType.F32, op.infer(shapes));
    Shape buffer = op.saved(shapes);
    saved = buffer == null ? null : Tensor.zeros(DType.F32, buffer);
    context.saved(saved);
    op.forward(context, in, out);
  }

  /** The gradients of all differentiable operands; null for the others. */
  Tensor[] backward(Tensor gradOut) {
    Tensor[] gradients = new Tensor[in.length];
    for (int k = 0; k < in.length; k++) {
      gradients[k] = op.differentiable(k) ? Tensor.zeros(DType.F32, in[k].shape()) : null;
    }
    op.backward(context, in, out, gradOut, gradients);
    return gradients;
  }

  /** Normal numbers, a function of stream and index. */
  static Tensor normal(long stream, int... axes) {
    Tensor t = Tensor.zeros(DType.F32, Shape.of(axes));
    Philox random = new Philox(5, stream);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, random.normal(i));
    }
    return t;
  }

  /** [batch, steps, width] with {@code steps} more or fewer; new ones hold {@code filler}. */
  static Tensor resized(Tensor t, int steps, double filler) {
    int batch = t.shape().axis(0);
    int before = t.shape().axis(1);
    int width = t.shape().axis(2);
    Tensor resized = Tensor.zeros(t.dtype(), Shape.of(batch, steps, width));
    resized.fill(filler);
    for (int b = 0; b < batch; b++) {
      for (int i = 0; i < Math.min(before, steps) * width; i++) {
        resized.set(b * steps * width + i, t.get(b * before * width + i));
      }
    }
    return resized;
  }

  /** Steps {@code from} to {@code to} of the only example. */
  static Tensor steps(Tensor t, int from, int to) {
    int width = t.shape().axis(2);
    Tensor flat = t.reshape(Shape.of(t.shape().axis(1), width));
    return flat.slice(from, to).reshape(Shape.of(1, to - from, width));
  }

  /** Whether type, shape and bits are the same, the sign of zero included. */
  static boolean sameBits(Tensor a, Tensor b) {
    return a.shape().equals(b.shape())
        && Arrays.equals(a.own().floats(), b.own().floats()); // compares bits
  }
}
