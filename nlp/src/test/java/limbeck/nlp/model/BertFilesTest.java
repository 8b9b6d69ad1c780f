package limbeck.nlp.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.Safetensors;
import limbeck.engine.io.TensorFile;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Checkpoints that Hugging Face's library has written, with random weights, and what it says in
 * float64: see {@code bench/checks/bert_reference.py}.
 */
class BertFilesTest {
  private static final Path MODELS = Path.of("src/test/resources/limbeck/nlp/model");

  /** A folder, and which of our models reads it. */
  enum Checkpoint {
    BERT_CLASSIFIER("bert-classifier", c -> new BertClassifier(c, 3)),
    BERT_TAGGER("bert-tagger", c -> new BertTagger(c, 3)),
    BERT_MASKED("bert-masked", MaskedLanguageModel::new),
    DISTILBERT_CLASSIFIER("distilbert-classifier", c -> new BertClassifier(c, 3)),
    DISTILBERT_MASKED("distilbert-masked", MaskedLanguageModel::new);

    private final Path folder;
    private final Function<BertConfig, Module> maker;

    Checkpoint(String name, Function<BertConfig, Module> maker) {
      this.folder = MODELS.resolve(name);
      this.maker = maker;
    }

    Module load(DType type) throws IOException {
      BertConfig config = BertFiles.config(folder);
      Module model = maker.apply(config);
      model.allocate(type);
      BertFiles.Loaded loaded = BertFiles.load(model, config, folder);
      assertEquals(List.of(), loaded.fresh());
      assertEquals(List.of(), loaded.unused());
      return model;
    }
  }

  private static Var forward(Module model, Tokens tokens) {
    if (model instanceof BertClassifier m) {
      return m.forward(tokens);
    }
    return model instanceof BertTagger m
        ? m.forward(tokens)
        : ((MaskedLanguageModel) model).forward(tokens);
  }

  private static Tokens tokens(TensorFile reference) throws FormatException {
    return Tokens.of(
        reference.tensor("ids"), reference.tensor("segments"), reference.tensor("lengths"));
  }

  /** Compares what is said of valid steps. */
  private static void assertClose(
      Tensor expected, Tensor actual, Tensor lengths, double tolerance) {
    assertEquals(expected.shape(), actual.shape());
    int batch = expected.shape().axis(0);
    boolean steps = expected.shape().rank() == 3;
    int each = expected.size() / batch;
    for (int i = 0; i < expected.size(); i++) {
      int step = steps ? i % each / expected.shape().axis(2) : 0;
      if (step < lengths.get(i / each)) {
        assertEquals(expected.get(i), actual.get(i), tolerance, "element " + i);
      }
    }
  }

