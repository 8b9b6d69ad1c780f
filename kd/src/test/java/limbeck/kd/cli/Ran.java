package limbeck.kd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.Json;
import limbeck.kd.data.IdxWriter;
import limbeck.kd.data.RenderedDigits;

/**
 * What a command printed, and how it ended.
 *
 * @param code exit code
 * @param out standard output
 * @param err standard error
 */
record Ran(int code, String out, String err) {
  /** Settings with which an experiment of Hinton's is over at once. */
  private static final List<String> SMALL =
      List.of(
          "--seeds=1,2",
          "--set=teacher.network=784-20-10",
          "--set=student.network=784-8-10",
          "--set=teacher.epochs=2",
          "--set=student.epochs=2",
          "--set=student.batch=50");

  static Ran of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    return new Ran(code, out.toString(), err.toString());
  }

  /** Runs hinton-mnist on small networks. */
  static Ran small(Path data, Path out, String... more) {
    List<String> args = new ArrayList<>(smallArguments(data, out));
    args.addAll(List.of(more));
    return of(args.toArray(String[]::new));
  }

  /** What {@link #small} types. */
  static List<String> smallArguments(Path data, Path out) {
    List<String> args = new ArrayList<>(List.of("run", "hinton-mnist"));
    args.add("--data=" + data);
    args.add("--out=" + out);
    args.addAll(SMALL);
    return args;
  }

  /** A folder of drawn digits as IDX files, the training images compressed. */
  static Path digits(Path folder) throws IOException {
    IdxWriter.write(folder, "train", RenderedDigits.of(1, 500), true);
    IdxWriter.write(folder, "t10k", RenderedDigits.of(2, 200), false);
    return folder;
  }

  /** That it went well; gives standard output as JSON. */
  Object json() throws FormatException {
    assertEquals(0, code, err);
    return Json.parse(out);
  }

  /** That one line, and nothing else, says what is wrong with a file, and that it failed. */
  void failsSaying(String line) {
    assertEquals("limbeck: " + line, err.strip());
    assertEquals(1, code);
  }

  /** That one line, and nothing else, says what was typed wrong, and the exit code too. */
  void isWrongUse(String line) {
    assertEquals("limbeck: " + line, err.strip());
    assertEquals(2, code);
  }
}
