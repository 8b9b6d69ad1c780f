package limbeck.nlp.elmo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import limbeck.engine.tensor.Tensor;
import limbeck.nlp.data.FileHash;

/**
 * A language model out of a folder, for all networks that use its layers, which share what it said
 * of texts: these numbers are computed once for each text, as long as they fit; those of further
 * texts are computed each time. That changes no bit.
 */
public final class FrozenElmo {
  /** The share of the heap's largest size that layers of texts may take. */
  private static final int SHARE = 4;

  private final ElmoConfig config;
  private final ElmoWords words;
  private final Map<String, Tensor> weights;
  private final long room;
  private final Map<String, float[]> said = new ConcurrentHashMap<>();
  private final AtomicLong taken = new AtomicLong();

  private FrozenElmo(ElmoConfig config, ElmoWords words, Map<String, Tensor> weights, long room) {
    this.config = config;
    this.words = words;
    this.weights = weights;
    this.room = room;
  }

  /**
   * Reads a folder. Layers of texts may take a quarter of the heap's largest size.
   *
   * @throws limbeck.engine.io.FormatException if it holds no such model, or is damaged
   * @throws IOException if it cannot be read
   */
  public static FrozenElmo read(Path folder) throws IOException {
    return read(folder, Runtime.getRuntime().maxMemory() / SHARE);
  }

  /**
   * Reads a folder.
   *
   * @param room bytes that layers of texts may take
   */
  public static FrozenElmo read(Path folder, long room) throws IOException {
    ElmoConfig config = ElmoFiles.config(folder);
    ElmoWords words = ElmoWords.of(config, ElmoFiles.vocab(folder, config));
    Map<String, Tensor> weights = new LinkedHashMap<>();
    ElmoFiles.load(folder).encoder().state().forEach((path, t) -> weights.put(path, t.own()));
    return new FrozenElmo(config, words, weights, room);
  }

  /** A key of all that is read: a folder with another content is another model. */
  public static String key(Path folder) {
    return "elmo "
        + FileHash.of(folder.resolve(ElmoFiles.WEIGHTS))
        + "/"
        + FileHash.of(folder.resolve(ElmoFiles.CONFIG))
        + "/"
        + FileHash.of(folder.resolve(ElmoFiles.VOCAB));
  }

  /** Its sizes. */
  public ElmoConfig config() {
    return config;
  }

  /** How it reads texts. */
  public ElmoWords words() {
    return words;
  }

  /** The weights of its {@link ElmoEncoder}, by their paths in it. */
  public Map<String, Tensor> weights() {
    return weights;
  }

  /** Numbers that the layers have for a word: its vector, and of each layer both directions. */
  public int each() {
    return config.width() * (1 + 2 * config.layers());
  }

  /** Width of each of the layers, the vectors of words first. */
  public List<Integer> widths() {
    Integer[] widths = new Integer[config.layers() + 1];
    Arrays.fill(widths, 2 * config.width());
    widths[0] = config.width();
    return List.of(widths);
  }

  /** What was said of a text: layer after layer, [words, width] each; null if it is not known. */
  public float[] known(String text) {
    return said.get(text);
  }

  /** Keeps what was said of a text, if there is room. */
  public void keep(String text, float[] layers) {
    long bytes = 4L * layers.length + 2L * text.length() + 100;
    if (taken.addAndGet(bytes) > room || said.putIfAbsent(text, layers) != null) {
      taken.addAndGet(-bytes);
    }
  }

  /** Bytes that are kept, roughly. */
  public long taken() {
    return taken.get();
  }
}
