package limbeck.kd.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code limbeck onnx}. */
@Command(
    name = "onnx",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Work with ONNX beside models: see also import, export, and inspect, which reads both"
            + " kinds of files.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = OnnxTestCommand.class)
final class OnnxCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "onnx: say what to do: test");
  }
}
