package limbeck.kd.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import limbeck.kd.Progress;
import limbeck.kd.objective.HardLabels;
import limbeck.kd.objective.LogitMatching;
import limbeck.kd.objective.SoftTargets;
import org.junit.jupiter.api.Test;

class StageTest {
  private static Training epochs(int n) {
    return new Training(
        "sgd", 0.1, "constant", 0, 0.9, 0, 10, n, Regularisation.NONE, true, RateDrops.NONE);
  }

  private static double[] weights(Weight w, int epochs) {
    return IntStream.range(0, epochs)
        .mapToDouble(e -> w.at(new Progress(1, e, epochs, 10 * e)))
        .toArray();
  }

  @Test
  void weightsByEpoch() {
    assertArrayEquals(new double[] {2, 2, 2}, weights(Weight.of(2), 3));
    assertArrayEquals(new double[] {0, 3, 3, 0}, weights(Weight.of(3).during(1, 3), 4));
    assertArrayEquals(
        new double[] {4, 3, 2, 1}, weights(new Weight(4, 1, 0, Weight.END, 0), 4), 1e-15);
    assertArrayEquals(
        new double[] {0.25, 0.5, 0.75, 1, 1}, weights(new Weight(1, 1, 0, Weight.END, 4), 5));
    assertArrayEquals(new double[] {4}, weights(new Weight(4, 1, 0, Weight.END, 0), 1));
  }

  @Test
  void badWeightsAreRefused() {
    assertThrows(RecipeException.class, () -> Weight.of(-1));
    assertThrows(RecipeException.class, () -> Weight.of(Double.NaN));
    assertThrows(RecipeException.class, () -> Weight.of(1).during(3, 3));
  }

  @Test
  void anEpochWithoutALossIsNamed() {
    Term early = new Term(new HardLabels(), null, Weight.of(1).during(0, 2));
    String message =
        assertThrows(
                RecipeException.class,
                () -> new Stage("warm", epochs(3), List.of(early), Stage.Keep.LAST))
            .getMessage();
    assertTrue(message.contains("all weights are 0 in epoch 3 of stage \"warm\""), message);
  }

  @Test
  void aTeacherIsNamedWhereOneIsAskedAndOnlyThere() {
    assertThrows(RecipeException.class, () -> Term.of(new SoftTargets(4), 1));
    assertThrows(RecipeException.class, () -> Term.of(new HardLabels(), "teacher", 1));
  }

  @Test
  void oneGuideAtLeastStays() {
    List<Term> terms =
        List.of(
            Term.of(new SoftTargets(4), "a", 1),
            Term.of(new SoftTargets(4), "b", 1),
            Term.of(new HardLabels(), 1));
    Stage one = new Stage("", epochs(2), terms, Stage.Keep.LAST, 1, true);
    String left = ", 1 of those with a teacher left out at random at each step";
    assertTrue(one.formula(false).endsWith(" · H(y, q)" + left), one.formula(false));
    String message =
        assertThrows(
                RecipeException.class,
                () -> new Stage("", epochs(2), terms, Stage.Keep.LAST, 2, true))
            .getMessage();
    assertEquals("dropTerms = 2: of 2 terms with a teacher, one at least must stay", message);
  }

  @Test
  void whatIsAsUsualIsLeftOutOfTheText() {
    Stage usual = Stage.alone(epochs(2));
    assertTrue(usual.toString().startsWith("Stage[name=, training=Training[optimizer=sgd, "));
    assertTrue(usual.toString().endsWith(", keep=LAST]"), usual.toString());
    Stage goesOn = new Stage("", epochs(2), usual.terms(), Stage.Keep.LAST, 0, false);
    assertTrue(goesOn.toString().endsWith(", keep=LAST, freshOptimizer=false]"));
  }

  @Test
  void teachersOfNoWeightAreNotAsked() {
    Stage stage =
        new Stage(
            "",
            epochs(2),
            List.of(
                Term.of(new SoftTargets(4), "a", 0),
                Term.of(new LogitMatching(), "b", 1),
                Term.of(new HardLabels(), 0.5)),
            Stage.Keep.LAST);
    assertEquals(Set.of("b"), stage.teachers());
    assertEquals(
        "L = 0 · T² · KL(p^T ‖ q^T) at T = 4.0 with a + 1 · ½ ‖z − v‖² with b + 0.5 · H(y, q)",
        stage.formula(false));
  }
}
