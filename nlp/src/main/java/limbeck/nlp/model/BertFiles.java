package limbeck.nlp.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import limbeck.autograd.Module;
import limbeck.engine.io.AtomicFile;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.NonFinite;
import limbeck.engine.io.Safetensors;
import limbeck.engine.io.TensorFile;
import limbeck.engine.tensor.Tensor;

/**
 * Folders with a {@code config.json} and a {@code model.safetensors}, as Hugging Face's library
 * writes them for BERT and DistilBERT: read as they are, and written so that it reads them.
 */
public final class BertFiles {
  /** The file of sizes and choices. */
  public static final String CONFIG = "config.json";

  /** The file of weights. */
  public static final String WEIGHTS = "model.safetensors";

  private static final String ENCODER = "bert.";

  private BertFiles() {}

  /**
   * What became of a file's weights.
   *
   * @param fresh paths of weights that the file does not have, which are as they were: a new head
   * @param unused names of the file's tensors that this model has no place for: another head
   */
  public record Loaded(List<String> fresh, List<String> unused) {}

  /**
   * The sizes and choices that a folder's {@code config.json} states.
   *
   * @throws FormatException if it is not one of a BERT or DistilBERT, or a value is out of range
   * @throws IOException if it cannot be read
   */
  public static BertConfig config(Path folder) throws IOException {
    return BertConfigJson.read(folder.resolve(CONFIG));
  }

  /**
   * Gives a model with a head the weights of a folder's {@code model.safetensors}. A head that the
   * file does not have stays as it is.
   *
   * @param model of this package, with an encoder {@code bert} of the folder's configuration, and
   *     with values already ({@link Module#init})
   * @throws FormatException if the file is damaged, lacks a weight of the encoder, or has one of
   *     another shape; nothing has changed then
   * @throws IOException if it cannot be read
   */
  public static Loaded load(Module model, BertConfig config, Path folder) throws IOException {
    return load(model, config, folder, List.of());
  }

  /**
   * As above, for a model of some of the folder's layers.
   *
   * @param config of the model
   * @param layers numbers from 0 of the folder's layers, one for each of the model's; empty: all
   */
  static Loaded load(Module model, BertConfig config, Path folder, List<Integer> layers)
      throws IOException {
    Path path = folder.resolve(WEIGHTS);
    TensorFile file = Safetensors.read(path, NonFinite.WARN);
    Map<String, Tensor> state = new LinkedHashMap<>(model.state());
    Set<String> unused = new LinkedHashSet<>(file.names());
    List<String> fresh = new ArrayList<>();
    for (Map.Entry<String, Tensor> e : state.entrySet()) {
      List<String> names =
          BertNames.inFiles(config.family(), BertNames.ofLayers(e.getKey(), layers));
      String name = names.stream().filter(file::has).findFirst().orElse(null);
      if (name == null) {
        requireHead(path, e.getKey(), names.get(0));
        fresh.add(e.getKey());
      } else {
        e.setValue(fitting(path, name, file.tensor(name), e.getValue()));
        unused.remove(name);
      }
    }
    model.load(state);
    return new Loaded(fresh, List.copyOf(unused));
  }

  private static void requireHead(Path file, String path, String name) throws FormatException {
    if (path.startsWith(ENCODER)) {
      throw new FormatException(
          file
              + ": tensor \""
              + name
              + "\" is missing; is it of the network that "
              + CONFIG
              + " describes?");
    }
  }

  private static Tensor fitting(Path file, String name, Tensor found, Tensor needed)
      throws FormatException {
    if (!found.shape().equals(needed.shape()) || !found.dtype().isFloating()) {
      throw new FormatException(
          file
              + ": tensor \""
              + name
              + "\" is "
              + found.dtype()
              + found.shape()
              + ", the network needs "
              + needed.dtype()
              + needed.shape());
    }
    return found;
  }

  /**
   * Writes a model with a head to a folder, which is made if need be.
   *
   * @param architecture the class that reads it there, such as {@code BertForMaskedLM}
   * @throws IOException if it cannot be written
   */
  public static void save(Module model, BertConfig config, String architecture, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    Map<String, Tensor> named = new LinkedHashMap<>();
    model.state().forEach((path, t) -> named.put(BertNames.of(config.family(), path), t));
    Safetensors.write(folder.resolve(WEIGHTS), named, Map.of("format", "pt"));
    String json = BertConfigJson.write(config, architecture);
    AtomicFile.writeString(folder.resolve(CONFIG), json);
  }
}
