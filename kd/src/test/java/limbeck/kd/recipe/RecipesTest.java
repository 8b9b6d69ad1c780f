package limbeck.kd.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import limbeck.kd.recipe.Recipe.Comparison;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecipesTest {
  static List<Recipe> all() {
    return Recipes.all();
  }

  private static Arm arm(Recipe r, String id) {
    return r.arms(r.defaults()).stream().filter(a -> a.id().equals(id)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("all")
  void comparesArmsThatItHas(Recipe r) {
    Set<String> ids = new HashSet<>();
    r.arms(r.defaults()).forEach(a -> assertTrue(ids.add(a.id()), a.id() + " occurs twice"));
    List<Comparison> comparisons = r.comparisons(r.defaults());
    assertTrue(comparisons.size() > 0);
    for (Comparison c : comparisons) {
      assertTrue(ids.contains(c.arm()), c.arm());
      assertTrue(ids.contains(c.baseline()), c.baseline());
      assertNotEquals(c.arm(), c.baseline());
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void teachersComeBeforeWhomTheyTeach(Recipe r) {
    Set<String> before = new HashSet<>();
    Set<String> labels = new HashSet<>();
    for (Arm a : r.arms(r.defaults())) {
      if (a.taughtBy() != null) {
        assertTrue(before.contains(a.taughtBy()), a.id());
        assertTrue(Set.of("assistant", "distilled").contains(a.role()), a.role());
      }
      assertTrue(before.containsAll(a.needs()), a.id());
      assertTrue(
          Set.of("teacher", "assistant", "student", "distilled").contains(a.role()), a.role());
      assertTrue(a.label().length() <= 14, a.label());
      assertTrue(labels.add(a.label()), "two arms with the label " + a.label());
      before.add(a.id());
    }
  }

  /** The baseline differs from the distilled student in the teacher alone. */
  @ParameterizedTest
  @MethodSource("all")
  void theVerdictIsAgainstTheSameStudentAlone(Recipe r) {
    Comparison c = r.comparisons(r.defaults()).get(0);
    Arm arm = arm(r, c.arm());
    Arm baseline = arm(r, c.baseline());
    assertEquals("distilled", arm.role());
    assertEquals("student", baseline.role());
    assertEquals(arm.network(), baseline.network());
    Arm trained = arm.derivation() instanceof Part part ? arm(r, part.arm()) : arm;
    assertEquals(trained.epochs(), baseline.epochs());
    assertEquals(trained.training().batch(), baseline.training().batch());
    if (trained.stages().size() == 1) {
      assertEquals(trained.training(), baseline.training());
    }
    assertEquals(trained.transfer(), baseline.transfer());
    assertEquals(trained.derivation() == null, baseline.derivation() == null);
    if (trained.derivation() != null) {
      assertEquals(arm.derivation().identity(), baseline.derivation().identity());
    }
    assertNull(baseline.taughtBy());
  }

  @ParameterizedTest
  @MethodSource("all")
  void everySettingChangesSomething(Recipe r) {
    List<Arm> usual = r.arms(r.defaults());
    for (Setting s : r.defaults().declared()) {
      if (s.kind() != Setting.Kind.TEXT && !s.key().startsWith("data.")) { // of the data
        Settings changed = r.defaults().with(s.key(), other(s));
        assertNotEquals(usual, r.arms(changed), r.name() + ": " + s.key());
      }
    }
  }

  private static String other(Setting s) {
    return switch (s.kind()) {
      case WHOLE -> Long.toString(Long.parseLong(s.standard()) + 1);
      case REAL -> Double.parseDouble(s.standard()) == 0.5 ? "0.25" : "0.5";
      case REALS -> "7";
      case TEXT -> throw new IllegalArgumentException(s.key());
      case FLAG -> s.standard().equals("true") ? "false" : "true";
      case CHOICE -> s.choices().stream().filter(c -> !c.equals(s.standard())).findAny().get();
      case WIDTHS -> "784-17-10";
    };
  }

  @Test
  void findsRecipesByName() {
    assertEquals("hinton-mnist", Recipes.named("hinton-mnist").name());
    RecipeException e = assertThrows(RecipeException.class, () -> Recipes.named("hinton-mnits"));
    assertEquals(
        "unknown recipe \"hinton-mnits\"; did you mean \"hinton-mnist\"? (the command recipes"
            + " lists them)",
        e.getMessage());
  }

  @Test
  void aTemperatureCannotOccurTwice() {
    Recipe small = Recipes.named("hinton-small");
    Settings twice = small.defaults().with("distill.temperatures", "4,2,4.0");
    assertThrows(RecipeException.class, () -> small.arms(twice));
    assertThrows(RecipeException.class, () -> small.comparisons(twice));
  }

  @Test
  void armsAreThePapers() {
    Recipe r = Recipes.named("hinton-mnist");
    assertEquals(NetworkChoice.of("mlp:784-1200-1200-10"), arm(r, "teacher").network());
    assertEquals(NetworkChoice.of("mlp:784-800-800-10"), arm(r, "distilled").network());
    assertEquals(2, arm(r, "teacher").training().regularisation().jitter());
    assertEquals("", arm(r, "distilled").training().regularisation().describe());
    assertEquals(20, arm(r, "distilled").temperature());
    Recipe omit = Recipes.named("hinton-omit-3");
    assertEquals(List.of(0, 1, 2, 4, 5, 6, 7, 8, 9), arm(omit, "distilled").transfer().classes());
    assertEquals(List.of(3), ((BiasCorrection) arm(omit, "corrected").derivation()).classes());
  }

  /** Said before anything is trained, not when the student's turn comes. */
  @Test
  void anExponentialScheduleNeedsBothEnds() {
    Recipe r = Recipes.named("hinton-mnist");
    Settings s = r.defaults().with("student.schedule", "exponential");
    RecipeException e = assertThrows(RecipeException.class, () -> r.arms(s));
    assertEquals(
        "student.schedule = exponential needs student.rate and student.finalRate above 0; they are"
            + " 0.002 and 0",
        e.getMessage());
    r.arms(s.with("student.finalRate", "0.0001"));
  }

  @Test
  void anObjectiveNeedsATerm() {
    Recipe r = Recipes.named("hinton-mnist");
    Settings s = r.defaults().with("distill.softWeight", "0");
    RecipeException e = assertThrows(RecipeException.class, () -> r.arms(s));
    assertTrue(e.getMessage().contains("are both 0: there is nothing to learn from"));
    r.arms(s.with("distill.hardWeight", "1"));
  }
}
