package limbeck.kd.vision;

import java.util.List;
import limbeck.kd.LogitMean;
import limbeck.kd.Nearest;
import limbeck.kd.TapShapes;

/**
 * A kind of network, declared by its name, which is how recipes write it. Two architectures with
 * one name are equal; the network that one builds depends on it, the images and the number of
 * classes.
 *
 * <pre>{@code
 * Network student = Architecture.of("resnet-20").build(new ImageShape(3, 32, 32), 10);
 * student.init(seed);
 * }</pre>
 *
 * <p>{@link #forms} lists the names there are, {@link Network} says what networks have in common,
 * and each family has a class that says what it is.
 *
 * @param name for example {@code mlp:784-800-800-10}, {@code plain-4}, {@code resnet-20}
 */
public record Architecture(String name) {
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
          Specialists.FAMILY);

  /** Weights and values mean nothing here: what is asked is which layers there are. */
  private static final long ANY_SEED = 1;

  /**
   * As {@link #of}.
   *
   * @throws IllegalArgumentException as there
   */
  public Architecture {
    name = plan(name).name();
  }

  /**
   * The architecture with this name. Where a name can be written in two ways, as {@code resnet-20}
   * and {@code resnet-20/conv}, the shorter one is its {@link #name}.
   *
   * @throws IllegalArgumentException if there is none, naming the nearest, or its numbers are out
   *     of range
   */
  public static Architecture of(String name) {
    return new Architecture(name);
  }

  /**
   * Several networks that speak as one.
   *
   * @param members in order, at least one, none of them an ensemble
   * @throws IllegalArgumentException if there is none, or an ensemble among them
   */
  public static Architecture ensemble(List<Architecture> members, LogitMean mean) {
    return new Architecture(Ensemble.name(members, mean));
  }

  /**
   * A network with specialists of its own kind.
   *
   * @param likeliest how many of the network's likeliest classes call specialists
   * @throws IllegalArgumentException if a number is below 1, or the network is several already
   */
  public static Architecture withSpecialists(Architecture kind, int count, int likeliest) {
    return new Architecture(Specialists.name(kind, count, likeliest));
  }

  /**
   * This architecture for another number of classes, which the names of some families say.
   *
   * @throws IllegalArgumentException if such networks have several outputs, or are several
   */
  public Architecture ofClasses(int classes) {
    requireOneOutput();
    return new Architecture(Mlp.ofClasses(name, classes));
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
    if (at >= 0 && !Ensemble.begins(name)) { // there it is a member's
      return part(plan(name.substring(0, at)), name.substring(at + 1));
    }
    for (Family family : FAMILIES) {
      Family.Plan plan = family.reader().apply(name);
      if (plan != null) {
        return plan;
      }
    }
    List<String> known = FAMILIES.stream().flatMap(f -> f.known().stream()).toList();
    throw new IllegalArgumentException(
        "no architecture \""
            + name
            + "\""
            + Nearest.hint(name, known)
            + "; there are "
            + String.join(", ", FAMILIES.stream().map(Family::form).toList()));
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

  /** How names are written, and what they mean: a line for each family. */
  public static List<String> forms() {
    return FAMILIES.stream().map(f -> f.form() + ": " + f.summary()).toList();
  }

  /**
   * A network without values yet.
   *
   * @throws IllegalArgumentException if the architecture does not fit the images or the number of
   *     classes, saying what does not
   */
  public Network build(ImageShape image, int classes) {
    return build(image, classes, Standardisation.NONE, DropoutRates.NONE);
  }

  /**
   * As above, with more settings.
   *
   * @throws IllegalArgumentException likewise if one of these does not fit
   */
  public Network build(
      ImageShape image, int classes, Standardisation standardisation, DropoutRates dropout) {
    return plan(name).maker().apply(new Blueprint(name, image, classes, standardisation, dropout));
  }

  /**
   * The taps that such a network has, with their shapes, found by one evaluation of one image.
   *
   * @throws IllegalArgumentException as {@link #build(ImageShape, int)}
   */
  public TapShapes taps(ImageShape image, int classes) {
    return TapShapes.of(name, build(image, classes).init(ANY_SEED), image.example());
  }

  /**
   * The outputs that such a network has beside its logits, from the first to the last: none, but
   * for networks with branches or exits. An output's value is the tap with its name.
   */
  public List<String> outputs() {
    return List.copyOf(plan(name).parts().keySet());
  }

  /**
   * The architecture of one output: networks that give it as their logits, and have no layer that
   * it does not need. Of {@code one-3:resnet-8}, output {@code branch0} is a {@code resnet-8}.
   * {@link Network#loadPart} gives it the values of the whole.
   *
   * @throws IllegalArgumentException if there is no such output, naming the nearest
   */
  public Architecture part(String output) {
    return new Architecture(part(plan(name), output).name());
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }
}
