package limbeck.nlp.model;

import limbeck.engine.io.FormatException;

/** What model files tell of texts, to be read. */
public final class TextEntries {
  private TextEntries() {}

  /** Reads an entry. */
  public static void read(String entry) throws FormatException {
    TextFacts.read("file", entry);
  }
}
