package limbeck.bench.peers;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * OpenBLAS, in a process of its own that does matrix products on request: {@code
 * bench/peers/openblas/sgemm.c}. Its library has no weights packed in advance: for the form {@code
 * np} it is given what ours packs beforehand.
 */
final class OpenBlas implements Party {
  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader answers;

  /** Starts the program; the environment says how many threads it has. */
  OpenBlas(Path program) throws IOException {
    process =
        new ProcessBuilder(program.toString(), "-")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    requests = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  @Override
  public String name() {
    return "OpenBLAS";
  }

  @Override
  public boolean can(Task t) {
    return t instanceof Task.Multiply;
  }

  @Override
  public Job start(Task t) {
    String product = ((Task.Multiply) t).product().replace("np:", "nt:");
    return new Job() {
      @Override
      public void run() {
        milliseconds(0);
      }

      /** The median that the program finds over 15 rounds of 20 milliseconds. */
      @Override
      public double milliseconds(double seconds) {
        try {
          requests.write(product + "\n");
          requests.flush();
          String answer = answers.readLine();
          if (answer == null) {
            throw new IllegalStateException("sgemm ended");
          }
          return Double.parseDouble(answer.split(" ")[1]);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  /** Ends the program. */
  void end() {
    process.destroy();
  }
}
