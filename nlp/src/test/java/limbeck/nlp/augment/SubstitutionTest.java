package limbeck.nlp.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.data.Expansions;
import limbeck.nlp.data.TextDataset;
import limbeck.nlp.data.TextExample;
import limbeck.nlp.model.BertConfig;
import limbeck.nlp.model.BertFiles;
import limbeck.nlp.model.MaskedLanguageModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sentences made by putting likely words in the place of words. */
class SubstitutionTest {
  private static final List<String> WORDS = List.of("a", "b", "c", "d", "e");
  private static final WordSubstitution.Candidates BY_LETTER =
      (words, i) ->
          words.get(i).equals("e") ? List.of() : List.of(words.get(i) + 0, words.get(i) + 1);

  @TempDir Path folder;

  /** Binomial, within four deviations; both candidates come equally often. */
  @Test
  void wordsAreReplacedAsOftenAsAskedFor() {
    WordSubstitution how = new WordSubstitution(0.4, 2);
    int turns = 5_000;
    int replaced = 0;
    int first = 0;
    for (int seed = 0; seed < turns; seed++) {
      List<String> made = how.of(WORDS, BY_LETTER, new Philox(seed));
      assertEquals("e", made.get(4)); // nothing may stand in its place
      for (int i = 0; i < 4; i++) {
        replaced += made.get(i).equals(WORDS.get(i)) ? 0 : 1;
        first += made.get(i).endsWith("0") ? 1 : 0;
      }
    }
    assertShare(0.4, replaced, 4 * turns);
    assertShare(0.5, first, replaced);
    assertEquals(WORDS, new WordSubstitution(0, 2).of(WORDS, BY_LETTER, new Philox(1)));
    assertFalse(new WordSubstitution(1, 2).of(WORDS, BY_LETTER, new Philox(1)).contains("a"));
  }

  private static void assertShare(double expected, int count, int of) {
    double deviation = Math.sqrt(expected * (1 - expected) / of);
    assertEquals(expected, (double) count / of, 4 * deviation);
  }

  @Test
  void theLikeliestComeFirst() {
    Tensor row = Tensor.of(Shape.of(6), 9.0, 1.0, 3.0, 2.0, 3.0, 7.0);
    assertEquals(List.of(4, 1, 3), Likeliest.of(row, 1, 5, 3, i -> true));
    assertEquals(List.of(1, 3), Likeliest.of(row, 1, 5, 2, i -> i != 4));
    assertEquals(List.of(), Likeliest.of(row, 0, 6, 2, i -> false));
  }

  private Path vectors() throws Exception {
    return Files.writeString(
        folder.resolve("vectors.txt"),
        "good 1 0.1\nfine 10 2\nbad -1 0.2\npoor -9 1\nodd 0 1\nelse 1 0\n");
  }

  @Test
  void neighboursAreThoseOfLargestCosine() throws Exception {
    WordNeighbours near =
        new WordNeighbours(List.of("good", "fine", "bad", "poor", "odd", "new"), vectors(), 2);
    assertEquals(List.of("fine", "odd"), near.of(List.of("good"), 0));
    assertEquals(List.of("poor", "odd"), near.of(List.of("x", "bad"), 1));
    assertEquals(List.of(), near.of(List.of("new"), 0)); // without a vector
    assertEquals(List.of(), near.of(List.of("else"), 0)); // not of the set
  }

  private Path model() throws Exception {
    List<String> vocab =
        List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "good", "bad", "fine", "odd", "##ly");
    Files.write(folder.resolve("vocab.txt"), vocab);
    BertConfig config = BertConfig.bert(vocab.size(), 8, 1, 2, 16).positions(12).deviation(0.5);
    MaskedLanguageModel model = new MaskedLanguageModel(config);
    model.init(3);
    BertFiles.save(model, config, "BertForMaskedLM", folder);
    return folder;
  }

  /** Every other whole word is guessed where as many are asked for, in an order of the place. */
  @Test
  void aModelGuessesOtherWholeWords() throws Exception {
    MaskedGuesses guesses = new MaskedGuesses(model(), 9);
    List<String> words = List.of("good", "oddly", "zzz", "bad", "good");
    assertEquals(Set.of("bad", "fine", "odd"), new HashSet<>(guesses.of(words, 0)));
    assertEquals(Set.of("good", "fine", "odd"), new HashSet<>(guesses.of(words, 3)));
    assertEquals(List.of(), guesses.of(words, 1)); // two pieces
    assertEquals(List.of(), guesses.of(words, 2)); // none
    assertEquals(guesses.of(words, 0).subList(0, 1), new MaskedGuesses(folder, 1).of(words, 0));
    List<String> much = Collections.nCopies(14, "good");
    assertEquals(List.of(), guesses.of(much, 10)); // of 12 steps the last is [SEP]
    assertEquals(3, guesses.of(much, 9).size());
  }

  private static TextDataset set() {
    return new TextDataset(
        "set",
        List.of("no", "yes"),
        List.of(
            new TextExample("good , fine oddly", null, 1),
            new TextExample("bad and poor", null, 0)));
  }

  private static List<String> texts(TextDataset set) {
    return IntStream.range(0, set.size())
        .mapToObj(i -> set.text(i).first() + " " + set.label(i))
        .toList();
  }

  @Test
  void anExpansionIsAFunctionOfItsSeed() throws Exception {
    String name = "tinybert:5,model=" + model() + ",vectors=" + vectors() + ",candidates=2";
    List<String> made = texts((TextDataset) Expansions.of(name).of(set()));
    assertEquals(made, texts((TextDataset) Expansions.of(name).of(set())));
    assertNotEquals(made, texts((TextDataset) Expansions.of(name + ",seed=2").of(set())));
    assertEquals("good , fine oddly 1", made.get(0));
    assertTrue(made.size() > 4, "" + made);
    assertEquals(made.size(), new HashSet<>(made).size(), "none comes twice");
    assertEquals(2, texts((TextDataset) Expansions.of(name + ",replace=0").of(set())).size());
  }

  @Test
  void whatIsWrittenWronglyIsNamed() throws Exception {
    assertRefused("tinybert:20", "model=<folder> or vectors=<file> expected");
    assertRefused("tinybert:x,vectors=f", "written as tinybert:<turns>");
    assertRefused("tinybert:2,vectors=f,seed=x", "written as tinybert:<turns>");
    assertRefused("tinybert:2,vector=f", "written as tinybert:<turns>");
    assertRefused("tinybert:2,vectors=f,replace=2", "probability 2.0");
    assertRefused("tinybert:2,vectors=f,candidates=0", "candidates 0");
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Expansions.of("tinybert:2,vectors=" + folder.resolve("none")).identity());
    assertTrue(e.getMessage().contains("there is no such file"), e.getMessage());
  }

  private static void assertRefused(String name, String message) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Expansions.of(name));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
