package limbeck.engine.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import limbeck.engine.exec.Workers;
import limbeck.engine.io.WeightHash;
import limbeck.engine.kernel.Kernels;
import limbeck.engine.op.Finish;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.engine.tensor.Workspace;

/**
 * One run of an op on guarded memory that starts as NaN. Scratch goes between forward and backward:
 * only the saved buffer may carry anything over.
 */
final class Trial {
  private final Op op;
  private final OpContext context;
  private final DType type;
  private final Shape[] shapes;
  private final Tensor[] values;
  final Guarded[] in;
  final Guarded out;
  final Guarded saved;
  Guarded[] gradIn = {};

  Trial(Op op, Tensor[] values, DType type, Kernels kernels, Workers workers) {
    this.op = op;
    this.type = type;
    this.values = values;
    context = new OpContext(kernels, workers, Workspace.poisoning());
    in = Arrays.stream(values).map(Guarded::new).toArray(Guarded[]::new);
    shapes = Arrays.stream(values).map(Tensor::shape).toArray(Shape[]::new);
    DType made = op.resultType(type);
    out = new Guarded(made.isFloating() ? type : made, op.infer(shapes));
    Shape buffer = op.saved(shapes);
    saved = buffer == null ? null : new Guarded(type, buffer);
  }

  Trial forward() {
    return forward(null);
  }

  /** Forward with a finish; null for none. */
  Trial forward(Finish finish) {
    context.finishWith(finish);
    context.saved(saved == null ? null : saved.tensor());
    op.forward(context, operands(), out.tensor());
    context.saved(null);
    context.finishWith(null);
    context.workspace().reset();
    return this;
  }

  /** Backward for all differentiable operands. */
  Trial backward(Tensor gradOut) {
    boolean[] all = new boolean[in.length];
    Arrays.fill(all, true);
    return backward(gradOut, all);
  }

  /** Backward for the differentiable ones among the wanted operands. */
  Trial backward(Tensor gradOut, boolean[] wanted) {
    gradIn = new Guarded[in.length];
    Tensor[] grads = new Tensor[in.length];
    for (int k = 0; k < in.length; k++) {
      if (wanted[k] && differentiable(k)) {
        gradIn[k] = new Guarded(type, shapes[k]);
        grads[k] = gradIn[k].tensor();
      }
    }
    context.saved(saved == null ? null : saved.tensor());
    op.backward(context, operands(), out.tensor(), new Guarded(gradOut).tensor(), grads);
    context.saved(null);
    context.workspace().reset();
    return this;
  }

  private boolean differentiable(int k) {
    return op.differentiable(k) && values[k].dtype().isFloating();
  }

  Tensor[] operands() {
    return tensors(in);
  }

  /** The gradients; null where none was asked for. */
  Tensor[] gradients() {
    return tensors(gradIn);
  }

  private static Tensor[] tensors(Guarded[] guarded) {
    return Arrays.stream(guarded).map(g -> g == null ? null : g.tensor()).toArray(Tensor[]::new);
  }

  /** What the op sees, for definitions and bounds. */
  OpValues values(Tensor gradOut) {
    return new OpValues(values, out.tensor().shape(), out.tensor(), gradOut, gradients());
  }

  /** The first difference between the bits of two runs, as a place and two values; or null. */
  String differenceFrom(Trial other) {
    String found = difference("result", out.tensor(), other.out.tensor());
    for (int k = 0; k < gradIn.length && found == null; k++) {
      if (gradIn[k] != null) {
        found = difference(gradient(k), gradIn[k].tensor(), other.gradIn[k].tensor());
      }
    }
    return found;
  }

  String gradient(int k) {
    return "gradient of " + op.spec().operands().get(k).name();
  }

  /**
   * |a − b|, and 0 for equal infinities, whose difference is NaN: an op may mean −∞, the logarithm
   * of a probability that is 0.
   */
  static double distance(double a, double b) {
    return a == b ? 0 : Math.abs(a - b);
  }

  /** 16 hexadecimal digits of the hash of result and gradients; all NaN are one. */
  String bits() {
    List<Tensor> tensors = new ArrayList<>();
    tensors.add(canonical(out.tensor()));
    for (Guarded gradient : gradIn) {
      if (gradient != null) {
        tensors.add(canonical(gradient.tensor()));
      }
    }
    return WeightHash.of(tensors.toArray(Tensor[]::new)).substring(0, 16);
  }

  private static Tensor canonical(Tensor t) {
    Tensor copy = t.own();
    for (int i = 0; i < copy.size(); i++) {
      if (Double.isNaN(copy.get(i))) {
        copy.set(i, Double.NaN);
      }
    }
    return copy;
  }

  /** The first element that differs in bits, NaN payloads aside; or null. */
  static String difference(String what, Tensor a, Tensor b) {
    for (int i = 0; i < a.size(); i++) {
      if (Double.doubleToLongBits(a.get(i)) != Double.doubleToLongBits(b.get(i))) {
        return what + "[" + i + "] is " + a.get(i) + " and " + b.get(i);
      }
    }
    return null;
  }
}
