package limbeck.autograd.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.ParameterStore;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.engine.op.OpContext;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/**
 * Checks a model's gradients in float64 against difference quotients, by random projection: for
 * each parameter w, and each input that is named, and a random direction v of signs ±1, ⟨d loss / d
 * w, v⟩ is compared with the slope of the loss along v. So a parameter of any size costs a few
 * forward passes. In a sum of n numbers of either sign most of each cancels, and so does an error
 * that all have in common, such as a wrong factor. Hence a second direction, the signs of the
 * gradient: along it the slope must be Σ |d loss / d wᵢ|. The direction with the larger error
 * counts.
 *
 * <pre>{@code
 * model.allocate(DType.F64).init(7);
 * ModelCheck.require(model, () -> model.forward(x).apply(new CrossEntropy(), labels), 1e-6, x);
 * }</pre>
 *
 * <p>The slope is the central difference of fourth order, (8·(L(h) − L(−h)) − (L(2h) − L(−2h))) /
 * 12h (Abramowitz and Stegun 1964, 25.3.6), with the step h chosen from several: large ones cross
 * kinks such as that of a rectified unit, small ones drown in rounding. The step that agrees best
 * counts. A wrong gradient agrees with none, but for chance.
 *
 * <p>An error is relative to the slope, to the sum of the gradient's sizes, or to a millionth of
 * the loss, whichever is largest. Without the last, a parameter that has no effect on the loss,
 * such as the bias of an attention's keys, to which a softmax is blind, would fail by the rounding
 * of the differences: that is 1e−14 of the loss at the largest step, which is no part of a slope of
 * 0.
 *
 * <p>The model may be in any mode: dropout draws the same in each pass, and buffers, such as the
 * statistics of a batch norm, go back to what they were before each pass and at the end.
 */
public final class ModelCheck {
  /** Lengths of steps, as root of the sum of squares over all elements of a parameter. */
  private static final double[] STEPS = {1e-2, 1e-3, 1e-4, 1e-5, 1e-6};

  private static final long SEED = 0x6d6f64656cL;

  /** The part of the loss below which no slope is told from none. */
  private static final double BLIND = 1e-6;

