package limbeck.kd.recipe;

import limbeck.kd.Architecture;
import limbeck.kd.Architectures;
import limbeck.kd.DropoutRates;
import limbeck.kd.Network;
import limbeck.kd.data.Dataset;

/**
 * What kind of network an arm is, and what happens to examples first.
 *
 * @param architecture its kind
 * @param inputs as {@link Architecture#inputs} says
 */
public record NetworkChoice(Architecture architecture, String inputs) {
  /** What inputs are called that nobody says anything of. */
  public static final String PLAIN = "plain";

  /**
   * Checks the word.
   *
   * @throws RecipeException if networks of this kind have no such inputs
   */
  public NetworkChoice {
    try {
      architecture.checkInputs(inputs);
    } catch (IllegalArgumentException e) {
      throw new RecipeException(e.getMessage());
    }
  }

  /**
   * A kind of network by name, with values as they are.
   *
   * @throws RecipeException if there is no such kind, naming the nearest
   */
  public static NetworkChoice of(String architecture) {
    return of(architecture, PLAIN);
  }

  /** Likewise, with what {@link Architecture#inputs} says. */
  public static NetworkChoice of(String architecture, String inputs) {
    try {
      return new NetworkChoice(Architectures.of(architecture), inputs);
    } catch (RecipeException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new RecipeException(e.getMessage());
    }
  }

  /**
   * This choice for another number of classes.
   *
   * @throws IllegalArgumentException as {@link Architecture#ofClasses}
   */
  public NetworkChoice ofClasses(int classes) {
    return new NetworkChoice(architecture.ofClasses(classes), inputs);
  }

  /** What its networks are a function of: see {@link Architecture#identity}. */
  String identity() {
    return architecture.identity(inputs);
  }

  /**
   * A network for a data set, without values yet.
   *
   * @param train the whole training set, which inputs are fitted to
   * @param training whose dropout it has; null: none
   * @throws IllegalArgumentException if they do not fit, saying what does not
   */
  public Network build(Dataset train, Training training) {
    DropoutRates dropout =
        training == null
            ? DropoutRates.NONE
            : new DropoutRates(
                training.regularisation().inputDropout(),
                training.regularisation().hiddenDropout());
    return architecture.build(train, inputs, dropout);
  }
}
