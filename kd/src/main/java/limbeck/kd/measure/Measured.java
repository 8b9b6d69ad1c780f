package limbeck.kd.measure;

import java.util.List;
import limbeck.kd.train.Trained;

/**
 * A finished network and what it says about the evaluation set.
 *
 * @param trained the network
 * @param logits row-major [examples, classes]; where examples have scores, [examples, 1]
 */
public record Measured(Trained trained, float[] logits) {
  /** The one of an arm and seed. */
  public static Measured of(String arm, long seed, List<Measured> all) {
    return all.stream()
        .filter(m -> m.trained.arm().id().equals(arm) && m.trained.seed() == seed)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no network of arm " + arm + " and seed " + seed));
  }
}
