package limbeck.kd.train;

import java.util.List;

/**
 * Why a network is the one that it is.
 *
 * @param arm id of the arm that was chosen
 * @param errors on validation data of all candidates, in their order
 */
public record Choice(String arm, List<Long> errors) {
  /** Copies the list. */
  public Choice {
    errors = List.copyOf(errors);
  }
}