  /** Float64 to what two orders of summation may differ by; float32 to its own precision. */
  @ParameterizedTest
  @EnumSource
  void outputsAreThoseOfTheLibrary(Checkpoint checkpoint) throws IOException {
    TensorFile reference = Safetensors.read(checkpoint.folder.resolve("reference.safetensors"));
    Tensor expected = reference.tensor("output");
    Tensor lengths = reference.tensor("lengths");
    for (DType type : List.of(DType.F64, DType.F32)) {
      Module model = checkpoint.load(type);
      Tensor said =
          Module.infer(
              new OpContext(),
              () -> {
                try {
                  return forward(model, tokens(reference));
                } catch (FormatException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertClose(expected, said, lengths, type == DType.F64 ? 1e-12 : 2e-5);
    }
  }

  /** Written by us and read again: the same names, shapes and values as the library's file. */
  @ParameterizedTest
  @EnumSource
  void filesAreWrittenAsTheLibraryDoes(Checkpoint checkpoint, @TempDir Path out)
      throws IOException {
    BertConfig config = BertFiles.config(checkpoint.folder);
    BertFiles.save(checkpoint.load(DType.F32), config, "Any", out);
    assertEquals(config, BertFiles.config(out));
    TensorFile theirs = Safetensors.read(checkpoint.folder.resolve(BertFiles.WEIGHTS));
    TensorFile ours = Safetensors.read(out.resolve(BertFiles.WEIGHTS));
    assertEquals(Map.of("format", "pt"), ours.metadata());
    assertEquals(
        theirs.names().stream().sorted().toList(), ours.names().stream().sorted().toList());
    for (String name : theirs.names()) {
      assertEquals(theirs.tensor(name).shape(), ours.tensor(name).shape());
      assertArrayEquals(theirs.tensor(name).floats(), ours.tensor(name).floats(), name);
    }
  }

  /** An encoder's file has no prefix and no classifier: a new head is fresh. */
  @Test
  void anEncoderAloneGetsANewHead() throws IOException {
    Path folder = MODELS.resolve("bert-encoder");
    BertConfig config = BertFiles.config(folder);
    BertClassifier model = new BertClassifier(config, 5);
    model.init(1);
    Tensor head = model.classifier().weight().value().own();
    BertFiles.Loaded loaded = BertFiles.load(model, config, folder);
    assertEquals(List.of("classifier.weight", "classifier.bias"), loaded.fresh());
    assertEquals(List.of(), loaded.unused());
    assertArrayEquals(head.floats(), model.classifier().weight().value().own().floats());
    TensorFile reference = Safetensors.read(folder.resolve("reference.safetensors"));
    Tokens tokens = tokens(reference);
    Tensor said = Module.infer(new OpContext(), () -> model.bert().forward(tokens));
    assertClose(reference.tensor("output"), said, reference.tensor("lengths"), 2e-5);
  }

  @Test
  void anotherHeadIsLeftOutAndSaid() throws IOException {
    Path folder = MODELS.resolve("bert-tagger");
    BertConfig config = BertFiles.config(folder);
    Module model = new MaskedLanguageModel(config).init(1);
    BertFiles.Loaded loaded = BertFiles.load(model, config, folder);
    assertEquals(
        List.of("classifier.bias", "classifier.weight"),
        loaded.unused().stream().sorted().toList());
    assertEquals(5, loaded.fresh().size());
  }

  private static void refused(Path folder, String expected) {
    String message =
        assertThrows(
                FormatException.class,
                () -> {
                  BertConfig config = BertFiles.config(folder);
                  BertFiles.load(new BertClassifier(config, 3).init(1), config, folder);
                })
            .getMessage();
    assertTrue(message.contains(expected), message);
  }

  private static void config(Path folder, String... changes) throws IOException {
    String json = Files.readString(MODELS.resolve("bert-classifier/config.json"));
    for (int i = 0; i < changes.length; i += 2) {
      assertTrue(json.contains(changes[i]), changes[i]);
      json = json.replace(changes[i], changes[i + 1]);
    }
    Files.writeString(folder.resolve(BertFiles.CONFIG), json);
  }

  @Test
  void badConfigurationsAreRefusedNamingTheKey(@TempDir Path folder) throws IOException {
    Files.copy(
        MODELS.resolve("bert-classifier/model.safetensors"), folder.resolve(BertFiles.WEIGHTS));
    config(folder, "\"vocab_size\": 40", "\"vocab_size\": 41");
    refused(
        folder,
        "\"bert.embeddings.word_embeddings.weight\" is F32[40, 8], the network needs F32[41, 8]");
    config(folder, "\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3");
    refused(folder, "tensor \"bert.encoder.layer.2.attention.self.query.weight\" is missing");
    config(folder, "\"hidden_size\": 8", "\"hidden_size\": \"8\"");
    refused(folder, "\"hidden_size\": a whole number expected");
    config(folder, "\"hidden_size\": 8,", "");
    refused(folder, "\"hidden_size\": a whole number expected, found nothing");
    config(folder, "\"hidden_size\": 8", "\"hidden_size\": -8");
    refused(folder, "config.json: bert: hidden_size must be 1 to 16777216, was -8");
    config(folder, "\"model_type\": \"bert\"", "\"model_type\": \"roberta\"");
    refused(folder, "model_type \"roberta\"; bert and distilbert can be read");
    config(folder, "\"hidden_act\": \"gelu\"", "\"hidden_act\": \"swish2\"");
    refused(folder, "no activation \"swish2\"; there are gelu, gelu_new");
    Files.writeString(folder.resolve(BertFiles.CONFIG), "[]");
    refused(folder, "config.json: an object expected");
  }

  /** Names of the first releases: gamma and beta. */
  @Test
  void oldNamesOfNormsAreRead(@TempDir Path folder) throws IOException {
    Path from = MODELS.resolve("bert-classifier");
    Files.copy(from.resolve(BertFiles.CONFIG), folder.resolve(BertFiles.CONFIG));
    Map<String, Tensor> old = new HashMap<>();
    TensorFile file = Safetensors.read(from.resolve(BertFiles.WEIGHTS));
    for (String name : file.names()) {
      old.put(
          name.replace("LayerNorm.weight", "LayerNorm.gamma")
              .replace("LayerNorm.bias", "LayerNorm.beta"),
          file.tensor(name));
    }
    Safetensors.write(folder.resolve(BertFiles.WEIGHTS), old, Map.of());
    BertConfig config = BertFiles.config(folder);
    BertFiles.Loaded loaded = BertFiles.load(new BertClassifier(config, 3).init(1), config, folder);
    assertEquals(List.of(), loaded.fresh());
  }
}
