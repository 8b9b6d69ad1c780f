package limbeck.nlp.text;

import java.util.ArrayList;
import java.util.List;

/** Cuts texts into tokens of a vocabulary. Immutable: any number of threads may use one. */
public interface Tokenizer {
  /** The tokens it knows. */
  Vocab vocab();

  /** The numbers of a text's tokens, without any that mark its beginning or end. */
  int[] encode(String text);

  /** A text of these tokens: for reading, as space and unknown words may be lost. */
  String decode(int[] ids);

  /** The tokens of a text. */
  default List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    for (int id : encode(text)) {
      tokens.add(vocab().token(id));
    }
    return tokens;
  }
}
