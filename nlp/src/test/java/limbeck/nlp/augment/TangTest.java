package limbeck.nlp.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import limbeck.engine.random.Philox;
import limbeck.kd.Experiment;
import limbeck.kd.data.Expansion;
import limbeck.kd.data.Expansions;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.file.RecipeFile;
import limbeck.nlp.data.TaggedSentence;
import limbeck.nlp.data.TextDataset;
import limbeck.nlp.data.TextExample;
import limbeck.nlp.data.generated.GeneratedTask;
import limbeck.nlp.text.WordTokenizer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sentences made of sentences, and the tagger. */
class TangTest {
  private static final List<String> WORDS = List.of("a", "b", "c", "d", "e", "f", "g", "h");
  private static final List<String> TAGS = List.of("X", "X", "Y", "Y", "X", "Y", "X", "Y");
  private static final TagWords OTHERS = new TagWords(List.of(WORDS), List.of(TAGS));

  private static List<String> made(TangAugmentation how, long seed) {
    return how.of(WORDS, TAGS, OTHERS, new Philox(seed));
  }

  @Test
  void withoutAnyChanceNothingChanges() {
    assertEquals(WORDS, made(new TangAugmentation(0, 0, 0), 1));
    assertNull(made(new TangAugmentation(1, 0, 0), 1)); // all words hidden: left out
  }

  /** Binomial, within four deviations; words replaced keep their tags. */
  @Test
  void ratesAreThoseThatAreAskedFor() {
    TangAugmentation how = new TangAugmentation(0.1, 0.3, 0);
    int hidden = 0;
    int replaced = 0;
    int turns = 4_000;
    for (int seed = 0; seed < turns; seed++) {
      List<String> made = made(how, seed);
      assertEquals(WORDS.size(), made.size());
      for (int i = 0; i < WORDS.size(); i++) {
        String word = made.get(i);
        if (word.equals(WordTokenizer.HIDDEN)) {
          hidden++;
        } else {
          assertEquals(TAGS.get(i), TAGS.get(WORDS.indexOf(word)));
          replaced += word.equals(WORDS.get(i)) ? 0 : 1;
        }
      }
    }
    int all = turns * WORDS.size();
    assertShare(0.1, hidden, all);
    assertShare(0.3 * 3 / 4, replaced, all); // one of the four words of a tag is the word itself
  }

  private static void assertShare(double expected, int count, int of) {
    double deviation = Math.sqrt(expected * (1 - expected) / of);
    assertEquals(expected, (double) count / of, 4 * deviation);
  }

  @Test
  void partsAreWordsInARow() {
    Set<Integer> lengths = new HashSet<>();
    for (int seed = 0; seed < 500; seed++) {
      List<String> made = made(new TangAugmentation(0, 0, 1), seed);
      lengths.add(made.size());
      assertTrue(Collections.indexOfSubList(WORDS, made) >= 0, "" + made);
    }
    assertEquals(Set.of(1, 2, 3, 4, 5), lengths);
  }

  @Test
  void aSetIsExpandedByTextsThatAreNew() {
    TextDataset set = GeneratedTask.SENTIMENT.draw("set", 1, 200);
    Expansion five = Expansions.of("tang:5");
    TextDataset more = (TextDataset) five.of(set);
    assertSame(more, five.of(set));
    assertTrue(more.size() > 800 && more.size() <= 1_200, "" + more.size());
    Set<String> texts = new HashSet<>();
    for (int i = 200; i < more.size(); i++) {
      assertTrue(texts.add(more.text(i).first()), more.text(i).first());
    }
    for (int i = 0; i < 200; i++) {
      assertEquals(set.text(i).first(), more.text(i).first());
    }
    TextDataset again = GeneratedTask.SENTIMENT.draw("set", 1, 200);
    assertEquals(more.digest(), Expansions.of("tang:5").of(again).digest());
    assertNotEquals(more.digest(), Expansions.of("tang:5,seed=2").of(again).digest());
  }

