package limbeck.nlp.model;

import java.util.List;
import limbeck.kd.DropoutRates;
import limbeck.kd.Network;

/** Networks for texts with names of one form. */
interface TextFamily {
  /** How names begin, such as {@code bilstm:}. */
  String prefix();

  /** How names are written, for people. */
  String form();

  /** What these networks are, for people. */
  String summary();

  /** A name that somebody may have meant. */
  String example();

  /**
   * The shortest form of a name that begins as these do.
   *
   * @throws IllegalArgumentException if it is written wrongly
   */
  String shortest(String name);

  /** A network without values yet. */
  Network build(String name, TextSource source, DropoutRates dropout);

  /** What networks are a function of: see {@link limbeck.kd.Architecture#identity}. */
  default String identity(String name, String inputs) {
    return "NetworkChoice[architecture=" + name + ", inputs=" + inputs + "]";
  }

  /** What can be said of inputs, the usual first. */
  List<String> inputs();

  /**
   * Checks what is said of inputs.
   *
   * @throws IllegalArgumentException if these networks have no such inputs
   */
  void checkInputs(String word);
}
