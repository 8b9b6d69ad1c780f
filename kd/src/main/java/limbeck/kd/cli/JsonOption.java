package limbeck.kd.cli;

import limbeck.engine.io.Json;
import picocli.CommandLine;

/**
 * The option {@code --json}: machine-readable output on standard output, and nothing else there.
 */
final class JsonOption {
  @CommandLine.Option(names = "--json", description = "print JSON instead of text")
  private boolean json;

  boolean on() {
    return json;
  }

  static void print(CommandLine.Model.CommandSpec spec, Object value) {
    spec.commandLine().getOut().println(Json.pretty(value));
    spec.commandLine().getOut().flush();
  }
}
