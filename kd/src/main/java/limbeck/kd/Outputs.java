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
 * @param lengths how many steps of each example's activations are real and no padding, I32 [batch],
 *     in networks that read sequences; null: all are
 */
public record Outputs(Var logits, Map<String, Var> features, List<Outputs> others, Tensor lengths) {
  /** The outputs of one network, whose steps are all real. */
  public Outputs(Var logits, Map<String, Var> features) {
    this(logits, features, List.of(), null);
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
    List<Outputs> others = List.copyOf(each.subList(1, each.size()));
    return new Outputs(first.logits, first.features, others, first.lengths);
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
    List<Outputs> constants = others.stream().map(Outputs::detached).toList();
    return new Outputs(first.logits, first.features, constants, lengths);
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
