package limbeck.kd;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import limbeck.autograd.Var;
import limbeck.engine.tensor.Tensor;

/**
 * What a network says about a batch; where several teach at once, what the first of them says.
 *
 * @param logits unnormalised log-probabilities [batch, classes]
 * @param features inner activations [batch, …] by the name of their tap: those that somebody asked
 *     for, see {@link limbeck.autograd.Taps}
 * @param others what further networks say about the same batch, in their order: peers that learn
 *     from each other. Methods with one teacher look at the first alone
 */
public record Outputs(Var logits, Map<String, Var> features, List<Outputs> others) {
  /** The outputs of one network. */
  public Outputs(Var logits, Map<String, Var> features) {
    this(logits, features, List.of());
  }

  /** Logits alone. */
  public Outputs(Var logits) {
    this(logits, Map.of());
  }

  /**
   * The outputs of several networks as those of the first, with the others.
   *
   * @param each at least one, each of a single network
   */
  public static Outputs together(List<Outputs> each) {
    Outputs first = each.get(0);
    return new Outputs(first.logits, first.features, List.copyOf(each.subList(1, each.size())));
  }

  /** Outputs that receive no gradient: a teacher's. */
  public static Outputs detached(Tensor logits) {
    return detached(logits, Map.of());
  }

  /** Outputs that receive no gradient, with features. */
  public static Outputs detached(Tensor logits, Map<String, Tensor> features) {
    Map<String, Var> constants = new LinkedHashMap<>();
    features.forEach((tap, value) -> constants.put(tap, Var.of(value)));
    return new Outputs(Var.of(logits), constants);
  }

  /** These outputs as constants, the others too: what they teach flows back to nobody. */
  public Outputs detached() {
    Map<String, Tensor> values = new LinkedHashMap<>();
    features.forEach((tap, feature) -> values.put(tap, feature.value()));
    Outputs first = detached(logits.value(), values);
    return new Outputs(
        first.logits, first.features, others.stream().map(Outputs::detached).toList());
  }

  /** This network's outputs, then the others'. */
  public List<Outputs> all() {
    return Stream.concat(Stream.of(this), others.stream()).toList();
  }

  /**
   * The activation of a tap.
   *
   * @throws IllegalArgumentException if it was not asked for
   */
  public Var feature(String tap) {
    Var feature = features.get(tap);
    if (feature == null) {
      throw new IllegalArgumentException(
          "outputs: no activation \"" + tap + "\" was asked for, only " + features.keySet());
    }
    return feature;
  }
}
