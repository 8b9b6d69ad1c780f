package limbeck.kd.vision;

import java.util.List;
import limbeck.kd.Architecture;
import limbeck.kd.DropoutRates;
import limbeck.kd.EnsembleName;
import limbeck.kd.Nearest;
import limbeck.kd.Network;
import limbeck.kd.TapShapes;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.ImageDataset;
import limbeck.kd.data.TensorDataset;

/**
 * A kind of network, declared by its name, which is how recipes write it. Two architectures with
 * one name are equal; the network that one builds depends on it, the images and the number of
 * classes.
 *
 * <pre>{@code
 * ImageNetwork student = ImageArchitecture.of("resnet-20").build(new ImageShape(3, 32, 32), 10);
 * student.init(seed);
 * }</pre>
 *
 * <p>{@link ImageNetwork} says what networks have in common, and each family has a class that says
 * what it is.
 *
 * @param name for example {@code mlp:784-800-800-10}, {@code plain-4}, {@code resnet-20}
 */
public record ImageArchitecture(String name) implements Architecture {
  private static final List<String> INPUTS = List.of("plain", "standardised", "imagenet");

  private static final List<Family> FAMILIES =
      List.of(
          Mlp.FAMILY,
          PlainNet.FAMILY,
          ResNet.FAMILY,
          WideResNet.FAMILY,
          DenseNet.FAMILY,
          MobileNet.FAMILY,
          Branched.FAMILY,
          WithExits.FAMILY,
          Ensemble.FAMILY,
          Specialists.FAMILY,
          ProgramNetwork.FAMILY);

  /** Weights and values mean nothing here: what is asked is which layers there are. */
  private static final long ANY_SEED = 1;

  /**
   * As {@link #of}.
   *
   * @throws IllegalArgumentException as there
   */
  public ImageArchitecture {
    name = plan(name).name();
  }

  /**
   * The architecture with this name. Where a name can be written in two ways, as {@code resnet-20}
   * and {@code resnet-20/conv}, the shorter one is its {@link #name}.
   *
   * @throws IllegalArgumentException if there is none, naming the nearest, or its numbers are out
   *     of range
   */
  public static ImageArchitecture of(String name) {
    return new ImageArchitecture(name);
  }

  @Override
  public ImageArchitecture withSpecialists(int count, int likeliest) {
    return new ImageArchitecture(Specialists.name(this, count, likeliest));
  }

  @Override
  public ImageArchitecture ofClasses(int classes) {
    requireOneOutput();
    return new ImageArchitecture(Mlp.ofClasses(name, classes));
  }

  void requireOneOutput() {
    boolean linear = name.startsWith("mlp:"); // it may have no stages
    if (plan(name).stages() == 0 && !linear) {
      throw Blueprint.misfit(name, "is no single network with one output");
    }
  }

  /**
   * The plan of a name; behind an @ the name of one output.
   *
   * @throws IllegalArgumentException as {@link #of}
   */
  static Family.Plan plan(String name) {
    int at = name.indexOf('@');
    if (at >= 0 && !EnsembleName.begins(name)) { // there it is a member's
      return part(plan(name.substring(0, at)), name.substring(at + 1));
    }
    Family.Plan plan = planOrNull(name);
    if (plan == null) {
      List<String> known = FAMILIES.stream().flatMap(f -> f.known().stream()).toList();
      List<String> forms = FAMILIES.stream().map(Family::form).toList();
      throw new IllegalArgumentException(Nearest.none("architecture", name, known, forms));
    }
    return plan;
  }

  private static Family.Plan planOrNull(String name) {
    for (Family family : FAMILIES) {
      Family.Plan plan = family.reader().apply(name);
      if (plan != null) {
        return plan;
      }
    }
    return null;
  }

  /** Whether a name without @ is one of these, right or wrong. */
  static boolean knows(String name) {
    try {
      return name.indexOf('@') >= 0 || planOrNull(name) != null;
    } catch (IllegalArgumentException e) {
      return true; // that it is wrong is said when it is asked for
    }
  }

  static List<Family> families() {
    return FAMILIES;
  }

  private static Family.Plan part(Family.Plan whole, String output) {
    Family.Plan part = whole.parts().get(output);
    if (part == null) {
      List<String> outputs = List.copyOf(whole.parts().keySet());
      throw new IllegalArgumentException(
          whole.name()
              + " has no output \""
              + output
              + "\""
              + (outputs.isEmpty()
                  ? ", only its logits"
                  : Nearest.hint(output, outputs) + "; it has " + String.join(", ", outputs)));
    }
    return part;
  }

  /**
   * A network without values yet.
   *
   * @throws IllegalArgumentException if the architecture does not fit the images or the number of
   *     classes, saying what does not
   */
  public ImageNetwork build(ImageShape image, int classes) {
    return build(image, classes, Standardisation.NONE, DropoutRates.NONE);
  }

  /**
   * As above, with more settings.
   *
   * @throws IllegalArgumentException likewise if one of these does not fit
   */
  public ImageNetwork build(
      ImageShape image, int classes, Standardisation standardisation, DropoutRates dropout) {
    return plan(name).maker().apply(new Blueprint(name, image, classes, standardisation, dropout));
  }

  @Override
  public List<String> inputs() {
    return INPUTS;
  }

  /**
   * {@inheritDoc}
   *
   * @param inputs {@code plain}: values from 0 to 1 as they are; {@code standardised} channel by
   *     channel by the training images; {@code imagenet}: by the means and deviations that networks
   *     published for ImageNet's colours expect
   */
  @Override
  public Network build(Dataset train, String inputs, DropoutRates dropout) {
    if (!(train instanceof TensorDataset data)) {
      throw new IllegalArgumentException(
          train.name() + ": " + name + " is for images, but these are " + train.form());
    }
    return build(shape(data), train.classes(), standardisation(data, inputs), dropout);
  }

  private static ImageShape shape(TensorDataset data) {
    return data instanceof ImageDataset images
        ? ImageShape.of(images)
        : ImageShape.flat(data.example().size());
  }

  private static Standardisation standardisation(TensorDataset data, String inputs) {
    return switch (inputs) {
      case "imagenet" -> Standardisation.IMAGENET;
      case "standardised" -> Standardisation.of(images(data));
      default -> Standardisation.NONE;
    };
  }

  private static ImageDataset images(TensorDataset data) {
    if (data instanceof ImageDataset images) {
      return images;
    }
    throw new IllegalArgumentException(
        data.name() + ": inputs = \"standardised\" needs images; use \"plain\"");
  }

  /**
   * The taps that such a network has, with their shapes, found by one evaluation of one image.
   *
   * @throws IllegalArgumentException as {@link #build(ImageShape, int)}
   */
  public TapShapes taps(ImageShape image, int classes) {
    Network network = build(image, classes);
    network.init(ANY_SEED);
    return TapShapes.of(name, network);
  }

  @Override
  public List<String> outputs() {
    return List.copyOf(plan(name).parts().keySet());
  }

  @Override
  public ImageArchitecture part(String output) {
    return new ImageArchitecture(part(plan(name), output).name());
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }
}
