package limbeck.nlp.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.autograd.optim.Adam;
import limbeck.engine.exec.Workers;
import limbeck.engine.io.WeightHash;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Architecture;
import limbeck.kd.Architectures;
import limbeck.kd.DropoutRates;
import limbeck.kd.ModelFile;
import limbeck.kd.Network;
import limbeck.nlp.data.TextDataset;
import limbeck.nlp.data.TextExample;
import limbeck.nlp.data.generated.GeneratedTask;
import limbeck.nlp.elmo.ElmoModels;
import limbeck.nlp.elmo.FrozenElmo;
import limbeck.nlp.text.WordTokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that read the layers of a language model beside words. */
class ElmoNetworksTest {
  @TempDir Path parent;

  private static final OpContext CONTEXT = new OpContext();

  private static TextDataset data(GeneratedTask task) {
    TextDataset drawn = task.draw("train", 1, 60);
    List<TextExample> all = new ArrayList<>();
    List<String> awkward =
        List.of(
            "",
            "фильм 映画",
            "word ".repeat(200),
            "the " + WordTokenizer.HIDDEN + " is bad",
            "unwatchableunwatchableunwatchableunwatchable");
    for (int i = 0; i < awkward.size(); i++) {
      String other = awkward.get(awkward.size() - 1 - i);
      all.add(new TextExample(awkward.get(i), drawn.pairs() ? other : null, 0));
    }
    IntStream.range(0, drawn.size()).forEach(i -> all.add(drawn.text(i)));
    return new TextDataset("with awkward ones", drawn.classNames(), all);
  }

  private static Network network(String name, String inputs, TextDataset data) {
    Architecture architecture = Architectures.of(name);
    architecture.checkInputs(inputs);
    Network network = architecture.build(data, inputs, new DropoutRates(0.1, 0.2));
    network.begin(3);
    return network;
  }

  private static float[] logits(Network network, TextDataset data, int... some) {
    network.evaluate();
    Tensor z = network.infer(data.inputs(some), new OpContext(Workers.inline())).own();
    return Arrays.copyOfRange(z.floats(), z.offset(), z.offset() + z.size());
  }

  private static int[] all(TextDataset data) {
    return IntStream.range(0, data.size()).toArray();
  }

  /** What was said before, what is said now, and the program: all the same. */
  @ParameterizedTest
  @ValueSource(strings = {"bilstm:9-7", "cnn:5-7", "bag:7"})
  void knownLayersAndLiveOnesAndTheProgramSayTheSame(String name) throws Exception {
    for (boolean characters : new boolean[] {false, true}) {
      Path folder = ElmoModels.folder(parent, characters, 4);
      for (GeneratedTask task : List.of(GeneratedTask.SENTIMENT, GeneratedTask.PARAPHRASE)) {
        TextDataset data = data(task);
        Network network = network(name, "elmo:" + folder + "+words:5", data);
        float[] live = logits(network, data, all(data));
        assertArrayEquals(live, logits(network, data, all(data)), "known");
        int k = network.classes();
        for (int i = 0; i < data.size(); i += 3) {
          assertArrayEquals(
              logits(network, data, i), Arrays.copyOfRange(live, i * k, (i + 1) * k), "" + i);
        }
        Program program = network.program();
        Tensor out = Tensor.zeros(DType.F32, Shape.of(data.size(), k));
        program.runner().run(network.tensors(data.inputs(all(data))), out);
        assertArrayEquals(live, out.floats(), "program");
        assertTrue(network.multiplyAdds() > 0);
      }
    }
  }

  private static String train(WordNetwork network, TextDataset data) {
    Adam optimizer = new Adam(network.parameters(), 0.01);
    for (int step = 0; step < 6; step++) {
      int[] some = IntStream.range(step * 8, step * 8 + 12).toArray();
      int[] labels = Arrays.stream(some).map(data::label).toArray();
      network.train(5, step);
      try (Tape tape = Tape.open(CONTEXT)) {
        Var z = network.forward(data.inputs(some));
        tape.backward(
            z.apply(new CrossEntropy(), Var.of(Tensor.of(Shape.of(some.length), labels))));
      }
      optimizer.step(CONTEXT.workers());
    }
    return WeightHash.of(network.state());
  }

  private static WordNetwork withRoom(Path folder, long room, TextDataset data) throws Exception {
    FrozenElmo model = FrozenElmo.read(folder, room);
    TextSource source = new TextSource(data, "words:5");
    WordTokenizer words = source.words();
    TextCoder coder = new TextCoder(words, null, data.pairs(), 128, 0, model.words());
    SentenceEncoder encoder = new BiLstmEncoder(5 + 2 * model.config().width(), 6);
    WordNetwork network =
        new WordNetwork(
            "some",
            data.classes(),
            coder,
            8,
            WordEmbeddings.fresh(words.vocab().size(), 5),
            model,
            encoder,
            7,
            new DropoutRates(0.1, 0.2));
    network.begin(3);
    return network;
  }

