package limbeck.nlp.data.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import limbeck.nlp.data.TextDataset;
import limbeck.nlp.data.TextExample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GeneratedTaskTest {
  @ParameterizedTest
  @EnumSource
  void textsAreAFunctionOfTheSeedAndLabelsAFunctionOfTexts(GeneratedTask task) {
    TextDataset set = task.draw("set", 5, 3_000);
    assertEquals(set.digest(), task.draw("again", 5, 3_000).digest());
    assertNotEquals(set.digest(), task.draw("other", 6, 3_000).digest());
    Map<String, Double> labels = new HashMap<>();
    for (int i = 0; i < set.size(); i++) {
      TextExample e = set.text(i);
      Double before = labels.put(e.first() + "|" + e.second(), e.target());
      assertTrue(before == null || before == e.target(), e.first() + " | " + e.second());
    }
    if (set.scored()) { // a mean of equally likely scores from 0 to 5, within four deviations
      assertEquals(2.5, Arrays.stream(set.scores()).average().orElseThrow(), 4 * 1.71 / 54);
      return;
    }
    for (int count : set.classCounts()) { // within four deviations of equal shares
      double share = 1.0 / set.classes();
      assertEquals(share, count / 3_000.0, 4 * Math.sqrt(share * (1 - share) / 3_000));
    }
  }

  /** The score is the number of parts that are the same, as a reader finds them in the texts. */
  @Test
  void similarityCountsWhatIsTheSame() {
    TextDataset set = GeneratedTask.SIMILARITY.draw("set", 1, 2_000);
    for (int i = 0; i < set.size(); i++) {
      List<Integer> first = parts(set.text(i).first());
      List<Integer> second = parts(set.text(i).second());
      int same = 0;
      for (int k = 0; k < first.size(); k++) {
        same += first.get(k).equals(second.get(k)) ? 1 : 0;
      }
      assertEquals(same, set.score(i), set.asText(i));
    }
    assertEquals(List.of(2, 6, 6, 2, 0), parts("at midday , the lad compensated the boss ."));
    assertEquals(List.of(2, 6, 6, 2, 1), parts("the manager was never paid by the boy at noon ."));
  }

  /** Who, deed, whom and when, by the lists of words, and 1 if it is denied. */
  private static List<Integer> parts(String text) {
    boolean passive = text.contains(" was ");
    int subject = first(Paraphrase.WHO, text, false);
    int object = first(Paraphrase.WHO, text, true);
    String active = text.replace("seen", "saw");
    return List.of(
        passive ? object : subject,
        first(Paraphrase.DID, active, false),
        passive ? subject : object,
        first(Paraphrase.WHEN, text, false),
        text.contains("never") ? 1 : 0);
  }

  /** Which of the meanings stands first in a text, or last. */
  private static int first(List<List<String>> meanings, String text, boolean last) {
    int found = -1;
    int at = last ? -1 : Integer.MAX_VALUE;
    for (int m = 0; m < meanings.size(); m++) {
      for (String word : meanings.get(m)) {
        int place = text.indexOf(word);
        if (place >= 0 && (last ? place > at : place < at)) {
          at = place;
          found = m;
        }
      }
    }
    return found;
  }

  /** What follows from what, as anybody would say. */
  @Test
  void quantifiersMeanWhatTheyMean() {
    Map<String, Double> said = new HashMap<>();
    TextDataset set = GeneratedTask.ENTAILMENT.draw("set", 1, 200_000);
    for (int i = 0; i < set.size(); i++) {
      said.put(set.text(i).first() + " " + set.text(i).second(), set.text(i).target());
    }
    assertEquals(0, said.get("all dogs run . some dogs run ."));
    assertEquals(0, said.get("all dogs run . all poodles run ."));
    assertEquals(0, said.get("all dogs run quickly . all dogs run ."));
    assertEquals(0, said.get("no animals run . no dogs run quickly ."));
    assertEquals(1, said.get("some dogs run . all dogs run ."));
    assertEquals(1, said.get("all dogs run . all animals run ."));
    assertEquals(1, said.get("no dogs run quickly . no dogs run ."));
    assertEquals(2, said.get("all dogs run . no poodles run ."));
    assertEquals(2, said.get("some dogs run . no animals run ."));
    assertEquals(2, said.get("no animals run . some poodles run quickly ."));
  }
}
