package limbeck.nlp.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import limbeck.engine.io.Sha256;
import limbeck.kd.DropoutRates;
import limbeck.kd.Network;
import limbeck.nlp.text.TokenizerFile;

/**
 * {@link BertNetwork}s whose training begins with the weights of a folder that Hugging Face's
 * library or {@code limbeck pretrain} wrote, and with a head of its own; of all its layers, or of
 * some: {@code pretrained:DIR#0,2} has two.
 */
final class PretrainedFamily implements TextFamily {
  private static final String PREFIX = "pretrained:";
  private static final Pattern NAME =
      Pattern.compile("pretrained:([^#]+)(?:#(\\d{1,2}(?:,\\d{1,2})*))?");
  private static final List<String> INPUTS = List.of("plain");

  @Override
  public String prefix() {
    return PREFIX;
  }

  @Override
  public String form() {
    return "pretrained:<folder>[#<layers>]";
  }

  @Override
  public String summary() {
    return "BERT or DistilBERT out of a folder with config.json, model.safetensors and its"
        + " vocabulary; of some layers only, such as pretrained:bert-mini#0,2";
  }

  @Override
  public String example() {
    return "pretrained:bert-mini";
  }

  private Matcher matcher(String name) {
    Matcher m = NAME.matcher(name);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          name + ": written as " + form() + ", such as pretrained:bert-mini#0,2");
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
      BertConfig whole = BertFiles.config(folder);
      List<Integer> layers = layers(m, whole.layers());
      BertConfig config =
          (layers.isEmpty() ? whole : whole.layers(layers.size())).dropout(dropout.hidden());
      TokenizerFile file = TokenizerFile.read(folder, true);
      int most = Math.min(TextSource.MOST_STEPS, config.positions());
      TextCoder coder =
          new TextCoder(
              source.shared(folder, file.tokenizer()),
              file.frame(),
              source.texts().pairs(),
              most,
              config.padding());
      return new PretrainedNetwork(
          name, source.texts().classes(), coder, source.usualSteps(coder), config, folder, layers);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public String identity(String name, String inputs) {
    Matcher m = matcher(name);
    Path folder = folder(m);
    try {
      return PREFIX
          + Sha256.hex(folder.resolve(BertFiles.WEIGHTS))
          + "/"
          + Sha256.hex(folder.resolve(BertFiles.CONFIG))
          + (m.group(2) == null ? "" : "#" + m.group(2));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
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
              + "\": a pretrained network brings its vocabulary; plain expected");
    }
  }
}
