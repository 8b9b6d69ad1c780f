package limbeck.kd.recipe.file;

import java.nio.file.Path;

/** A recipe with two sweeps, one of them on a logarithmic axis. */
final class SweptRecipe {
  static final String TEXT =
      """
      name = "sizes"
      summary = "Students of several sizes, at several temperatures."

      [[sweeps]]
      parameter = "units"
      label = "units of the student"
      values = [4, 8, 16]
      main = 8
      log = true
      networks = ["student", "distilled"]

      [[sweeps]]
      parameter = "T"
      values = [1, 2.5]
      networks = ["warm"]

      [networks.teacher]
      network = "mlp:16-32-3"

      [networks.student]
      label = "alone {units}"
      name = "the student of {units} units alone"
      network = "mlp:16-{units}-3"

      [networks.distilled]
      label = "soft {units}"
      like = "student"
      terms = [
        { method = "SoftTargets", teacher = "teacher", temperature = 2 },
      ]

      [networks.warm]
      role = "distilled"
      like = "student-8"
      terms = [
        { method = "SoftTargets", teacher = "teacher", temperature = "{T}" },
      ]

      [[comparisons]]
      arm = "distilled"
      baseline = "student"
      claim = "Soft targets help a student of {units} units"

      [[comparisons]]
      arm = "warm"
      baseline = "student-8"
      """;

  private SweptRecipe() {}

  static RecipeFile read(String text) {
    return RecipeFile.of("a.toml", text, Path.of("."));
  }
}
