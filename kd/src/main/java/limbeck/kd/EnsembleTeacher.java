package limbeck.kd;

import java.util.Arrays;
import java.util.List;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.LogSoftmaxKernel;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Several teachers as one, weighted equally or not. What it gives are <em>logits</em> whose softmax
 * at its temperature is the mean, so every objective works with it unchanged, at that temperature.
 *
 * <ul>
 *   <li>{@link Mean#GEOMETRIC}: Σ wₘ vₘ, the mean of the logits; its softmax at any T is
 *       proportional to ∏ pₘ^wₘ and minimises Σ wₘ KL(q ‖ pₘ). A teacher that gives a class almost
 *       no chance vetoes it.
 *   <li>{@link Mean#ARITHMETIC}: T · ln Σ wₘ softmax(vₘ/T); its softmax at T is the mean of the
 *       softened distributions and minimises Σ wₘ KL(pₘ ‖ q). Distilling from it has the gradient
 *       of the weighted sum of the single terms.
 * </ul>
 *
 * <p>Hinton, Vinyals and Dean 2015, arXiv:1503.02531, section 2, allow both. Members are combined
 * in the order given.
 */
public final class EnsembleTeacher implements Teacher {
  /**
   * Smallest normal float. Added to an arithmetic mean, so that a class to which all members give a
   * probability that underflows keeps a finite logit; no probability above 1e−30 changes by it.
   */
  private static final double LEAST = 0x1p-126;

  /** How members are combined. */
  public enum Mean {
    /** Mean of softened distributions. */
    ARITHMETIC,
    /** Mean of logits. */
    GEOMETRIC
  }

  private final List<Teacher> members;
  private final double[] weights;
  private final Mean mean;
  private final double temperature;

  /** Equal weights. */
  public EnsembleTeacher(List<Teacher> members, Mean mean, double temperature) {
    this(members, equal(members.size()), mean, temperature);
  }

  /**
   * Given weights.
   *
   * @param weights at least 0, with sum 1 up to 1e−9
   * @param temperature at which arithmetic means are taken; the student must be trained at the same
   * @throws IllegalArgumentException for bad weights or temperature, or no members
   * @throws ShapeException if members have different numbers of classes
   */
  public EnsembleTeacher(List<Teacher> members, double[] weights, Mean mean, double temperature) {
    this.members = List.copyOf(members);
    this.weights = weights.clone();
    this.mean = mean;
    this.temperature = temperature;
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "ensemble: temperature " + temperature + "; a finite number above 0 expected");
    }
    double sum = 0;
    for (double w : weights) {
      sum += w >= 0 ? w : Double.NaN;
    }
    if (members.isEmpty()
        || weights.length != members.size()
        || !(StrictMath.abs(sum - 1) < 1e-9)) {
      throw new IllegalArgumentException(
          "ensemble: "
              + members.size()
              + " members with "
              + weights.length
              + " weights of sum "
              + sum
              + "; one weight from 0 on per member, with sum 1, expected");
    }
    for (Teacher t : members) {
      if (t.classes() != members.get(0).classes()) {
        throw new ShapeException(
            "ensemble: members have "
                + members.get(0).classes()
                + " and "
                + t.classes()
                + " classes");
      }
    }
  }

  private static double[] equal(int n) {
    double[] weights = new double[n];
    Arrays.fill(weights, 1.0 / n);
    return weights;
  }

  @Override
  public int classes() {
    return members.get(0).classes();
  }

  @Override
  public Tensor logits(Batch batch, OpContext context) {
    Tensor first = members.get(0).logits(batch, context);
    if (members.size() == 1) {
      return first;
    }
    Shape shape = first.shape();
    Tensor sum = context.take(first.dtype(), shape);
    Tensor member = context.take(first.dtype(), shape);
    sum.fill(0);
    for (int m = 0; m < weights.length; m++) {
      Tensor v = m == 0 ? first : members.get(m).logits(batch, context);
      add(context.rows(v), v, weights[m], member, sum);
    }
    if (mean == Mean.ARITHMETIC) {
      Rows r = context.rows(sum);
      r.addScalar(sum, 0, LEAST, sum, 0, sum.size());
      r.log(sum, 0, sum, 0, sum.size());
      r.scale(sum, 0, temperature, sum, 0, sum.size());
    }
    return sum;
  }

  private void add(Rows r, Tensor v, double weight, Tensor member, Tensor sum) {
    int n = v.size();
    if (mean == Mean.GEOMETRIC) {
      r.axpy(weight, v, 0, sum, 0, n);
      return;
    }
    LogSoftmaxKernel.forward(r, v, 1 / temperature, member, 0, v.shape().rows());
    r.exp(member, 0, member, 0, n);
    r.axpy(weight, member, 0, sum, 0, n);
  }
}
