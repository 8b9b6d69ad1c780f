package limbeck.nlp.data.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
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
    for (int count : set.classCounts()) { // within four deviations of equal shares
      double share = 1.0 / set.classes();
      assertEquals(share, count / 3_000.0, 4 * Math.sqrt(share * (1 - share) / 3_000));
    }
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
