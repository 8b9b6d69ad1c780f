package limbeck.nlp.elmo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import limbeck.nlp.text.Vocab;

/** Small language models with drawn weights. */
public final class ElmoModels {
  /** Words that they know. */
  public static final Vocab WORDS =
      Vocab.of(
          List.of(
              "<pad>", "<unk>", "<mask>", "<s>", "</s>", "the", "film", "is", "good", "bad", "not",
              "a", "plot", ".", "but", "never"));

  private ElmoModels() {}

  /** Sizes of one. */
  public static ElmoConfig config(boolean characters) {
    ElmoConfig usual =
        characters ? ElmoConfig.characters(WORDS.size()) : ElmoConfig.words(WORDS.size());
    return usual.sizes(6, 7, 2);
  }

  /** One. */
  public static BiLanguageModel model(boolean characters, long seed) {
    BiLanguageModel model = new BiLanguageModel(config(characters));
    model.init(seed);
    model.evaluate();
    return model;
  }

  /** A folder with one. */
  public static Path folder(Path parent, boolean characters, long seed) throws IOException {
    Path folder = parent.resolve((characters ? "char" : "word") + seed);
    Files.createDirectories(folder);
    ElmoFiles.save(model(characters, seed), WORDS, folder);
    return folder;
  }
}