  /**
   * What was found for one parameter or input.
   *
   * @param path of the parameter; {@code input 0}, {@code input 1} … for inputs
   * @param gradient ⟨d loss / d w, v⟩ by backward
   * @param slope the difference quotient that is nearest to it
   * @param error |gradient − slope|, relative to the largest of |slope|, Σ |d loss / d wᵢ| and
   *     1e−6·|loss|
   */
  public record Finding(String path, double gradient, double slope, double error) {
    /** All in one line. */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s: gradient %.12g, slope %.12g, relative error %.2g",
          path,
          gradient,
          slope,
          error);
    }
  }

  /** Numbers that the loss depends on, and the gradient that backward gave; null if none. */
  private record Leaf(String path, Tensor value, Tensor gradient) {
    double gradientAt(int i) {
      return gradient == null ? 0 : gradient.get(i);
    }
  }

  private final ParameterStore store;
  private final Supplier<Var> loss;
  private final Var[] inputs;
  private final Buffers buffers;
  private final OpContext context = new OpContext();
  private double lossSize;

  private ModelCheck(Module model, Supplier<Var> loss, Var... inputs) {
    this.store = model.parameters();
    this.loss = loss;
    this.inputs = inputs;
    this.buffers = new Buffers(model);
  }

  /**
   * Compares the gradient of every parameter that is not frozen, in order, tied ones once, then
   * those of the inputs. All keep their values; gradients of parameters are marked empty.
   *
   * @param model with float64 parameters
   * @param loss computes the loss with the model, on the same float64 inputs each time
   * @param inputs those of them whose gradient is checked, too, made by {@link Var#input}
   * @throws IllegalArgumentException if the parameters are not float64, or an input asks for no
   *     gradient
   */
  public static List<Finding> gradients(Module model, Supplier<Var> loss, Var... inputs) {
    DType type = model.parameters().values().dtype();
    if (type != DType.F64) {
      throw new IllegalArgumentException(
          "modelCheck: the parameters are "
              + type
              + "; use model.allocate(DType.F64), then init or load");
    }
    for (Var input : inputs) {
      if (!input.needsGradient()) {
        throw new IllegalArgumentException(
            "modelCheck: input " + input.shape() + " asks for no gradient; make it by Var.input");
      }
    }
    return new ModelCheck(model, loss, inputs).findings();
  }

  /**
   * Requires every error to be at most {@code tolerance}.
   *
   * @throws AssertionError naming the parameters and inputs that are off
   * @throws IllegalArgumentException as {@link #gradients}
   */
  public static void require(Module model, Supplier<Var> loss, double tolerance, Var... inputs) {
    List<Finding> off =
        gradients(model, loss, inputs).stream().filter(f -> !(f.error() <= tolerance)).toList();
    if (!off.isEmpty()) {
      StringBuilder message = new StringBuilder("modelCheck: not the derivative of the loss");
      off.forEach(f -> message.append("\n  ").append(f));
      throw new AssertionError(message.toString());
    }
  }

  /**
   * Requires that a training step gives the same bits again: the loss, and the gradients of all
   * parameters and inputs, in a second pass in other memory, shared out to three threads; and, in
   * the first, when backward goes over the same tape once more. None may be NaN. In either floating
   * type.
   *
   * @param loss computes the loss with the model, on the same inputs each time
   * @param inputs those of them whose gradient is compared, too
   * @throws AssertionError naming what differs
   */
  public static void twice(Module model, Supplier<Var> loss, Var... inputs) {
    new TwiceCheck(model, loss, inputs).require();
  }

  private List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (Leaf leaf : leaves()) {
      if (leaf.value().size() > 0) {
        findings.add(check(leaf, findings.size()));
      }
    }
    store.clearGradients();
    return findings;
  }

  private List<Leaf> leaves() {
    List<Leaf> leaves = new ArrayList<>();
    store.clearGradients();
    try (Tape tape = Tape.open(context)) {
      Var value = loss.get();
      tape.backward(value);
      lossSize = Math.abs(value.item());
      for (Map.Entry<String, Parameter> e : store.parameters().entrySet()) {
        Parameter p = e.getValue();
        if (!p.frozen()) {
          leaves.add(new Leaf(e.getKey(), p.value(), p.gradient()));
        }
      }
      for (int k = 0; k < inputs.length; k++) {
        Tensor g = inputs[k].gradient(); // which ends with the tape
        leaves.add(new Leaf("input " + k, inputs[k].value(), g == null ? null : g.own()));
      }
    } finally {
      buffers.restore();
    }
    return leaves;
  }

  private Finding check(Leaf leaf, int stream) {
    int n = leaf.value().size();
    Philox random = new Philox(SEED, stream);
    double[] direction = new double[n];
    double[] signs = new double[n];
    for (int i = 0; i < n; i++) {
      direction[i] = random.bits(i) < 0 ? -1 : 1;
      double sign = Math.signum(leaf.gradientAt(i));
      signs[i] = sign == 1 || sign == -1 ? sign : direction[i];
    }
    Finding one = check(leaf, direction);
    Finding other = check(leaf, signs);
    return one.error >= other.error || Double.isNaN(one.error) ? one : other;
  }

  private Finding check(Leaf leaf, double[] direction) {
    int n = direction.length;
    double along = 0;
    double size = 0;
    for (int i = 0; i < n; i++) {
      along += leaf.gradientAt(i) * direction[i];
      size += Math.abs(leaf.gradientAt(i));
    }
    Finding best = null;
    for (double step : STEPS) {
      double slope = slope(leaf.value(), direction, step / StrictMath.sqrt(n));
      double difference = Math.abs(along - slope);
      double relativeTo = Math.max(Math.max(Math.abs(slope), size), BLIND * lossSize);
      double error = difference == 0 ? 0 : difference / relativeTo;
      if (best == null || error < best.error || Double.isNaN(best.error)) {
        best = new Finding(leaf.path(), along, slope, error);
      }
    }
    return best;
  }

  private double slope(Tensor w, double[] direction, double h) {
    double near = lossAt(w, direction, h) - lossAt(w, direction, -h);
    double far = lossAt(w, direction, 2 * h) - lossAt(w, direction, -2 * h);
    return (8 * near - far) / (12 * h);
  }

  /** The loss with w + h·v in place of w. */
  @SuppressWarnings("try") // the tape takes the pass's memory back; nothing else asks for it
  private double lossAt(Tensor w, double[] direction, double h) {
    Tensor before = w.own();
    try {
      for (int i = 0; i < direction.length; i++) {
        w.set(i, before.get(i) + h * direction[i]);
      }
      store.changed();
      try (Tape tape = Tape.open(context)) {
        return loss.get().item();
      }
    } finally {
      w.copyFrom(before);
      store.changed();
      buffers.restore();
    }
  }
}
