package limbeck.kd;

import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.autograd.Var;
import limbeck.engine.tensor.Tensor;

/**
 * What a network says about a batch.
 *
 * @param logits unnormalised log-probabilities [batch, classes]
 * @param features inner activations [batch, …] by the name of their tap: those that somebody asked
 *     for, see {@link limbeck.autograd.Taps}
 */
public record Outputs(Var logits, Map<String, Var> features) {
  /** Logits alone. */
  public Outputs(Var logits) {
    this(logits, Map.of());
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

  /** These outputs as constants: what they teach others flows back to nobody. */
  public Outputs detached() {
    Map<String, Tensor> values = new LinkedHashMap<>();
    features.forEach((tap, feature) -> values.put(tap, feature.value()));
    return detached(logits.value(), values);
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
