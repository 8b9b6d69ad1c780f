package limbeck.kd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command without the catalogue, which only the launcher adds. */
class VerifyCommandTest {
  /** In a JVM without the test jars that are on this one's class path. */
  @Test
  void withoutTheCatalogueItSaysWhatIsMissing(@TempDir Path folder) throws Exception {
    Path out = folder.resolve("verify.txt");
    ChildJvm child =
        ChildJvm.start(ChildJvm.home(), folder, List.of(), "verify", "--out", out.toString());
    assertEquals(2, child.await());
    String err = child.err();
    assertTrue(
        err.contains(
            "verify: the catalogue of ops is not on the class path; start with the launcher, or add"
                + " limbeck-engine's test jar (see limbeck verify --help)"),
        err);
    assertFalse(Files.exists(out));
  }

  @Test
  void namesAreARegularExpression() {
    Ran.of("verify", "--ops", "(")
        .isWrongUse(
            "verify: --ops ( is no regular expression: Unclosed group near index 1; ("
                + " (see limbeck verify --help)");
  }
}
