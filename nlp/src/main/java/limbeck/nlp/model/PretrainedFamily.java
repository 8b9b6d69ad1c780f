package limbeck.nlp.model;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import limbeck.kd.DropoutRates;
import limbeck.kd.Network;
import limbeck.nlp.data.FileHash;

/**
 * {@link BertNetwork}s of a folder that Hugging Face's library or {@code limbeck pretrain} wrote,
 * with its sizes and its vocabulary, and a head of its own; of all its layers, or of some: {@code
 * pretrained:DIR#0,2} has two. Training begins with the folder's weights, or for comparison with
 * random ones.
 */
enum PretrainedFamily implements TextFamily {
  /** With the folder's weights. */
  PRETRAINED("pretrained", "with its weights"),

  /** With random weights. */
  UNTRAINED("untrained", "with random weights, to compare with");

  private static final List<String> INPUTS = List.of("plain");

  private final String word;
  private final String weights;
  private final Pattern pattern;

  PretrainedFamily(String word, String weights) {
    this.word = word;
    this.weights = weights;
    this.pattern = Pattern.compile(word + ":([^#]+)(?:#(\\d{1,2}(?:,\\d{1,2})*))?");
  }

  @Override
  public String prefix() {
    return word + ":";
  }

  @Override
  public String form() {
    return word + ":<folder>[#<layers>]";
  }

  @Override
  public String summary() {
    return "BERT or DistilBERT of a folder with config.json, model.safetensors and its vocabulary, "
        + weights
        + "; of some layers only, such as "
        + word
        + ":bert-mini#0,2";
  }

  @Override
  public String example() {
    return word + ":bert-mini";
  }

  private Matcher matcher(String name) {
    Matcher m = pattern.matcher(name);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          name + ": written as " + form() + ", such as " + example() + "#0,2");
    }
    return m;
  }

  @Override
  public String shortest(String name) {
    return matcher(name).group();
  }

  private static Path folder(Matcher m) {
    Path folder = Path.of(m.group(1));
    if (!Files.isRegularFile(folder.resolve(BertFiles.CONFIG))) {
      throw new IllegalArgumentException(
          folder
              + (Files.isDirectory(folder) ? " has no " + BertFiles.CONFIG : ": no such folder")
              + "; a pretrained model's folder expected, as limbeck pretrain writes them");
    }
    return folder;
  }

  private static List<Integer> layers(Matcher m, int all) {
    if (m.group(2) == null) {
      return List.of();
    }
    List<Integer> layers = Arrays.stream(m.group(2).split(",")).map(Integer::valueOf).toList();
    if (layers.stream().anyMatch(i -> i >= all)) {
      throw new IllegalArgumentException(
          m.group() + ": layers from 0 to " + (all - 1) + " expected, of which it has so many");
    }
    return layers;
  }

  @Override
  public Network build(String name, TextSource source, DropoutRates dropout) {
    Matcher m = matcher(name);
    Path folder = folder(m);
    try {
      PretrainedFolder read = source.folder(folder);
      BertConfig whole = read.config();
      List<Integer> layers = layers(m, whole.layers());
      BertConfig config =
          (layers.isEmpty() ? whole : whole.layers(layers.size())).dropout(dropout.hidden());
      int most = Math.min(TextSource.MOST_STEPS, config.positions());
      TextCoder coder =
          new TextCoder(
              read.text().tokenizer(),
              read.text().frame(),
              source.texts().pairs(),
              most,
              config.padding());
      int outputs = source.texts().outputs();
      int usual = source.usualSteps(coder);
      return this == PRETRAINED
          ? new PretrainedNetwork(name, outputs, coder, usual, config, folder, layers)
          : new BertNetwork(name, outputs, coder, usual, config);
    } catch (UncheckedIOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public String identity(String name, String inputs) {
    Matcher m = matcher(name);
    Path folder = folder(m);
    Path content =
        this == PRETRAINED
            ? folder.resolve(BertFiles.WEIGHTS)
            : PretrainedFolder.vocabulary(folder);
    return word
        + ":"
        + FileHash.of(content)
        + "/"
        + FileHash.of(folder.resolve(BertFiles.CONFIG))
        + (m.group(2) == null ? "" : "#" + m.group(2));
  }

  @Override
  public List<String> inputs() {
    return INPUTS;
  }

  @Override
  public void checkInputs(String inputs) {
    if (!INPUTS.contains(inputs)) {
      throw new IllegalArgumentException(
          "inputs = \""
              + inputs
              + "\": a network of a folder brings its vocabulary; plain expected");
    }
  }
}
