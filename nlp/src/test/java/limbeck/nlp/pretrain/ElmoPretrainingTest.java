package limbeck.nlp.pretrain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Var;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.Json;
import limbeck.engine.io.WeightHash;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.StoppedException;
import limbeck.nlp.elmo.BiLanguageModel;
import limbeck.nlp.elmo.ElmoConfig;
import limbeck.nlp.elmo.ElmoFiles;
import limbeck.nlp.elmo.ElmoModels;
import limbeck.nlp.elmo.ElmoWords;
import limbeck.nlp.text.Vocab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElmoPretrainingTest {
  @TempDir Path folder;

  private static ElmoConfig small(boolean characters) {
    ElmoConfig usual = characters ? ElmoConfig.characters(60) : ElmoConfig.words(60);
    return usual.sizes(16, 24, 2);
  }

  private static ElmoPlan plan(Path text, boolean characters, int epochs) {
    return new ElmoPlan(
        List.of(text.toString()), small(characters), 12, new ElmoSettings(epochs, 8, 0.01, 1, 3));
  }

  /** Stops it after so many steps of this start; 0: never. */
  private static String run(ElmoPlan plan, Path out, int stopAfter) throws Exception {
    ElmoRun[] run = new ElmoRun[1];
    int[] steps = new int[1];
    PretrainWatcher watcher =
        new PretrainWatcher() {
          @Override
          public void note(String line) {
            assertFalse(line.isBlank());
          }

          @Override
          public void reading(String what, double share) {
            assertTrue(share >= 0 && share <= 1, what);
          }

          @Override
          public void stepped(long step, long all, double loss, long words) {
            assertTrue(words > 0 && step <= all);
            if (++steps[0] == stopAfter) {
              run[0].stop();
            }
          }
        };
    run[0] = new ElmoRun(plan, out, watcher, 1e9);
    return WeightHash.of(run[0].run(new OpContext()).state());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void stoppedAndResumedItEndsWithTheSameBits(boolean characters) throws Exception {
    ElmoPlan plan = plan(Corpora.text(folder, 200), characters, 2);
    Path whole = folder.resolve("whole");
    String hash = run(plan, whole, 0);
    Path parts = folder.resolve("parts");
    assertThrows(StoppedException.class, () -> run(plan, parts, 2));
    assertThrows(StoppedException.class, () -> run(plan, parts, 24)); // into the second epoch
    assertEquals(hash, run(plan, parts, 0));
    assertEquals(hash, WeightHash.of(ElmoFiles.load(parts).state()));
    assertEquals(points(whole), points(parts));
    ElmoPlan other = plan(folder.resolve("text.txt"), characters, 3);
    var e = assertThrows(FormatException.class, () -> run(other, parts, 0));
    assertTrue(e.getMessage().contains("holds another pretraining"), e.getMessage());
  }

  private static Object points(Path out) throws Exception {
    return ((Map<?, ?>) Json.read(out.resolve("pretraining.json"))).get("curve");
  }

  /** Whoever knows a word of these lines knows its neighbours. */
  @Test
  void itLearnsToCountInBothDirections() throws Exception {
    Path out = folder.resolve("counts");
    run(plan(Corpora.counting(folder, 400), false, 6), out, 0);
    List<?> curve = (List<?>) points(out);
    Map<?, ?> first = (Map<?, ?>) curve.get(0);
    Map<?, ?> last = (Map<?, ?>) curve.get(curve.size() - 1);
    for (String which : List.of("perplexityForward", "perplexityBackward")) {
      double before = ((Number) first.get(which)).doubleValue();
      double after = ((Number) last.get(which)).doubleValue();
      assertEquals(13, before, 2, "at first all 13 words are about as likely"); // 8 and 5 special
      assertTrue(after < 2, which + " " + after); // but the first word of each line is one of 8
      assertTrue(after > StrictMath.pow(8, 1.0 / 11) - 0.05, which + ": knows what it cannot");
    }
  }

  /** Every word is as likely as any other. */
  @Test
  void perplexityOfAUniformModelIsTheVocabulary() throws Exception {
    Path out = folder.resolve("uniform");
    run(plan(Corpora.text(folder, 200), false, 0), out, 0);
    BiLanguageModel model = ElmoFiles.load(out);
    Map<String, Tensor> state = new LinkedHashMap<>(model.state());
    for (String path : List.of("softmax.weight", "softmax.bias")) {
      state.put(path, Tensor.zeros(DType.F32, state.get(path).shape()));
    }
    model.load(state);
    ElmoConfig config = model.encoder().config();
    Vocab lexicon = Vocab.read(out.resolve("lexicon.txt"));
    ElmoWords words = ElmoWords.of(config, ElmoFiles.vocab(out, config));
    try (SentenceFile corpus = SentenceFile.open(out.resolve("tokens.blocks"))) {
      SentenceBatches batches = new SentenceBatches(corpus, lexicon, words, 1, 3);
      ElmoPretraining.Held held =
          new ElmoPretraining(model, batches, new ElmoSettings(1, 3, 1, 1, 1))
              .measure(new OpContext());
      assertEquals(config.vocabulary(), StrictMath.exp(held.forward()), 1e-9);
      assertEquals(config.vocabulary(), StrictMath.exp(held.backward()), 1e-9);
      assertTrue(held.guesses() > 4);
    }
  }

  private static SentenceBatch batch(boolean characters, int[]... sentences) {
    ElmoWords words = ElmoWords.of(ElmoModels.config(characters), ElmoModels.WORDS);
    return SentenceBatch.of(sentences, ElmoModels.WORDS, words);
  }

  private static float[][] guesses(BiLanguageModel model, SentenceBatch batch) {
    Tensor z =
        model
            .guesses(batch.states(model.encoder()), Var.of(batch.next()), Var.of(batch.previous()))
            .value();
    int n = z.shape().last();
    float[][] rows = new float[z.shape().axis(0)][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(z.floats(), z.offset() + i * n, z.offset() + (i + 1) * n);
    }
    return rows;
  }

  /** The word that is guessed must not show in its guess, in either direction. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noGuessSeesItsAnswer(boolean characters) {
    BiLanguageModel model = ElmoModels.model(characters, 8);
    int[] sentence = {5, 6, 7, 8, 13};
    SentenceBatch batch = batch(characters, sentence);
    int each = sentence.length + 1;
    assertArrayEquals(new int[] {5, 6, 7, 8, 13, 4, 3, 5, 6, 7, 8, 13}, batch.labels().ints());
    float[][] before = guesses(model, batch);
    for (int i = 0; i < sentence.length; i++) {
      int[] other = sentence.clone();
      other[i] = 9;
      float[][] after = guesses(model, batch(characters, other));
      assertArrayEquals(before[i], after[i], "next word " + i);
      assertArrayEquals(before[each + i + 1], after[each + i + 1], "previous word " + i);
      assertFalse(Arrays.equals(before[i + 1], after[i + 1]), "the next guess reads it");
      assertFalse(Arrays.equals(before[each + i], after[each + i]), "as does that before");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void neitherPaddingNorTheBatchShows(boolean characters) {
    BiLanguageModel model = ElmoModels.model(characters, 9);
    int[][] sentences = {{5, 6}, {8}, {5, 7, 9, 9, 11, 12}, {10, 13, 14}};
    SentenceBatch all = batch(characters, sentences);
    float[][] together = guesses(model, all);
    assertEquals(12, all.words());
    int at = 0;
    for (int[] sentence : sentences) {
      float[][] alone = guesses(model, batch(characters, sentence));
      int each = sentence.length + 1;
      for (int i = 0; i < each; i++) {
        assertArrayEquals(alone[i], together[at + i]);
        assertArrayEquals(alone[each + i], together[all.guesses() / 2 + at + i]);
      }
      at += each;
    }
  }

  @Test
  void wordsOutsideAreUnknownAsAnswers() {
    ElmoWords few = ElmoWords.of(ElmoModels.config(true), Lexicon.vocabulary(ElmoModels.WORDS, 7));
    SentenceBatch batch = SentenceBatch.of(new int[][] {{5, 8}}, ElmoModels.WORDS, few);
    assertArrayEquals(new int[] {5, 1, 4, 3, 5, 1}, batch.labels().ints());
    ElmoWords all = ElmoWords.of(ElmoModels.config(true), ElmoModels.WORDS);
    SentenceBatch known = SentenceBatch.of(new int[][] {{5, 8}}, ElmoModels.WORDS, all);
    assertArrayEquals(known.spelled().ints(), batch.spelled().ints(), "but they are spelled");
  }

  @Test
  void everyFiftiethSentenceIsHeldOutAndAllOthersComeOnceAnEpoch() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 130; i++) {
      text.append("w" + i).append(" again".repeat(i % 7)).append("\n");
    }
    Path file = Files.writeString(folder.resolve("numbered.txt"), text);
    Vocab lexicon = Lexicon.of(List.of(file.toString()));
    Path binary = folder.resolve("sentences");
    SentenceFile.write(binary, List.of(file.toString()), Lexicon.cutter(lexicon), 4);
    try (SentenceFile corpus = SentenceFile.open(binary)) {
      int longer = 2 * (130 / 7); // those of 6 and 7 words are cut in two
      assertTrue(corpus.size() >= 130 + longer, "sentences " + corpus.size());
      ElmoWords words = ElmoWords.of(ElmoModels.config(false), lexicon);
      SentenceBatches batches = new SentenceBatches(corpus, lexicon, words, 5, 7);
      assertEquals(corpus.size() / 50, batches.held());
      int[] seen = new int[lexicon.size()];
      for (int epoch = 0; epoch < 2; epoch++) {
        for (int k = 0; k < batches.perEpoch(); k++) {
          for (int label : batches.batch(epoch, k).labels().ints()) {
            seen[label]++;
          }
        }
      }
      int[] all = new int[lexicon.size()];
      for (int i = 0; i < corpus.size(); i++) {
        if (i % 50 != 49) {
          Arrays.stream(corpus.read(i)).forEach(w -> all[w] += 4); // both epochs, both directions
        }
      }
      for (int w = 5; w < all.length; w++) {
        assertEquals(all[w], seen[w], lexicon.token(w));
      }
    }
  }

  @Test
  void damagedFilesOfSentencesAreRefused() throws Exception {
    Path text = Corpora.text(folder, 100);
    Path file = folder.resolve("sentences");
    Vocab lexicon = Lexicon.of(List.of(text.toString()));
    SentenceFile.write(file, List.of(text.toString()), Lexicon.cutter(lexicon), 50);
    byte[] right = Files.readAllBytes(file);
    for (int at = 0; at < 24; at++) {
      byte[] wrong = right.clone();
      wrong[at] ^= 0x41;
      Files.write(file, wrong);
      assertThrows(FormatException.class, () -> SentenceFile.open(file).close(), "byte " + at);
    }
    Files.write(file, Arrays.copyOf(right, right.length - 1));
    assertThrows(FormatException.class, () -> SentenceFile.open(file).close());
    Files.write(file, Arrays.copyOf(right, 11));
    assertThrows(FormatException.class, () -> SentenceFile.open(file).close());
  }

  @Test
  void tooFewSentencesAndSettingsWithoutSense() throws Exception {
    Path few = Files.writeString(folder.resolve("few.txt"), "a b\nc d\n");
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> run(plan(few, false, 1), folder.resolve("few"), 0));
    assertTrue(e.getMessage().contains("2 sentences; 50 at least"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new ElmoSettings(1, 0, 1, 1, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ElmoPlan(List.of(), small(true), 5, new ElmoSettings(1, 1, 1, 1, 1)));
  }
}
