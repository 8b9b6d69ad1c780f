package limbeck.kd.specialist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import limbeck.engine.random.Philox;
import org.junit.jupiter.api.Test;

class ConfusedClassesTest {
  private static final float LN2 = (float) StrictMath.log(2);

  /** Predictions that waver between classes c and c + 3 of 6. */
  private static float[] pairs(int n) {
    float[] logits = new float[n * 6];
    Philox random = new Philox(11);
    for (int i = 0; i < n; i++) {
      int c = random.below(i, 3);
      double share = random.normal(10_000 + i);
      logits[i * 6 + c] = (float) (4 + share);
      logits[i * 6 + c + 3] = (float) (4 - share);
    }
    return logits;
  }

  private static float[] noise(int classes, int n, long stream) {
    float[] logits = new float[n * classes];
    Philox random = new Philox(12, stream);
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) random.normal(i);
    }
    return logits;
  }

  private static List<List<Integer>> sets(List<SpecialClasses> all) {
    return all.stream().map(SpecialClasses::special).toList();
  }

  @Test
  void theCovarianceIsThatOfTheDefinition() {
    float[] logits = {0, 0, LN2, 0, LN2, 0};
    // rows: (1/4, 1/4, 1/2) and (1/4, 1/2, 1/4); deviations (0, ∓1/8, ±1/8)
    double[][] c = Covariance.of(logits, 3);
    double[][] expected = {
      {0, 0, 0}, {0, 1.0 / 64, -1.0 / 64}, {0, -1.0 / 64, 1.0 / 64},
    };
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        assertEquals(expected[i][j], c[i][j], 1e-8); // ln 2 is rounded to a float
      }
    }
  }

  @Test
  void findsWhatIsConfused() {
    for (long seed = 0; seed < 20; seed++) {
      assertEquals(
          List.of(List.of(0, 3), List.of(1, 4), List.of(2, 5)),
          sets(ConfusedClasses.of(pairs(600), 6, 3, 2, seed)));
    }
  }

  /** Every set is full; sets differ; every class is in one if there are places enough. */
  @Test
  void everySpecialistHasItsClasses() {
    for (int classes = 2; classes < 12; classes++) {
      for (int count = 1; count <= classes; count++) {
        int each = 1 + (classes * count) % (classes - 1);
        List<SpecialClasses> sets =
            ConfusedClasses.of(noise(classes, 50, classes), classes, count, each, count);
        assertEquals(count, sets.size());
        if (count <= classes - each + 1) { // each other set may take one candidate away
          assertEquals(count, sets.stream().distinct().count());
        }
        Set<Integer> all = new TreeSet<>();
        for (SpecialClasses s : sets) {
          assertEquals(each, s.special().size());
          all.addAll(s.special());
        }
        if (count * each >= classes) {
          assertEquals(classes, all.size(), count + " times " + each + " of " + classes);
        }
      }
    }
  }

  @Test
  void isAFunctionOfItsArguments() {
    float[] logits = noise(10, 200, 1);
    assertEquals(ConfusedClasses.of(logits, 10, 3, 4, 7), ConfusedClasses.of(logits, 10, 3, 4, 7));
  }

  /** A generalist that always says the same confuses nothing: all columns are 0. */
  @Test
  void equalColumns() {
    List<SpecialClasses> sets = ConfusedClasses.of(new float[40], 4, 2, 2, 1);
    assertEquals(List.of(List.of(0, 1), List.of(2, 3)), sets(sets));
  }

  @Test
  void refusesTooManyClasses() {
    for (int[] bad : new int[][] {{1, 4}, {1, 0}, {0, 2}, {5, 2}}) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> ConfusedClasses.of(noise(4, 9, 1), 4, bad[0], bad[1], 1));
      assertTrue(e.getMessage().startsWith(bad[0] + " specialists with " + bad[1] + " classes"));
    }
  }

  @Test
  void specialClassesHaveOutputsAndTheOthersOne() {
    SpecialClasses s = new SpecialClasses(5, List.of(1, 4));
    assertEquals(3, s.outputs());
    assertEquals(2, s.dustbin());
    assertEquals(3, s.others());
    assertEquals(List.of("b", "e", "others"), s.names(List.of("a", "b", "c", "d", "e")));
    assertEquals(
        List.of(2, 0, 2, 2, 1), java.util.Arrays.stream(s.outputsOfClasses()).boxed().toList());
    for (List<Integer> bad :
        List.of(List.<Integer>of(), List.of(0, 1, 2), List.of(1, 0), List.of(1, 1), List.of(3))) {
      assertThrows(IllegalArgumentException.class, () -> new SpecialClasses(3, bad));
    }
  }
}
