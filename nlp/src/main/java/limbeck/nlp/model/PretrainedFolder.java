package limbeck.nlp.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import limbeck.nlp.data.FileHash;
import limbeck.nlp.text.TokenizerFile;

/**
 * What a pretrained model's folder says, beside its weights.
 *
 * @param config sizes and choices
 * @param text how it reads texts
 */
record PretrainedFolder(BertConfig config, TokenizerFile text) {
  /**
   * Reads it.
   *
   * @throws IOException if it cannot be read, or is damaged
   */
  static PretrainedFolder read(Path folder) throws IOException {
    return new PretrainedFolder(BertFiles.config(folder), TokenizerFile.read(folder, true));
  }

  /** The file that its vocabulary is in. */
  static Path vocabulary(Path folder) {
    Path json = folder.resolve(TokenizerFile.JSON);
    return Files.exists(json) ? json : folder.resolve(TokenizerFile.VOCAB);
  }

  /** A key of all that is read: the folder with another content is another. */
  static String key(Path folder) {
    String config = FileHash.of(folder.resolve(BertFiles.CONFIG));
    Path vocabulary = vocabulary(folder);
    String words = Files.exists(vocabulary) ? FileHash.of(vocabulary) : "none";
    return "folder " + config + "/" + words;
  }
}
