package limbeck.kd;

import java.util.Arrays;
import java.util.List;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Several teachers as one, weighted equally or not, combined in the order given. {@link LogitMean}
 * says how. For networks of one recipe an arm that is an ensemble does the same, and is measured
 * and saved as well: {@link limbeck.kd.recipe.EnsembleOf}.
 */
public final class EnsembleTeacher implements Teacher {
  private final List<Teacher> members;
  private final double[] weights;
  private final LogitMean mean;

  /** Equal weights. */
  public EnsembleTeacher(List<Teacher> members, LogitMean mean) {
    this(members, equal(members.size()), mean);
  }

  /**
   * Given weights.
   *
   * @param weights at least 0, with sum 1 up to 1e−9
   * @throws IllegalArgumentException for bad weights, or no members
   * @throws ShapeException if members have different numbers of classes
   */
  public EnsembleTeacher(List<Teacher> members, double[] weights, LogitMean mean) {
    this.members = List.copyOf(members);
    this.weights = weights.clone();
    this.mean = mean;
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
    List<Var> logits = members.stream().map(m -> Var.of(m.logits(batch, context))).toList();
    return Module.infer(context, () -> mean.of(logits, weights));
  }
}
