package limbeck.kd.recipe;

import java.util.List;

/**
 * How an arm comes from other arms of the recipe without being trained itself. For every seed it is
 * made of their networks of that seed.
 */
public sealed interface Derivation permits BiasCorrection {
  /** Ids of the arms it comes from. */
  List<String> of();

  /** All else that determines the network: equal texts, and equal arms in order, equal bits. */
  String identity();
}