  /** Trained with all layers known, with some, and with none. */
  @Test
  void roomForLayersChangesNoBit() throws Exception {
    Path folder = ElmoModels.folder(parent, true, 5);
    for (GeneratedTask task : List.of(GeneratedTask.SENTIMENT, GeneratedTask.ENTAILMENT)) {
      TextDataset data = data(task);
      String live = train(withRoom(folder, 0, data), data);
      assertEquals(live, train(withRoom(folder, 20_000, data), data));
      assertEquals(live, train(withRoom(folder, Long.MAX_VALUE / 2, data), data));
    }
  }

  @Test
  void roomIsNotExceeded() throws Exception {
    Path folder = ElmoModels.folder(parent, false, 5);
    FrozenElmo model = FrozenElmo.read(folder, 3_000);
    model.keep("a", new float[100]);
    model.keep("a", new float[100]);
    long one = model.taken();
    assertTrue(one >= 400 && one < 700, "" + one);
    for (int i = 0; i < 100; i++) {
      model.keep("text " + i, new float[100]);
      assertTrue(model.taken() <= 3_000);
    }
    assertEquals(100, model.known("a").length);
    assertEquals(null, model.known("text 99"));
  }

  @Test
  void theLanguageModelStaysAsItIsAndAllElseIsTrained() throws Exception {
    Path folder = ElmoModels.folder(parent, true, 6);
    TextDataset data = data(GeneratedTask.SENTIMENT);
    WordNetwork network = (WordNetwork) network("bilstm:6-7", "elmo:" + folder, data);
    Map<String, Tensor> before = new LinkedHashMap<>();
    network.state().forEach((path, t) -> before.put(path, t.own()));
    train(network, data);
    int frozen = 0;
    for (Map.Entry<String, Tensor> e : network.state().entrySet()) {
      boolean same =
          WeightHash.of(Map.of("", before.get(e.getKey())))
              .equals(WeightHash.of(Map.of("", e.getValue())));
      boolean ofModel = e.getKey().startsWith("elmo.encoder.");
      frozen += ofModel ? 1 : 0;
      assertEquals(ofModel, same, e.getKey());
    }
    Map<String, Tensor> folders = FrozenElmo.read(folder).weights();
    assertEquals(folders.size(), frozen);
    folders.forEach(
        (path, t) ->
            assertEquals(
                WeightHash.of(Map.of("", t)),
                WeightHash.of(Map.of("", network.state().get("elmo.encoder." + path))),
                path));
  }

  @Test
  void identityIsThatOfTheContent() throws Exception {
    Path one = ElmoModels.folder(parent, false, 7);
    Path same = Files.createDirectories(parent.resolve("copy"));
    for (String file : List.of("config.json", "model.safetensors", "vocab.txt")) {
      Files.copy(one.resolve(file), same.resolve(file));
    }
    Path other = ElmoModels.folder(parent, false, 8);
    Architecture a = Architectures.of("bilstm:6-7");
    String identity = a.identity("elmo:" + one);
    assertEquals(identity, a.identity("elmo:" + same));
    assertNotEquals(identity, a.identity("elmo:" + other));
    assertNotEquals(identity, a.identity("elmo:" + one + "+words:5"));
    assertFalse(identity.contains(one.toString()), identity);
  }

  @Test
  void aModelFileHoldsAllThatIsNeededForSentences() throws Exception {
    for (boolean characters : new boolean[] {false, true}) {
      Path folder = ElmoModels.folder(parent, characters, 9);
      TextDataset data = data(GeneratedTask.PARAPHRASE);
      Network network = network("bilstm:6-7", "elmo:" + folder, data);
      Path file = parent.resolve("student.safetensors");
      ModelFile.save(file, network, data.classNames(), Map.of());
      for (String part : List.of("config.json", "model.safetensors", "vocab.txt")) {
        Files.delete(folder.resolve(part));
      }
      var predictor = new TextPredictors().of(ModelFile.load(file));
      TextExample e = data.text(20);
      assertArrayEquals(
          logits(network, data, 20), predictor.logits(e.first() + " | " + e.second()));
    }
  }

  @Test
  void whatIsWrittenWrongly() throws Exception {
    Architecture a = Architectures.of("cnn:5-7");
    for (String wrong : List.of("elmo:", "elmo", "elmos:x", "words:0")) {
      assertThrows(IllegalArgumentException.class, () -> a.checkInputs(wrong), wrong);
    }
    assertEquals(
        new WordInputs("vectors:glove.txt", Path.of("a+b")),
        WordInputs.of("elmo:a+b+vectors:glove.txt"));
    assertEquals(new WordInputs("plain", Path.of("a+b")), WordInputs.of("elmo:a+b"));
    TextDataset data = data(GeneratedTask.SENTIMENT);
    var e =
        assertThrows(
            RuntimeException.class, () -> network("cnn:5-7", "elmo:" + parent + "/none", data));
    assertTrue(e.getMessage().contains("none"), e.getMessage());
  }
}
