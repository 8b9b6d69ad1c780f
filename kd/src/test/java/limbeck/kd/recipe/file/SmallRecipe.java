package limbeck.kd.recipe.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.Settings;

/** A recipe with a bit of everything that its networks can be given. */
final class SmallRecipe {
  static final String TEXT =
      """
      name = "kd"
      summary = "A small network learns from a larger one."

      [data]
      validation = 100

      [defaults]
      epochs = 8
      rate = 0.1

      [networks.student]
      network = "mlp:16-8-3"

      [networks.distilled]
      like = "student"
      batch = 64
      terms = [
        { method = "SoftTargets", teacher = "teacher", temperature = 3, weight = 0.9, until = 5 },
        { method = "HardLabels", weight = 0.1 },
      ]

      [networks.teacher]
      network = "mlp:16-32-3"
      epochs = 4

      [[networks.teacher.stages]]
      name = "one"
      keep = "best"

      [[networks.teacher.stages]]
      name = "two"
      epochs = 2
      optimizer = "adam"

      [[comparisons]]
      arm = "distilled"
      baseline = "student"
      """;

  private SmallRecipe() {}

  static RecipeFile read(String text) {
    return RecipeFile.of("a.toml", text, Path.of("."));
  }

  static Arm arm(Recipe r, Settings s, String id) {
    return r.arms(s).stream().filter(a -> a.id().equals(id)).findFirst().orElseThrow();
  }

  static Arm arm(Recipe r, String id) {
    return arm(r, r.defaults(), id);
  }

  /** What reading the text is refused with. */
  static String refusal(String text) {
    return assertThrows(RecipeException.class, () -> read(text)).getMessage();
  }

  /** What is shown is what is run. */
  static void requireWrittenAndReadTheSame(Recipe r) {
    String text = RecipeText.of(r, r.defaults());
    RecipeFile again = read(text);
    assertEquals(r.arms(r.defaults()), again.arms(again.defaults()));
    assertEquals(r.comparisons(r.defaults()), again.comparisons(again.defaults()));
    assertEquals(text, RecipeText.of(again, again.defaults()));
  }
}
