package limbeck.kd.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command without the catalogue, which only the launcher adds. */
class VerifyCommandTest {
  @Test
  void withoutTheCatalogueItSaysWhatIsMissing(@TempDir Path folder) {
    Path out = folder.resolve("verify.txt");
    Ran.of("verify", "--out", out.toString())
        .isWrongUse(
            "verify: the catalogue of ops is not on the class path; start with the launcher, or add"
                + " limbeck-engine's test jar (see limbeck verify --help)");
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
