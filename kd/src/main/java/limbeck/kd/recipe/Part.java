package limbeck.kd.recipe;

import java.util.List;
import limbeck.kd.Architecture;

/**
 * One output of a network that has several, as a network of its own: a branch of a network with
 * branches, an exit of one with exits. It has the layers that the output needs and no others, so
 * that its size, its cost and its file are what using this output alone takes.
 *
 * @param arm id of the arm with several outputs
 * @param output one of {@link Architecture#outputs}
 */
public record Part(String arm, String output) implements Derivation {
  /**
   * An arm that is one output of another.
   *
   * @throws IllegalArgumentException if that has no such output, naming the nearest
   */
  public static Arm arm(
      String id, String role, String label, String name, Arm whole, String output) {
    NetworkChoice network = whole.network();
    Architecture part = network.architecture().part(output);
    return Arm.derived(
        id,
        role,
        label,
        name,
        new NetworkChoice(part, network.inputs()),
        new Part(whole.id(), output));
  }

  @Override
  public List<String> of() {
    return List.of(arm);
  }

  @Override
  public String identity() {
    return "output " + output;
  }
}
