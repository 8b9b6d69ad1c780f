package limbeck.nlp.pretrain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.AtomicFile;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.Json;
import limbeck.engine.io.Sha256;
import limbeck.nlp.data.TextLines;
import limbeck.nlp.model.BertFiles;
import limbeck.nlp.text.Vocab;

/**
 * The folder of a pretraining: what it is, its tokens, its checkpoint, and in the end its model.
 */
final class PretrainFolder {
  static final String RECORD = "pretraining.json";
  private static final String VOCAB = "vocab.txt";
  private static final String BLOCKS = "tokens.blocks";
  private static final String CHECKPOINT = "checkpoint.safetensors";

  private final Path root;

  PretrainFolder(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  Path vocab() {
    return root.resolve(VOCAB);
  }

  Path blocks() {
    return root.resolve(BLOCKS);
  }

  Path checkpoint() {
    return root.resolve(CHECKPOINT);
  }

  /** All that the numbers of a plan depend on: files by their content, columns by their names. */
  static Map<String, Object> identity(PretrainPlan plan) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("texts", texts(plan.sources()));
    if (plan.vocab() == null) {
      all.put("vocabSize", plan.vocabSize());
    } else {
      all.put("vocab", Sha256.hex(plan.vocab()));
    }
    all.put("layers", plan.layers());
    all.put("width", plan.width());
    all.put("heads", plan.heads());
    all.put("dropout", plan.dropout());
    all.put("deviation", plan.deviation());
    all.put("sines", plan.sines());
    all.put("masked", plan.masked());
    all.put("steps", plan.steps());
    if (plan.start() != null) {
      all.put("from", Sha256.hex(plan.start().folder().resolve(BertFiles.WEIGHTS)));
      all.put("fromLayers", plan.start().layers());
    }
    if (plan.teacher() != null) {
      all.put("teacher", Sha256.hex(plan.teacher().resolve(BertFiles.WEIGHTS)));
      all.put("copied", plan.copied());
      if (plan.method() == PretrainMethod.DISTILBERT) {
        all.put("weights", List.of(plan.soft(), plan.hard(), plan.cosine(), plan.temperature()));
      } else {
        all.put("method", plan.method().word());
      }
    }
    PretrainSettings s = plan.settings();
    all.put("epochs", s.epochs());
    all.put("micro", s.micro());
    all.put("accumulate", s.accumulate());
    all.put("rate", s.rate());
    all.put("warmUp", s.warmUp());
    all.put("decay", s.decay());
    all.put("clip", s.clip());
    all.put("dynamic", s.dynamic());
    all.put("seed", s.seed());
    return all;
  }

  /** Texts by what is in their files, and the names of columns. */
  static List<String> texts(List<String> sources) throws IOException {
    List<String> texts = new ArrayList<>();
    for (String source : sources) {
      Path file = TextLines.file(source);
      texts.add(Sha256.hex(file) + source.substring(file.toString().length()));
    }
    return texts;
  }

  /** A hash of {@link #identity}. */
  static String hash(Map<String, Object> identity) {
    return Sha256.hex(Json.write(identity).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What was recorded by an earlier start; null if there was none.
   *
   * @param hash of the plan's identity
   * @throws FormatException if the folder is another pretraining's, or none
   */
  Map<?, ?> record(String hash) throws IOException {
    Path file = root.resolve(RECORD);
    if (!Files.exists(file)) {
      return null;
    }
    if (!(Json.read(file) instanceof Map<?, ?> before) || !hash.equals(before.get("identity"))) {
      throw new FormatException(
          root + ": holds another pretraining; choose another --out, or remove it");
    }
    return before;
  }

  void record(Map<String, Object> record) throws IOException {
    AtomicFile.writeString(root.resolve(RECORD), Json.pretty(record) + "\n");
  }

  void write(Vocab vocab) throws IOException {
    write(vocab(), vocab);
  }

  void write(Path file, Vocab vocab) throws IOException {
    AtomicFile.writeString(file, String.join("\n", vocab.tokens()) + "\n");
  }
}
