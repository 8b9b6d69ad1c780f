package limbeck.kd.objective;

import java.util.List;

/** Entries of the catalogue: objectives on inner activations. */
final class FeatureEntries {
  private FeatureEntries() {}

  static List<ObjectiveEntry> all() {
    return List.of();
  }
}
