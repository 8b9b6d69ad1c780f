package limbeck.kd;

import java.util.List;
import limbeck.kd.data.Dataset;

/**
 * A kind of network, declared by its name, which is how recipes write it: {@link Architectures}
 * finds it. Two architectures with one name are equal; the network that one builds depends on it,
 * the data and the settings of {@link #build}.
 */
public interface Architecture {
  /** For example {@code mlp:784-800-800-10} or {@code resnet-20}, in the shortest form. */
  String name();

  /**
   * A network for a data set, without values yet.
   *
   * @param train the whole training set: what else a network is fitted to, such as the words that
   *     there are, is taken from it
   * @param inputs what happens to examples first: one of {@link #inputs}, or as they say
   * @throws IllegalArgumentException if architecture, data and settings do not fit, saying what
   *     does not
   */
  Network build(Dataset train, String inputs, DropoutRates dropout);

  /** What {@link #build} can be told of inputs, the usual first: words, or forms of words. */
  List<String> inputs();

  /**
   * Checks what is said of inputs.
   *
   * @throws IllegalArgumentException if no network of this kind has such inputs
   */
  default void checkInputs(String word) {
    if (!inputs().contains(word)) {
      throw new IllegalArgumentException(
          "inputs = \"" + word + "\": one of " + String.join(", ", inputs()) + " expected");
    }
  }

  /**
   * What networks are a function of, beside data and settings, as a text: where files are part of
   * it, their content, not their names. Networks of equal identities have equal bits.
   *
   * @param inputs as for {@link #build}
   * @throws IllegalArgumentException if a file cannot be read, naming it
   */
  default String identity(String inputs) {
    return "NetworkChoice[architecture=" + name() + ", inputs=" + inputs + "]";
  }

  /**
   * This architecture for another number of classes, which the names of some families say.
   *
   * @throws IllegalArgumentException if such networks have several outputs, or are several
   */
  Architecture ofClasses(int classes);

  /**
   * A network with specialists of this kind.
   *
   * @param likeliest how many of the network's likeliest classes call specialists
   * @throws IllegalArgumentException if a number is below 1, the network is several already, or
   *     there are no specialists of this kind
   */
  default Architecture withSpecialists(int count, int likeliest) {
    throw new IllegalArgumentException(name() + ": specialists are there for images only");
  }

  /**
   * The outputs that such a network has beside its logits, from the first to the last: none, but
   * for networks with branches or exits. An output's value is the tap with its name.
   */
  default List<String> outputs() {
    return List.of();
  }

  /**
   * The architecture of one output: networks that give it as their logits, and have no layer that
   * it does not need. Of {@code one-3:resnet-8}, output {@code branch0} is a {@code resnet-8}.
   * {@link Network#loadPart} gives it the values of the whole.
   *
   * @throws IllegalArgumentException if there is no such output, naming the nearest
   */
  default Architecture part(String output) {
    throw new IllegalArgumentException(
        name() + " has no output \"" + output + "\", only its logits");
  }
}
