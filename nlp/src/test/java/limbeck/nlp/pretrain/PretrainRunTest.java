package limbeck.nlp.pretrain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.Json;
import limbeck.engine.io.WeightHash;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Architectures;
import limbeck.kd.DropoutRates;
import limbeck.kd.Network;
import limbeck.kd.StoppedException;
import limbeck.nlp.data.generated.GeneratedTask;
import limbeck.nlp.model.BertConfig;
import limbeck.nlp.model.BertFiles;
import limbeck.nlp.model.MaskedLanguageModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainRunTest {
  @TempDir Path folder;
  private final Map<String, Double> read = new HashMap<>();

  private PretrainPlan plan(Path teacher, int layers, List<Integer> copied) throws Exception {
    return plan(null, teacher, layers, copied, Corpora.settings(8, 2));
  }

  private PretrainPlan plan(
      PretrainStart start,
      Path teacher,
      int layers,
      List<Integer> copied,
      PretrainSettings settings)
      throws Exception {
    Path text = Corpora.text(folder, 600);
    return new PretrainPlan(
        List.of(text.toString()),
        null,
        120,
        layers,
        16,
        2,
        0.1,
        0.05,
        true,
        0.15,
        Corpora.STEPS,
        start,
        teacher,
        copied,
        PretrainMethod.DISTILBERT,
        5,
        2,
        1,
        2,
        settings);
  }

  /** Stops it after so many steps of this start; 0: never. */
  private String run(PretrainPlan plan, Path out, int stopAfter) throws Exception {
    read.clear();
    PretrainRun[] run = new PretrainRun[1];
    int[] steps = new int[1];
    PretrainWatcher watcher =
        new PretrainWatcher() {
          @Override
          public void note(String line) {
            assertTrue(!line.isBlank());
          }

          @Override
          public void reading(String what, double share) {
            Double before = read.put(what, share);
            assertTrue(share >= (before == null ? 0 : before) && share <= 1, what + share);
          }

          @Override
          public void stepped(long step, long all, double loss, long tokens) {
            if (++steps[0] == stopAfter) {
              run[0].stop();
            }
          }
        };
    run[0] = new PretrainRun(plan, out, watcher, 1e9);
    return WeightHash.of(run[0].run(new OpContext()).state());
  }

  @Test
  void stoppedAndResumedItEndsWithTheSameBits() throws Exception {
    PretrainPlan plan = plan(null, 2, List.of());
    Path whole = folder.resolve("whole");
    String hash = run(plan, whole, 0);
    Path parts = folder.resolve("parts");
    assertThrows(StoppedException.class, () -> run(plan, parts, 2));
    assertThrows(StoppedException.class, () -> run(plan, parts, 3));
    assertEquals(hash, run(plan, parts, 0));
    assertEquals(hash, run(plan, parts, 0)); // and once more: nothing is left to do
    assertEquals(curve(whole), curve(parts));
    assertEquals(hash, WeightHash.of(PretrainRun.load(parts).state()));
  }

  private static String curve(Path out) throws Exception {
    return Json.write(points(out));
  }

  private static List<?> points(Path out) throws Exception {
    Map<?, ?> record = (Map<?, ?>) Json.read(out.resolve(PretrainFolder.RECORD));
    assertEquals(true, record.get("done"));
    return (List<?>) record.get("curve");
  }

  /** How the reading of texts goes is told to the end, and nothing is read again. */
  @Test
  void progressIsTold() throws Exception {
    run(plan(null, 1, List.of()), folder.resolve("out"), 0);
    assertEquals(Map.of("counting words", 1.0, "joining pieces", 1.0, "cutting texts", 1.0), read);
    run(plan(null, 1, List.of()), folder.resolve("out"), 0);
    assertEquals(Map.of(), read);
  }

  /** Begun with all layers of another model, it says what that says: the same loss, bit for bit. */
  @Test
  void aCopyBeginsWhereTheOtherEnds() throws Exception {
    Path small = folder.resolve("small");
    String hash = run(plan(null, 2, List.of()), small, 0);
    PretrainSettings none = new PretrainSettings(0, 8, 2, 3e-3, 0.1, 0.01, 1, true, 9);
    for (List<Integer> layers : List.of(List.<Integer>of(), List.of(0, 1))) {
      Path copy = folder.resolve("copy" + layers.size());
      PretrainStart start = new PretrainStart(small, layers);
      assertEquals(hash, run(plan(start, null, 2, List.of(), none), copy, 0));
      Map<?, ?> last = (Map<?, ?>) points(small).get(points(small).size() - 1);
      Map<?, ?> first = (Map<?, ?>) points(copy).get(0);
      assertEquals(0L, first.get("step"));
      assertEquals(last.get("loss"), first.get("loss"));
    }
  }

  /** Stacked, each layer begins as that which it is named by, and training can be stopped. */
  @Test
  void aStackOfLayersIsTrained() throws Exception {
    Path small = folder.resolve("small");
    run(plan(null, 2, List.of()), small, 0);
    Map<String, Tensor> parts = PretrainRun.load(small).state();
    PretrainStart start = new PretrainStart(small, List.of(0, 1, 0, 1));
    PretrainSettings none = new PretrainSettings(0, 8, 2, 3e-3, 0.1, 0.01, 1, true, 9);
    Path untrained = folder.resolve("untrained");
    run(plan(start, null, 4, List.of(), none), untrained, 0);
    Map<String, Tensor> stack = PretrainRun.load(untrained).state();
    String layers = "bert.encoder.layers.";
    int stacked = 0;
    for (String path : stack.keySet()) {
      String of = path;
      if (path.startsWith(layers)) {
        int layer = path.charAt(layers.length()) - '0';
        of = layers + layer % 2 + path.substring(layers.length() + 1);
        stacked++;
      }
      assertArrayEquals(parts.get(of).own().floats(), stack.get(path).own().floats(), path);
    }
    assertEquals(4 * 16, stacked); // four linear maps of attention, two others, two norms

    PretrainPlan plan = plan(start, null, 4, List.of(), Corpora.settings(8, 2));
    String hash = run(plan, folder.resolve("whole"), 0);
    Path stopped = folder.resolve("stopped");
    assertThrows(StoppedException.class, () -> run(plan, stopped, 3));
    assertEquals(hash, run(plan, stopped, 0));
  }

  @Test
  void whatDoesNotFitIsNoStart() throws Exception {
    Path small = folder.resolve("small");
    run(plan(null, 2, List.of()), small, 0);
    assertNoStart(small, List.of(0, 2), 2, "no layer 2 of the other model; it has 0 to 1");
    assertNoStart(small, List.of(), 3, "3 layers begin with 2 of another model, [0, 1]");
    assertNoStart(small, List.of(0, 1), 3, "3 layers begin with 2 of another model's [0, 1]");
    Path wide = folder.resolve("wide");
    BertConfig config = BertConfig.bert(120, 32, 2, 2, 64);
    MaskedLanguageModel model = new MaskedLanguageModel(config);
    model.init(1);
    BertFiles.save(model, config, "BertForMaskedLM", wide);
    Files.copy(small.resolve("vocab.txt"), wide.resolve("vocab.txt"));
    assertNoStart(wide, List.of(0, 1), 2, "width 16, 2 heads, 64 hidden units (gelu), 128 posi");
    List<String> words = new ArrayList<>(Files.readAllLines(small.resolve("vocab.txt")));
    Collections.swap(words, 10, 11);
    Path other = Files.write(folder.resolve("other.txt"), words);
    Files.move(small.resolve("vocab.txt"), small.resolve("old.txt"));
    Files.copy(other, small.resolve("vocab.txt"));
    PretrainPlan p =
        plan(new PretrainStart(small, List.of()), null, 2, List.of(), Corpora.settings(8, 2));
    PretrainPlan own = withVocab(p, small.resolve("old.txt"));
    FormatException e =
        assertThrows(FormatException.class, () -> run(own, folder.resolve("no"), 0));
    assertTrue(e.getMessage().contains("has another vocabulary, of 120 tokens"), e.getMessage());
  }

  /** A narrower student of fewer layers; what is learned along is part of the checkpoint. */
  @Test
  void layersAndAttentionAreLearntAndGoOnToTheSameBits() throws Exception {
    Path large = folder.resolve("large");
    run(plan(null, 2, List.of()), large, 0);
    Set<String> hashes = new HashSet<>();
    for (PretrainMethod method : PretrainMethod.values()) {
      PretrainPlan p = taught(plan(large, 1, List.of()), method);
      Path whole = folder.resolve(method + "whole");
      String hash = run(p, whole, 0);
      Path parts = folder.resolve(method + "parts");
      assertThrows(StoppedException.class, () -> run(p, parts, 3));
      assertEquals(hash, run(p, parts, 0));
      assertTrue(hashes.add(hash), "another method has these weights: " + method);
    }
  }

  /** What was pretrained before there were methods goes on as the pretraining that it was. */
  @Test
  void plansOfDistilbertAreWhatTheyWere() throws Exception {
    Path large = folder.resolve("large");
    run(plan(null, 2, List.of()), large, 0);
    PretrainPlan p = plan(large, 1, List.of());
    Map<String, Object> usual = PretrainFolder.identity(p);
    assertEquals(List.of(5.0, 2.0, 1.0, 2.0), usual.get("weights"));
    assertFalse(usual.containsKey("method"));
    Map<String, Object> other = PretrainFolder.identity(taught(p, PretrainMethod.of("minilm")));
    assertEquals("minilm", other.get("method"));
    assertFalse(other.containsKey("weights"));
    assertThrows(IllegalArgumentException.class, () -> PretrainMethod.of("bert"));
  }

  /** Of width 8, where hidden states need not be as wide as the teacher's. */
  private static PretrainPlan taught(PretrainPlan p, PretrainMethod method) {
    return new PretrainPlan(
        p.sources(),
        p.vocab(),
        p.vocabSize(),
        p.layers(),
        8,
        p.heads(),
        p.dropout(),
        p.deviation(),
        p.sines(),
        p.masked(),
        p.steps(),
        null,
        p.teacher(),
        List.of(),
        method,
        p.soft(),
        p.hard(),
        0,
        p.temperature(),
        p.settings());
  }

  @Test
  void aTeacherWithOtherTokensIsRefused() throws Exception {
    Path large = folder.resolve("large");
    run(plan(null, 2, List.of()), large, 0);
    List<String> words = new ArrayList<>(Files.readAllLines(large.resolve("vocab.txt")));
    Collections.swap(words, 10, 11);
    Path other = Files.write(folder.resolve("other.txt"), words);
    PretrainPlan p = withVocab(plan(large, 2, List.of()), other);
    FormatException e = assertThrows(FormatException.class, () -> run(p, folder.resolve("no"), 0));
    assertTrue(
        e.getMessage().contains("the model that teaches has another vocabulary"), e.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> taught(plan(null, 1, List.of()), PretrainMethod.MINILM));
  }

  private static PretrainPlan withVocab(PretrainPlan p, Path vocab) {
    return new PretrainPlan(
        p.sources(),
        vocab,
        p.vocabSize(),
        p.layers(),
        p.width(),
        p.heads(),
        p.dropout(),
        p.deviation(),
        p.sines(),
        p.masked(),
        p.steps(),
        p.start(),
        p.teacher(),
        p.copied(),
        p.method(),
        p.soft(),
        p.hard(),
        p.cosine(),
        p.temperature(),
        p.settings());
  }

  private void assertNoStart(Path from, List<Integer> layers, int of, String message) {
    PretrainStart start = new PretrainStart(from, layers);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                run(
                    plan(start, null, of, List.of(), Corpora.settings(8, 2)),
                    folder.resolve("no" + layers + of),
                    0));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  /** A folder of an earlier version goes on: what most plans do without is no part of them. */
  @Test
  void plansKeepTheirIdentity() throws Exception {
    PretrainPlan plan = plan(null, 2, List.of());
    assertEquals(
        "7fe02c2f972cfc6bf2e7199649b2283e5a8d9a85673710306cf873d2489503c7",
        PretrainFolder.hash(PretrainFolder.identity(plan)));
  }

  @Test
  void anotherPlanInTheSameFolderIsRefused() throws Exception {
    Path out = folder.resolve("one");
    assertThrows(StoppedException.class, () -> run(plan(null, 1, List.of()), out, 1));
    FormatException e =
        assertThrows(FormatException.class, () -> run(plan(null, 2, List.of()), out, 0));
    assertTrue(e.getMessage().contains("holds another pretraining"), e.getMessage());
  }

  /** A teacher, a student of one of its layers, and a network that begins with the student. */
  @Test
  void aTeacherTeachesAStudentThatIsFineTuned() throws Exception {
    Path teacher = folder.resolve("teacher");
    run(plan(null, 2, List.of()), teacher, 0);
    Path student = folder.resolve("student");
    run(plan(teacher, 1, List.of(1)), student, 0);
    Network network =
        Architectures.of("pretrained:" + student)
            .build(GeneratedTask.SENTIMENT.draw("x", 1, 50), "plain", DropoutRates.NONE);
    network.begin(1);
    assertNotNull(network.program());
    Network part =
        Architectures.of("pretrained:" + teacher + "#1")
            .build(GeneratedTask.SENTIMENT.draw("x", 1, 50), "plain", DropoutRates.NONE);
    part.begin(1);
    assertEquals(network.parameters().count(), part.parameters().count());
    assertTrue(Files.exists(student.resolve("vocab.txt")));
    assertThrows(IllegalArgumentException.class, () -> plan(null, 1, List.of(1)));
    assertThrows(IllegalArgumentException.class, () -> plan(teacher, 2, List.of(1)));
  }
}