  /** In turn the first, the second, both. */
  @Test
  void ofPairsEitherOrBothAreChanged() {
    List<TextExample> pairs = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      pairs.add(new TextExample("w" + i + " x y z u v", "p" + i + " q r s t o", 0));
    }
    TextDataset set = new TextDataset("pairs", List.of("any"), pairs);
    TextDataset more = (TextDataset) Expansions.of("tang:3,mask=0.5,ngram=0").of(set);
    int[] changed = new int[4];
    for (int i = 50; i < more.size(); i++) {
      boolean first = more.text(i).first().contains(WordTokenizer.HIDDEN);
      boolean second = more.text(i).second().contains(WordTokenizer.HIDDEN);
      changed[(first ? 1 : 0) + (second ? 2 : 0)]++;
    }
    assertTrue(
        changed[1] > 30 && changed[2] > 30 && changed[3] > 30, changed[1] + " " + changed[2]);
  }

  @Test
  void wrongNamesAreTold() {
    for (String name :
        List.of("tang:0", "tang:x", "tang:5,colour=1", "tang:5,mask", "tang:5,mask=2")) {
      assertThrows(IllegalArgumentException.class, () -> Expansions.of(name), name);
    }
    String message =
        assertThrows(IllegalArgumentException.class, () -> Expansions.of("tank:5")).getMessage();
    assertTrue(message.contains("there are tang:<turns>"), message);
  }

  /** A plan is checked before anything is made, and says which file it lacks. */
  @Test
  void aPlanMakesNothingYet(@TempDir Path folder) throws Exception {
    Path tags = Files.writeString(folder.resolve("tags.txt"), "this is no tagged sentence\n");
    assertEquals(2, experiment(tags).arms().size());
    Files.delete(tags);
    RecipeException e = assertThrows(RecipeException.class, () -> experiment(tags).arms());
    assertTrue(e.getMessage().endsWith("tags.txt: there is no such file"), e.getMessage());
  }

  private static Experiment experiment(Path tags) {
    String text =
        """
        name = "made"
        summary = "A bag of words is taught on sentences that are made."

        [data]
        format = "generated-sentiment:60+20"

        [defaults]
        epochs = 1

        [networks.teacher]
        network = "bag:8"

        [networks.distilled]
        network = "bag:8"
        expand = "tang:2,tags=FILE"
        terms = [{ method = "LogitMatching", teacher = "teacher" }]

        [[comparisons]]
        arm = "distilled"
        baseline = "teacher"
        claim = "It is as good"
        """;
    Recipe recipe = RecipeFile.of("made.toml", text.replace("FILE", tags.toString()), Path.of(""));
    return Experiment.of(
        recipe,
        recipe.defaults(),
        GeneratedTask.SENTIMENT.draw("train", 1, 60),
        GeneratedTask.SENTIMENT.draw("test", 2, 20),
        List.of(1L));
  }

  @Test
  void theTaggerLearnsWhatItIsShown(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("tags.txt"),
            "the DT\ndog NN\nruns VB\n\na DT\ncat NN\nsleeps VB\n\nthe DT\ncats NN\nrun VB\n");
    List<TaggedSentence> sentences = TaggedSentence.read(file, 0, 1);
    PerceptronTagger tagger = PerceptronTagger.of(sentences);
    assertEquals(1, tagger.accuracy(sentences));
    assertEquals(List.of("DT", "NN", "VB"), tagger.tag(List.of("the", "frog", "jumps")));
    assertThrows(IllegalArgumentException.class, () -> PerceptronTagger.of(List.of()));
  }

  /** CoNLL-2000, whose test part has 47,377 words; the same on every JVM. */
  @Test
  void publishedSentencesAreTaggedWell() throws Exception {
    String data = System.getenv("LIMBECK_DATA");
    Assumptions.assumeTrue(data != null, "LIMBECK_DATA names no folder of data sets");
    Path folder = Path.of(data, "conll2000");
    Assumptions.assumeTrue(Files.isDirectory(folder), folder + " is not there");
    PerceptronTagger tagger =
        PerceptronTagger.of(TaggedSentence.read(folder.resolve("train.txt.gz"), 0, 1));
    double accuracy = tagger.accuracy(TaggedSentence.read(folder.resolve("test.txt.gz"), 0, 1));
    assertTrue(accuracy > 0.965, "" + accuracy);
  }
}
