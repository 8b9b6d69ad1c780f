package limbeck.kd.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import limbeck.kd.objective.HardLabels;
import limbeck.kd.objective.SoftTargets;
import org.junit.jupiter.api.Test;

/** Stages cut into cycles. */
class CyclesTest {
  private static final Term HARD = Term.of(new HardLabels(), 1);
  private static final Term PAST = Term.of(new SoftTargets(2), PastSelf.PREVIOUS_STAGE, 1);
  private static final Term OTHER = Term.of(new SoftTargets(2), "teacher", 1);

  private static Training epochs(int n) {
    return new Training(
        "sgd", 0.1, "cosine", 0, 0.9, 0, 10, n, Regularisation.NONE, true, RateDrops.NONE);
  }

  private static Stage whole(String name, int dropTerms, Term... terms) {
    return new Stage(name, epochs(12), List.of(terms), Stage.Keep.BEST, dropTerms, true);
  }

  @Test
  void theFirstCycleHasNobodyToLearnFrom() {
    List<Stage> cycles = Cycles.of(whole("", 0, HARD, PAST), 3, true, false);
    assertEquals(
        List.of(
            new Stage("cycle 1", epochs(4), List.of(HARD), Stage.Keep.BEST, 0, true),
            new Stage("cycle 2", epochs(4), List.of(HARD, PAST), Stage.Keep.BEST, 0, false),
            new Stage("cycle 3", epochs(4), List.of(HARD, PAST), Stage.Keep.BEST, 0, false)),
        cycles);
    Stage.requireChain(cycles);
    assertEquals(
        List.of(HARD, PAST), Cycles.of(whole("", 0, HARD, PAST), 3, false, false).get(0).terms());
  }

  @Test
  void optimizersMayBeNew() {
    List<Stage> cycles = Cycles.of(whole("late", 1, OTHER, PAST), 2, false, true);
    assertEquals(
        List.of("late, cycle 1", "late, cycle 2"), cycles.stream().map(Stage::name).toList());
    assertTrue(cycles.stream().allMatch(s -> s.freshOptimizer() && s.dropTerms() == 1));
  }

  @Test
  void oneCycleIsTheStageOnLabelsAlone() {
    Stage one = Cycles.of(whole("", 0, HARD, PAST), 1, true, false).get(0);
    assertEquals(new Stage("", epochs(12), List.of(HARD), Stage.Keep.BEST), one);
  }

  @Test
  void whatCannotBeIsRefused() {
    String uneven =
        assertThrows(
                RecipeException.class, () -> Cycles.of(whole("", 0, HARD, PAST), 5, true, false))
            .getMessage();
    assertEquals("cycles = 5: 12 epochs cannot be shared out evenly", uneven);
    assertThrows(RecipeException.class, () -> Cycles.of(whole("", 0, PAST), 2, true, false));
    Stage goesOn = new Stage("x", epochs(1), List.of(HARD), Stage.Keep.LAST, 0, false);
    String first =
        assertThrows(RecipeException.class, () -> Stage.requireChain(List.of(goesOn))).getMessage();
    assertTrue(first.contains("in stage \"x\": there is no stage before"), first);
    Training adam =
        new Training(
            "adam", 0.1, "cosine", 0, 0.9, 0, 10, 1, Regularisation.NONE, true, RateDrops.NONE);
    List<Stage> other = List.of(Stage.alone(adam), goesOn);
    String kind = assertThrows(RecipeException.class, () -> Stage.requireChain(other)).getMessage();
    assertTrue(kind.contains("the stage before has another optimizer"), kind);
  }
}
