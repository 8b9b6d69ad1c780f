package limbeck.kd.recipe;

import java.util.List;

/**
 * One offset added to the output biases of some classes, chosen on training examples that the arm
 * was not shown. Hinton et al. 2015, section 3: a class absent from the transfer set keeps too low
 * a bias.
 *
 * @param arm id of the arm that is corrected, whose network, stages and transfer the corrected one
 *     repeats
 * @param classes whose biases move
 */
public record BiasCorrection(String arm, List<Integer> classes) implements Derivation {
  /** Copies the list. */
  public BiasCorrection {
    classes = List.copyOf(classes);
  }

  @Override
  public List<String> of() {
    return List.of(arm);
  }

  @Override
  public String identity() {
    return classes.toString();
  }

  @Override
  public boolean repeatsStages() {
    return true;
  }
}
