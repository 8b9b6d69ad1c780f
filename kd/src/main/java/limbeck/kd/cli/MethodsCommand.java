package limbeck.kd.cli;

import java.io.PrintWriter;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.concurrent.Callable;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Objective;
import limbeck.kd.recipe.file.Methods;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code limbeck methods}. */
@Command(
    name = "methods",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "List the methods that terms of a recipe's loss may name, with their settings.")
final class MethodsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    for (Class<? extends Objective> method : Methods.all()) {
      out.println(method.getSimpleName());
      for (RecordComponent c : method.getRecordComponents()) {
        Hyperparameter h = c.getAnnotation(Hyperparameter.class);
        out.printf(
            Locale.ROOT,
            "  %-20s %-12s %s%n",
            c.getName(),
            h == null ? "" : h.standard(),
            h == null ? "" : h.help());
      }
    }
    out.flush();
    return 0;
  }
}
