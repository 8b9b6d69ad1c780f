package limbeck.nlp.elmo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.ProjectedLstm;
import limbeck.autograd.verify.ModelCheck;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.WeightHash;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElmoEncoderTest {
  private static final List<String> TEXT =
      List.of("the", "film", "is", "not", "unwatchable", "but", "good", ".");

  private static long count(Module m) {
    return m.init(1).parameters().count();
  }

  @Test
  void sizesOfTheSmallModels() {
    assertEquals(60_256, count(new CharacterEncoder(ElmoConfig.characters(8000))));
    assertEquals(1_244_000, count(new ElmoEncoder(ElmoConfig.characters(8000))));
    assertEquals(2_207_744, count(new ElmoEncoder(ElmoConfig.words(8000))));
  }

  @Test
  void sizesOfThePublishedModel() {
    ElmoConfig c = ElmoConfig.published(800_000 / 16);
    long words = count(new CharacterEncoder(c));
    long layer = count(new ProjectedLstm(c.width(), c.hidden(), c.width(), false, c.clip()));
    assertEquals(18_037_856, words);
    assertEquals(18_890_752, layer);
    assertEquals(93_600_864, words + 2 * c.layers() * layer);
  }

  private static Tensor tokens(ElmoWords words, List<String> text) {
    int n = text.size() + ElmoWords.FRAME;
    int[] to = new int[n * words.stride()];
    words.write(text, to, 0);
    return Tensor.view(
        to, 0, words.letters() == 0 ? Shape.of(1, n) : Shape.of(1, n, words.letters()));
  }

  private static ElmoEncoder.States states(ElmoEncoder encoder, List<String> text) {
    ElmoWords words = ElmoWords.of(encoder.config(), ElmoModels.WORDS);
    Var x = encoder.vectors(Var.of(tokens(words, text)));
    return encoder.states(x, Var.of(Tensor.of(Shape.of(1), text.size() + ElmoWords.FRAME)));
  }

  private static float[] step(Var states, int t) {
    int n = states.shape().last();
    Tensor v = states.value();
    return Arrays.copyOfRange(v.floats(), v.offset() + t * n, v.offset() + (t + 1) * n);
  }

  /** So neither direction can see the word that it guesses. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aWordChangesOnlyWhatReadsIt(boolean characters) {
    ElmoEncoder encoder = ElmoModels.model(characters, 2).encoder();
    ElmoEncoder.States before = states(encoder, TEXT);
    for (int changed = 0; changed < TEXT.size(); changed++) {
      String[] other = TEXT.toArray(String[]::new);
      other[changed] = "never";
      ElmoEncoder.States after = states(encoder, List.of(other));
      int place = changed + 1; // behind the word that begins the text
      for (int layer = 0; layer < 2; layer++) {
        for (int t = 0; t < TEXT.size() + ElmoWords.FRAME; t++) {
          String where = "word " + changed + ", step " + t;
          same(t < place, before.forward().get(layer), after.forward().get(layer), t, where);
          same(t > place, before.backward().get(layer), after.backward().get(layer), t, where);
        }
      }
    }
  }

  private static void same(boolean expected, Var a, Var b, int t, String where) {
    assertEquals(expected, Arrays.equals(step(a, t), step(b, t)), where);
  }

  @Test
  void theDirectionsAreMirrored() {
    ElmoEncoder encoder = ElmoModels.model(false, 3).encoder();
    ElmoEncoder swapped = new ElmoEncoder(encoder.config());
    Map<String, Tensor> state = new LinkedHashMap<>();
    encoder
        .state()
        .forEach(
            (path, t) ->
                state.put(
                    path.startsWith("forward")
                        ? "backward" + path.substring("forward".length())
                        : path.startsWith("backward")
                            ? "forward" + path.substring("backward".length())
                            : path,
                    t));
    swapped.load(state);
    swapped.evaluate();
    int n = TEXT.size() + ElmoWords.FRAME;
    Tensor ids = tokens(ElmoWords.of(encoder.config(), ElmoModels.WORDS), TEXT);
    Tensor mirrored = Tensor.zeros(DType.I32, ids.shape());
    for (int t = 0; t < n; t++) {
      mirrored.ints()[t] = ids.ints()[n - 1 - t];
    }
    Var length = Var.of(Tensor.of(Shape.of(1), n));
    ElmoEncoder.States a = encoder.states(encoder.vectors(Var.of(ids)), length);
    ElmoEncoder.States b = swapped.states(swapped.vectors(Var.of(mirrored)), length);
    for (int layer = 0; layer < 2; layer++) {
      for (int t = 0; t < n; t++) {
        assertArrayEquals(
            step(a.forward().get(layer), t), step(b.backward().get(layer), n - 1 - t));
        assertArrayEquals(
            step(a.backward().get(layer), t), step(b.forward().get(layer), n - 1 - t));
      }
    }
  }

  /** What the second layer reads is added to what it says. */
  @Test
  void withoutASecondLayersWeightsTheFirstIsSeen() {
    ElmoEncoder encoder = ElmoModels.model(false, 4).encoder();
    Map<String, Tensor> state = new LinkedHashMap<>(encoder.state());
    Tensor projection = state.get("forward1.weight_hr");
    state.put("forward1.weight_hr", Tensor.zeros(DType.F32, projection.shape()));
    ElmoEncoder without = new ElmoEncoder(encoder.config());
    without.load(state);
    without.evaluate();
    ElmoEncoder.States s = states(without, TEXT);
    for (int t = 0; t < TEXT.size(); t++) {
      assertArrayEquals(step(s.forward().get(0), t), step(s.forward().get(1), t));
      assertFalse(Arrays.equals(step(s.backward().get(0), t), step(s.backward().get(1), t)));
    }
  }

  @Test
  void gradients() {
    ElmoConfig config = new ElmoConfig(true, 8, 3, 3, 2, 3, 0, 6, 2, List.of(2, 1, 2), 1);
    BiLanguageModel model = new BiLanguageModel(config);
    model.allocate(DType.F64).init(5);
    ElmoWords words = new ElmoWords(ElmoModels.WORDS, config.letters());
    Var tokens = Var.of(tokens(words, List.of("the", "film", "is")));
    Var length = Var.of(Tensor.of(Shape.of(1), 5));
    Var next = Var.of(Tensor.of(Shape.of(2), 0, 2));
    Var previous = Var.of(Tensor.of(Shape.of(2), 4, 1));
    ModelCheck.require(
        model,
        () -> {
          Var x = model.encoder().vectors(tokens);
          Var z = model.guesses(model.encoder().states(x, length), next, previous);
          return z.times(z).sum();
        },
        1e-6);
  }

  @Test
  void wordsAreSpelled() {
    ElmoWords words = new ElmoWords(ElmoModels.WORDS, 8);
    int[] to = new int[4 * 8];
    words.write(List.of("is", "unwatchable"), to, 0);
    assertArrayEquals(
        new int[] {
          259, 257, 260, 261, 261, 261, 261, 261, 259, 'i' + 1, 's' + 1, 260, 261, 261, 261, 261,
          259, 'u' + 1, 'n' + 1, 'w' + 1, 'a' + 1, 't' + 1, 'c' + 1, 260, 259, 258, 260, 261, 261,
          261, 261, 261
        },
        to);
  }

  @Test
  void aFolderIsReadAsItWasWritten(@TempDir Path parent) throws Exception {
    for (boolean characters : new boolean[] {false, true}) {
      Path folder = ElmoModels.folder(parent, characters, 6);
      BiLanguageModel read = ElmoFiles.load(folder);
      BiLanguageModel written = ElmoModels.model(characters, 6);
      assertEquals(written.encoder().config(), read.encoder().config());
      written
          .state()
          .forEach(
              (path, t) ->
                  assertEquals(
                      WeightHash.of(Map.of(path, t)),
                      WeightHash.of(Map.of(path, read.state().get(path)))));
    }
  }

  @Test
  void foldersAreHostile(@TempDir Path parent) throws Exception {
    var none = assertThrows(FormatException.class, () -> ElmoFiles.config(parent));
    assertEquals(
        parent
            + " has no config.json; a language model's folder expected, as limbeck pretrain-elmo"
            + " writes them",
        none.getMessage());
    Path folder = ElmoModels.folder(parent, false, 7);
    Path config = folder.resolve(ElmoFiles.CONFIG);
    String right = Files.readString(config);
    for (String wrong :
        List.of(
            "[]",
            "{}",
            right.replace("limbeck-elmo", "bert"),
            right.replace("\"width\": 6", "\"width\": 1e9"),
            right.replace("\"layers\": 2", "\"layers\": -1"),
            right.replace("\"width\": 6", "\"width\": 5"))) {
      Files.writeString(config, wrong);
      assertThrows(FormatException.class, () -> ElmoFiles.load(folder), wrong);
    }
    Files.writeString(config, right);
    Files.writeString(folder.resolve(ElmoFiles.VOCAB), "<pad>\n<unk>\n");
    ElmoConfig read = ElmoFiles.config(folder);
    assertThrows(FormatException.class, () -> ElmoFiles.vocab(folder, read));
  }
}
