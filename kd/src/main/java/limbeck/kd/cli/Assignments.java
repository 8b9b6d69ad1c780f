package limbeck.kd.cli;

import java.util.List;
import java.util.Stack;
import picocli.CommandLine;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Takes one {@code key=value} after its option, and all that follow directly. */
final class Assignments implements IParameterConsumer {
  /** For picocli. */
  Assignments() {}

  @Override
  public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
    if (arguments.isEmpty()) {
      throw new CommandLine.MissingParameterException(
          command.commandLine(), option, "Missing KEY=VALUE after --set");
    }
    List<String> all = option.getValue();
    do {
      all.add(arguments.pop());
    } while (!arguments.isEmpty() && follows(arguments.peek()));
  }

  private static boolean follows(String argument) {
    return argument.indexOf('=') > 0 && !argument.startsWith("-");
  }
}
