package limbeck.nlp.model;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import limbeck.nlp.data.FileHash;
import limbeck.nlp.elmo.FrozenElmo;

/**
 * What networks on words read: vectors of words, and if wanted the layers of a language model.
 *
 * @param words what is said of the words' own vectors
 * @param elmo the language model's folder; null: none
 */
record WordInputs(String words, Path elmo) {
  private static final String WORDS = "words:[1-9]\\d{0,3}|(?:vectors|multichannel):.+";
  private static final Pattern ALONE = Pattern.compile("plain|" + WORDS);
  private static final Pattern ELMO = Pattern.compile("elmo:(.+?)(?:\\+(" + WORDS + "))?");

  /** Whether inputs are written in one of the forms. */
  static boolean fits(String inputs) {
    return (inputs.startsWith("elmo:") ? ELMO : ALONE).matcher(inputs).matches();
  }

  /** What is written, in one of the forms. */
  static WordInputs of(String inputs) {
    Matcher m = ELMO.matcher(inputs);
    if (!m.matches()) {
      return new WordInputs(inputs, null);
    }
    return new WordInputs(m.group(2) == null ? "plain" : m.group(2), Path.of(m.group(1)));
  }

  /** The same with the content of files in place of their names. */
  String identity() {
    boolean file = words.startsWith("vectors:") || words.startsWith("multichannel:");
    int colon = words.indexOf(':');
    String known =
        file
            ? words.substring(0, colon + 1) + FileHash.of(Path.of(words.substring(colon + 1)))
            : words;
    return elmo == null ? known : FrozenElmo.key(elmo) + " + " + known;
  }
}
