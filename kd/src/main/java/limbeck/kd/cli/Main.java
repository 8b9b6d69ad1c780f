package limbeck.kd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ServiceLoader;
import limbeck.kd.CommandSource;
import limbeck.kd.Nearest;
import limbeck.kd.StoppedException;
import limbeck.kd.recipe.RecipeException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Entry point of the command line. Failures are one line on standard error and an exit code that is
 * not 0.
 */
@Command(
    name = "limbeck",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Knowledge distillation in pure Java.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "First time here? Run:  ${sys:limbeck.command:-limbeck} demo",
      "Exit codes: 0 done, 1 failed, 2 wrong use, 130 stopped and saved."
    },
    subcommands = {
      Demo.class,
      RunRecipe.class,
      StudyCommand.class,
      Recipes.class,
      RecipeCommand.class,
      MethodsCommand.class,
      Eval.class,
      Predict.class,
      Inspect.class,
      Convert.class,
      ImportCommand.class,
      ExportCommand.class,
      OnnxCommand.class,
      Compare.class,
      DoctorCommand.class,
      VerifyCommand.class
    })
public final class Main implements Runnable {
  private static final int WRONG_USE = 2;
  private static final int STOPPED = 130; // what shells give for an end by Ctrl-C

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Runs a command and exits. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs a command and returns its exit code. */
  static int run(String... args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    return run(out, err, args);
  }

  static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line = new CommandLine(new Main());
    ServiceLoader.load(CommandSource.class, Main.class.getClassLoader())
        .forEach(s -> s.commands().forEach(line::addSubcommand));
    line.setOut(out).setErr(err);
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(err, e));
    line.setParameterExceptionHandler(
        (e, given) -> {
          String help = e.getCommandLine().getCommandSpec().qualifiedName() + " --help";
          err.println("limbeck: " + wrongUse(e) + hint(e) + " (see " + help + ")");
          return WRONG_USE;
        });
    try {
      return line.execute(args);
    } catch (Error e) {
      return failed(err, e);
    }
  }

  /** Says in one line what went wrong, and returns the exit code. */
  static int failed(PrintWriter err, Throwable e) {
    if (e instanceof StoppedException) {
      return STOPPED; // the session has said how to go on
    }
    err.println("limbeck: " + (e instanceof OutOfMemoryError ? memory(e) : message(e)));
    return e instanceof RecipeException ? WRONG_USE : 1;
  }

  private static String memory(Throwable e) {
    return "out of memory ("
        + firstLine(String.valueOf(e.getMessage()))
        + ", heap of "
        + Runtime.getRuntime().maxMemory() / 1_000_000
        + " MB); for more, set LIMBECK_JAVA_OPTIONS=-Xmx8g or as much as there is";
  }

  private static String wrongUse(CommandLine.ParameterException e) {
    boolean command =
        e instanceof CommandLine.UnmatchedArgumentException u
            && !u.getUnmatched().isEmpty()
            && !u.getUnmatched().get(0).startsWith("-")
            && !e.getCommandLine().getSubcommands().isEmpty();
    return command
        ? "unknown command \""
            + ((CommandLine.UnmatchedArgumentException) e).getUnmatched().get(0)
            + "\""
        : firstLine(e.getMessage());
  }

  private static String hint(CommandLine.ParameterException e) {
    if (e instanceof CommandLine.UnmatchedArgumentException u && !u.getUnmatched().isEmpty()) {
      CommandLine.Model.CommandSpec spec = e.getCommandLine().getCommandSpec();
      String given = u.getUnmatched().get(0);
      return Nearest.hint(
          given, given.startsWith("-") ? spec.optionsMap().keySet() : spec.subcommands().keySet());
    }
    return "";
  }

  private static String message(Throwable e) {
    if (e instanceof NoSuchFileException f) {
      return f.getFile() + ": there is no such file or folder";
    }
    if (e instanceof AccessDeniedException f) {
      return f.getFile() + ": permission denied";
    }
    if (e instanceof FileAlreadyExistsException f) {
      return f.getFile() + ": is a file where a folder is needed";
    }
    if (e instanceof FileSystemException f && f.getReason() == null) {
      return f.getFile() + ": cannot be used (" + e.getClass().getSimpleName() + ")";
    }
    // what our own checks throw says all; anything else is a fault of ours and needs its place
    boolean expected =
        e instanceof IOException
            || e instanceof IllegalArgumentException
            || e instanceof IllegalStateException
            || e instanceof ArithmeticException;
    String text = e.getMessage() == null ? e.getClass().getSimpleName() : firstLine(e.getMessage());
    return expected
        ? text
        : "unexpected " + e.getClass().getSimpleName() + ": " + text + " at " + place(e);
  }

  private static String place(Throwable e) {
    return e.getStackTrace().length == 0 ? "an unknown place" : e.getStackTrace()[0].toString();
  }

  private static String firstLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", "; ");
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
