package limbeck.kd.recipe;

import java.util.List;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.ImageDataset;
import limbeck.kd.vision.Architecture;
import limbeck.kd.vision.DropoutRates;
import limbeck.kd.vision.ImageShape;
import limbeck.kd.vision.Network;
import limbeck.kd.vision.Standardisation;

/**
 * What kind of network an arm is, and what happens to the values that go in.
 *
 * @param architecture its kind
 * @param inputs one of {@link #INPUTS}
 */
public record NetworkChoice(Architecture architecture, String inputs) {
  /**
   * Values from 0 to 1 as they are; standardised channel by channel by the training images; or by
   * the means and deviations that networks published for ImageNet's colours expect.
   */
  public static final List<String> INPUTS = List.of("plain", "standardised", "imagenet");

  /**
   * Checks the word.
   *
   * @throws RecipeException if it is none of {@link #INPUTS}
   */
  public NetworkChoice {
    if (!INPUTS.contains(inputs)) {
      throw new RecipeException(
          "inputs = \"" + inputs + "\": one of " + String.join(", ", INPUTS) + " expected");
    }
  }

  /**
   * A kind of network by name, with values as they are.
   *
   * @throws RecipeException if there is no such kind, naming the nearest
   */
  public static NetworkChoice of(String architecture) {
    return of(architecture, "plain");
  }

  /** Likewise, with one of {@link #INPUTS}. */
  public static NetworkChoice of(String architecture, String inputs) {
    try {
      return new NetworkChoice(Architecture.of(architecture), inputs);
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

  /**
   * A network for a data set, without values yet.
   *
   * @param train the whole training set, whose colours standardised inputs are measured on
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
    return architecture.build(shape(train), train.classes(), standardisation(train), dropout);
  }

  private static ImageShape shape(Dataset data) {
    return data instanceof ImageDataset images
        ? ImageShape.of(images)
        : ImageShape.flat(data.example().size());
  }

  private Standardisation standardisation(Dataset data) {
    return switch (inputs) {
      case "imagenet" -> Standardisation.IMAGENET;
      case "standardised" -> Standardisation.of(images(data));
      default -> Standardisation.NONE;
    };
  }

  private static ImageDataset images(Dataset data) {
    if (data instanceof ImageDataset images) {
      return images;
    }
    throw new RecipeException(
        data.name() + ": inputs = \"standardised\" needs images; use \"plain\"");
  }
}
