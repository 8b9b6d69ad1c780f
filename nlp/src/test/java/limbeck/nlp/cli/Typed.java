package limbeck.nlp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import limbeck.nlp.ForkedJvm;

/** The command line as it is typed in a folder, in JVMs of its own. */
final class Typed {
  private static final List<String> FLAGS =
      List.of("--add-modules=jdk.incubator.vector", "-Xmx512m");

  private final Path folder;

  Typed(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts a command.
   *
   * @param typed words with spaces between
   * @param more words that may have spaces in them
   */
  ForkedJvm start(String typed, String... more) throws Exception {
    List<String> args = new ArrayList<>(List.of(typed.split(" ")));
    args.addAll(List.of(more));
    return ForkedJvm.start(folder, FLAGS, ForkedJvm.COMMAND, args.toArray(String[]::new));
  }

  /** Runs to the end, which must be a good one, and returns what it printed. */
  String done(String typed, String... more) throws Exception {
    ForkedJvm jvm = start(typed, more);
    assertEquals(0, jvm.await(), jvm::err);
    return jvm.out();
  }

  /** Runs to the end, which must be a refusal. */
  void refused(int code, String message, String typed, String... more) throws Exception {
    ForkedJvm jvm = start(typed, more);
    assertEquals(code, jvm.await(), jvm::err);
    assertTrue(jvm.err().contains(message), jvm.err());
  }
}
