package limbeck.nlp.elmo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.AtomicFile;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.HeapBudget;
import limbeck.engine.io.Json;
import limbeck.engine.io.NonFinite;
import limbeck.engine.io.Safetensors;
import limbeck.engine.io.TensorFile;
import limbeck.engine.tensor.ShapeException;
import limbeck.nlp.text.Vocab;

/**
 * Folders of language models in both directions: {@code config.json}, {@code model.safetensors} and
 * {@code vocab.txt}.
 */
public final class ElmoFiles {
  /** The file of sizes and choices. */
  public static final String CONFIG = "config.json";

  /** The file of weights. */
  public static final String WEIGHTS = "model.safetensors";

  /** The file of words. */
  public static final String VOCAB = "vocab.txt";

  private static final String TYPE = "limbeck-elmo";

  private ElmoFiles() {}

  /**
   * Writes a model to a folder that is there.
   *
   * @throws IOException if it cannot be written
   */
  public static void save(BiLanguageModel model, Vocab vocab, Path folder) throws IOException {
    Safetensors.write(folder.resolve(WEIGHTS), model.state(), Map.of());
    AtomicFile.writeString(folder.resolve(VOCAB), String.join("\n", vocab.tokens()) + "\n");
    AtomicFile.writeString(
        folder.resolve(CONFIG), Json.pretty(json(model.encoder().config())) + "\n");
  }

  /** A configuration as JSON has it. */
  public static Map<String, Object> json(ElmoConfig c) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("model_type", TYPE);
    all.put("characters", c.characters());
    all.put("vocabulary", c.vocabulary());
    all.put("width", c.width());
    all.put("hidden", c.hidden());
    all.put("layers", c.layers());
    all.put("clip", c.clip());
    all.put("dropout", c.dropout());
    all.put("letters", c.letters());
    all.put("letterWidth", c.letterWidth());
    all.put("filters", c.filters());
    all.put("highways", c.highways());
    return all;
  }

  /**
   * The configuration in a folder.
   *
   * @throws FormatException if it is none, or a value is out of range; names the file
   * @throws IOException if it cannot be read
   */
  public static ElmoConfig config(Path folder) throws IOException {
    Path file = folder.resolve(CONFIG);
    if (!Files.isRegularFile(file)) {
      throw new FormatException(
          folder
              + (Files.isDirectory(folder) ? " has no " + CONFIG : ": no such folder")
              + "; a language model's folder expected, as limbeck pretrain-elmo writes them");
    }
    try {
      Map<?, ?> all = (Map<?, ?>) Json.read(file);
      if (!TYPE.equals(all.get("model_type"))) {
        throw new FormatException(
            file
                + ": model_type "
                + all.get("model_type")
                + "; a folder of limbeck pretrain-elmo, "
                + TYPE
                + ", expected");
      }
      return new ElmoConfig(
          (Boolean) all.get("characters"),
          whole(all, "vocabulary"),
          whole(all, "width"),
          whole(all, "hidden"),
          whole(all, "layers"),
          ((Number) all.get("clip")).doubleValue(),
          ((Number) all.get("dropout")).doubleValue(),
          whole(all, "letters"),
          whole(all, "letterWidth"),
          ((List<?>) all.get("filters")).stream().map(f -> Math.toIntExact((Long) f)).toList(),
          whole(all, "highways"));
    } catch (ClassCastException
        | NullPointerException
        | ArithmeticException
        | IllegalArgumentException e) {
      throw new FormatException(file + ": is damaged: " + e.getMessage(), e);
    }
  }

  /** What the largest weights take: those of words, of letters and of the layers. */
  private static long leastBytes(ElmoConfig c) {
    long highest = c.filters().stream().mapToLong(f -> f).sum();
    long layers = 2L * c.layers() * 9 * c.hidden() * c.width();
    long letters = c.characters() ? highest * (c.width() + 2L * c.highways() * highest) : 0;
    return Float.BYTES * (layers + letters + (long) c.vocabulary() * c.width());
  }

  private static int whole(Map<?, ?> all, String key) {
    return Math.toIntExact((Long) all.get(key));
  }

  /**
   * The words of a folder's model.
   *
   * @throws FormatException if there are not as many as the configuration says
   */
  public static Vocab vocab(Path folder, ElmoConfig config) throws IOException {
    Path file = folder.resolve(VOCAB);
    Vocab vocab = Vocab.read(file);
    if (vocab.size() != config.vocabulary()) {
      throw new FormatException(
          file + ": " + vocab.size() + " words, " + config.vocabulary() + " expected");
    }
    return vocab;
  }

  /**
   * The model in a folder.
   *
   * @throws FormatException if it is damaged; names the file
   * @throws IOException if it cannot be read
   */
  public static BiLanguageModel load(Path folder) throws IOException {
    ElmoConfig config = config(folder);
    new HeapBudget(folder.resolve(CONFIG).toString()).take(leastBytes(config));
    BiLanguageModel model = new BiLanguageModel(config);
    model.init(0);
    Path file = folder.resolve(WEIGHTS);
    TensorFile content = Safetensors.read(file, NonFinite.WARN);
    try {
      model.load(content.tensors());
    } catch (ShapeException e) {
      throw new FormatException(
          file + ": does not fit the folder's " + CONFIG + ": " + e.getMessage(), e);
    }
    return model;
  }
}
