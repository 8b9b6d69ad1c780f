package limbeck.autograd.optim;

import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import limbeck.autograd.Parameter;
import limbeck.engine.tensor.Shape;

/**
 * Parameters that an optimizer treats differently: chosen by path or shape, with a factor for the
 * learning rate, and with weight decay or without.
 *
 * <pre>{@code
 * optimizer.groups(
 *     ParameterGroup.vectors().withoutDecay(),
 *     ParameterGroup.paths(path -> path.startsWith("encoder.")).rate(0.1));
 * }</pre>
 *
 * <p>A parameter in several groups is treated as all of them say: factors multiply, and one group
 * without decay is enough. So the order of groups does not matter: above, biases of the encoder
 * learn at a tenth of the rate, and do not decay. A product of factors must be finite. Parameters
 * that are not to learn at all are frozen: see {@link limbeck.autograd.Module#freeze(Predicate,
 * boolean)}.
 *
 * @param members whether the group has the parameter with this path and shape
 * @param rateFactor what the optimizer's learning rate is multiplied with, from 0 on
 * @param decays whether weight decay applies
 */
public record ParameterGroup(
    BiPredicate<String, Shape> members, double rateFactor, boolean decays) {

  /**
   * Checks the factor.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public ParameterGroup {
    Optimizer.fromZeroOn("rate factor", rateFactor);
  }

  /** The parameters whose path is chosen, treated as all others so far. */
  public static ParameterGroup paths(Predicate<String> chosen) {
    return new ParameterGroup((path, shape) -> chosen.test(path), 1, true);
  }

  /**
   * The parameters of fewer than two axes: biases, and the gains and shifts of norms. Weight decay
   * is usually meant for the others.
   */
  public static ParameterGroup vectors() {
    return new ParameterGroup((path, shape) -> shape.rank() < 2, 1, true);
  }

  /** This group with another factor for the learning rate. */
  public ParameterGroup rate(double factor) {
    return new ParameterGroup(members, factor, decays);
  }

  /** This group without weight decay. */
  public ParameterGroup withoutDecay() {
    return new ParameterGroup(members, rateFactor, false);
  }

  /** Checks that there is something to treat differently. */
  void requireMembers(Map<String, Parameter> parameters) {
    if (parameters.entrySet().stream().noneMatch(e -> has(e.getKey(), e.getValue()))) {
      throw new IllegalArgumentException(
          "optimizer: a group has none of the parameters " + List.copyOf(parameters.keySet()));
    }
  }

  boolean has(String path, Parameter p) {
    return members.test(path, p.shape());
  }
}
