package limbeck.kd.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limbeck recipes [NAME]}. */
@Command(
    name = "recipes",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "List the recipes, or one recipe's settings with their defaults.")
final class Recipes implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "a recipe")
  private String name;

  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    List<Recipe> shown =
        name == null
            ? limbeck.kd.recipe.Recipes.all()
            : List.of(limbeck.kd.recipe.Recipes.named(name));
    if (json.on()) {
      JsonOption.print(spec, shown.stream().map(Recipes::json).toList());
      return 0;
    }
    PrintWriter out = spec.commandLine().getOut();
    for (Recipe r : shown) {
      out.printf(Locale.ROOT, "%-20s %s%n%-20s %s%n", r.name(), r.summary(), "", r.paper());
    }
    if (name == null) {
      out.println();
      String command = Terminal.command();
      out.printf(Locale.ROOT, "Settings of one:  %s recipes NAME%n", command);
      out.printf(
          Locale.ROOT, "Run one:          %s run NAME --data DIR  (demo needs no data)%n", command);
    } else {
      settings(out, shown.get(0));
    }
    out.flush();
    return 0;
  }

  private static void settings(PrintWriter out, Recipe r) {
    out.println();
    out.println("Settings (change with --set KEY=VALUE):");
    for (Setting s : r.defaults().declared()) {
      out.printf(Locale.ROOT, "  %-28s %-20s %s%n", s.key(), s.standard(), s.help());
    }
    out.println();
    out.println("Networks:");
    r.arms(r.defaults()).forEach(a -> out.printf(Locale.ROOT, "  %-28s %s%n", a.id(), a.name()));
  }

  private static Map<String, Object> json(Recipe r) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", r.name());
    json.put("summary", r.summary());
    json.put("paper", r.paper());
    List<Object> settings = new ArrayList<>();
    for (Setting s : r.defaults().declared()) {
      Map<String, Object> setting = new LinkedHashMap<>();
      setting.put("key", s.key());
      setting.put("default", s.standard());
      setting.put("expected", s.expected());
      setting.put("help", s.help());
      settings.add(setting);
    }
    json.put("settings", settings);
    json.put("arms", r.arms(r.defaults()).stream().map(limbeck.kd.recipe.Arm::id).toList());
    return json;
  }
}
