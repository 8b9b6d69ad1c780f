package limbeck.nlp.pretrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import limbeck.autograd.ParameterStore;
import limbeck.engine.exec.Workers;
import limbeck.engine.io.WeightHash;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;
import limbeck.nlp.model.MaskedLanguageModel;
import limbeck.nlp.text.WordPiece;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainingTest {
  private final OpContext context = new OpContext(Workers.inline());
  private WordPiece pieces;
  private TokenBlocks corpus;

  @BeforeEach
  void draw(@TempDir Path folder) throws Exception {
    Path text = Corpora.text(folder, 600);
    pieces = Corpora.pieces(text);
    corpus = Corpora.blocks(folder, text, pieces);
  }

  @AfterEach
  void close() throws Exception {
    corpus.close();
  }

  private Pretraining training(
      MaskedLanguageModel model, PretrainTeacher teacher, PretrainSettings s) {
    return new Pretraining(model, teacher, corpus, Masking.bert(pieces.vocab()), s);
  }

  private static String hash(Pretraining p) {
    return WeightHash.of(p.model().state());
  }

  @Test
  void learnsToGuess(@TempDir Path other) throws Exception {
    Path text = Corpora.counting(other, 800);
    WordPiece words = Corpora.pieces(text);
    PretrainSettings s = new PretrainSettings(12, 8, 1, 1e-2, 0.1, 0.01, 1, true, 1);
    try (TokenBlocks blocks = Corpora.blocks(other, text, words)) {
      MaskedLanguageModel model = Corpora.model(words, 1, 0);
      Pretraining p = new Pretraining(model, null, blocks, Masking.bert(words.vocab()), s);
      Pretraining.Held before = p.measure(context);
      while (p.step() < p.steps()) {
        p.advance(context);
      }
      Pretraining.Held after = p.measure(context);
      assertTrue(after.accuracy() > 0.8 && after.loss() < 1, before + " " + after);
      assertEquals(before.hidden(), after.hidden());
      assertEquals(after, p.measure(context)); // the same tokens are hidden
    }
  }

  /**
   * In double arithmetic the gradient of a batch in four parts is that of the whole. Both are sums
   * of the same terms, of 16 · 24 steps at most, in another order, and behind each term lie chains
   * of at most 120 terms (the vocabulary) through a dozen ops: some 10⁴ roundings of 2⁻⁵³ = 10⁻¹⁶
   * in all. So they are 10⁻¹² apart at most, measured by the whole gradient, as in a single number
   * terms may cancel. Parts that counted by their number, and not by their tokens, differ in the
   * second digit.
   */
  @Test
  void gradientsOfPartsAddUpToThatOfTheWhole() throws Exception {
    for (boolean taught : new boolean[] {false, true}) {
      ParameterStore one = gradient(16, 1, taught);
      ParameterStore four = gradient(4, 4, taught);
      double norm = norm(one.gradients());
      assertTrue(norm > 0.1, "" + norm);
      for (int i = 0; i < one.count(); i++) {
        assertEquals(one.gradients().get(i), four.gradients().get(i), 1e-12 * norm, "number " + i);
      }
    }
  }

  private ParameterStore gradient(int micro, int accumulate, boolean taught) throws Exception {
    MaskedLanguageModel model = doubles(4);
    PretrainTeacher teacher = taught ? new PretrainTeacher(doubles(5), 5, 2, 1, 2) : null;
    training(model, teacher, Corpora.settings(micro, accumulate)).gradient(context);
    return model.parameters();
  }

  private MaskedLanguageModel doubles(long seed) {
    MaskedLanguageModel model =
        new MaskedLanguageModel(Corpora.model(pieces, 1, 0).bert().config());
    model.allocate(DType.F64).init(seed);
    return model;
  }

  private static double norm(Tensor t) {
    double squares = 0;
    for (int i = 0; i < t.size(); i++) {
      squares += t.get(i) * t.get(i);
    }
    return Math.sqrt(squares);
  }

  /**
   * A batch in four parts is the same step as in one, but for roundings. Losses are means of some
   * fifty numbers, each off by a few hundred roundings of 2⁻²⁴ at most. Of weights: a step moves a
   * number by rate · m / (√v + 10⁻⁶), and numbers of a clipped gradient, of norm 1 at most, are
   * some 2 · 2⁻²⁴ off; so where a gradient is nothing but roundings, steps differ by 0.12 · rate.
   * The first three rates of 72 steps, of which a tenth warm up to 0.003, add up to 0.0012.
   */
  @Test
  void partsOfABatchCountByTheirTokens() throws Exception {
    Pretraining one = training(Corpora.model(pieces, 1, 0), null, Corpora.settings(16, 1));
    Pretraining four = training(Corpora.model(pieces, 1, 0), null, Corpora.settings(4, 4));
    assertEquals(one.steps(), four.steps());
    for (int i = 0; i < 3; i++) {
      double loss = one.advance(context);
      assertEquals(loss, four.advance(context), 1e-5 * loss);
    }
    Map<String, Tensor> a = one.model().state();
    Map<String, Tensor> b = four.model().state();
    a.forEach(
        (name, t) -> {
          for (int i = 0; i < t.size(); i++) {
            assertEquals(t.get(i), b.get(name).get(i), 2e-4, name);
          }
        });
  }

  @Test
  void resumedTrainingHasTheSameBits() throws Exception {
    PretrainSettings s = Corpora.settings(4, 2);
    Pretraining whole = training(Corpora.model(pieces, 2, 0.1), null, s);
    Pretraining first = training(Corpora.model(pieces, 2, 0.1), null, s);
    for (int i = 0; i < 9; i++) {
      whole.advance(context);
      if (i < 4) {
        first.advance(context);
      }
    }
    Pretraining second = training(Corpora.model(pieces, 2, 0.1), null, s);
    second.resume(4, first.state());
    try (Workers three = Workers.of(3)) {
      OpContext other = new OpContext(three);
      for (int i = 0; i < 5; i++) {
        second.advance(other);
      }
    }
    assertEquals(hash(whole), hash(second));
  }

  @Test
  void dynamicMasksDifferFromEpochToEpochAndStaticOnesDoNot() throws Exception {
    for (boolean dynamic : new boolean[] {true, false}) {
      Blocks blocks = new Blocks(corpus, Masking.bert(pieces.vocab()), 0, 1, dynamic);
      int[] hidden = new int[2];
      for (int epoch = 0; epoch < 2; epoch++) {
        hidden[epoch] = blocks.batch(epoch, 0, blocks.trained()).hidden();
      }
      assertEquals(!dynamic, hidden[0] == hidden[1]); // a count tells them apart here
    }
  }

  /** With all layers of its teacher and no dropout a student has nothing to learn from him. */
  @Test
  void aCopyOfTheTeacherHasNoLoss() throws Exception {
    MaskedLanguageModel teacher = Corpora.model(pieces, 2, 0);
    MaskedLanguageModel student = new MaskedLanguageModel(teacher.bert().config());
    student.init(99);
    assertNotEquals(WeightHash.of(teacher.state()), WeightHash.of(student.state()));
    LayerCopy.into(student, teacher, List.of(0, 1));
    assertEquals(WeightHash.of(teacher.state()), WeightHash.of(student.state()));
    PretrainTeacher taught = new PretrainTeacher(teacher, 5, 0, 1, 2);
    assertEquals(0, training(student, taught, Corpora.settings(8, 1)).advance(context), 1e-6);
  }

  /** A copy's layers and attention are the teacher's; the parts of a step add up to the whole. */
  @Test
  void insidesThatAreLearnt() throws Exception {
    MaskedLanguageModel teacher = Corpora.model(pieces, 2, 0);
    for (PretrainMethod method : List.of(PretrainMethod.TINYBERT, PretrainMethod.MINILM)) {
      PretrainTeacher taught = new PretrainTeacher(teacher, method, 5, 2, 1, 2);
      MaskedLanguageModel copy = Corpora.model(pieces, 2, 0);
      assertEquals(0, training(copy, taught, Corpora.settings(8, 1)).advance(context), method + "");
      double whole = training(other(), taught, Corpora.settings(8, 1)).advance(context);
      double parts = training(other(), taught, Corpora.settings(2, 4)).advance(context);
      assertTrue(whole > 1e-3, method + ": " + whole);
      assertEquals(whole, parts, 1e-6 * whole, method + ""); // a few roundings
    }
  }

  /** A model of one layer, and weights of its own. */
  private MaskedLanguageModel other() {
    MaskedLanguageModel model = Corpora.model(pieces, 1, 0);
    model.init(77);
    return model;
  }

  @Test
  void aTeacherOfAnotherVocabularyOrWidthIsRefused(@TempDir Path folder) throws Exception {
    MaskedLanguageModel model = Corpora.model(pieces, 1, 0);
    MaskedLanguageModel wide =
        new MaskedLanguageModel(
            limbeck.nlp.model.BertConfig.bert(pieces.vocab().size(), 32, 1, 2, 32)
                .positions(Corpora.STEPS));
    wide.init(1);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> training(model, new PretrainTeacher(wide, 1, 1, 1, 2), Corpora.settings(8, 1)));
    assertTrue(e.getMessage().contains("width 16"), e.getMessage());
    training(model, new PretrainTeacher(wide, 1, 1, 0, 2), Corpora.settings(8, 1)).advance(context);
  }
}
