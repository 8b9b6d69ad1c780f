package limbeck.kd.recipe.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import limbeck.kd.Experiment;
import limbeck.kd.Tiny;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.NetworkChoice;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.WithSpecialists;
import limbeck.kd.report.Row;
import limbeck.kd.report.RunReport;
import limbeck.kd.train.Stopping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A generalist, its specialists, all together, and a student of them, from end to end. */
@Timeout(180)
class SpecialistsRunTest {
  private static final String TEXT =
      """
      name = "specialists"
      summary = "A generalist with specialists."

      [defaults]
      epochs = 3
      batch = 16
      rate = 0.05

      [networks.teacher]
      network = "mlp:16-8-3"

      [networks.expert]
      role = "assistant"
      start = "teacher"
      specialist = { count = 2, classes = 2 }

      [networks.consensus]
      role = "teacher"
      specialists = "expert"

      [networks.student]
      network = "mlp:16-8-3"

      [networks.distilled]
      like = "student"
      terms = [{ method = "SoftTargets", teacher = "consensus", temperature = 2 }]

      [[comparisons]]
      arm = "consensus"
      baseline = "teacher"

      [[comparisons]]
      arm = "distilled"
      baseline = "student"
      """;

  @TempDir Path folder;

  private static RecipeFile read(String text) {
    return RecipeFile.of("specialists.toml", text, Path.of(""));
  }

  private static Experiment experiment(String... settings) {
    return Tiny.experiment(read(TEXT), List.of(1L, 2L), settings);
  }

  @Test
  void allAreMeasured() throws Exception {
    RunReport report = DerivedRuns.run(experiment(), folder);
    assertEquals(12, report.rows().size());
    Row all = DerivedRuns.row(report, "consensus", 1);
    Row one = DerivedRuns.row(report, "teacher", 1);
    assertEquals(3 * one.parameters(), all.parameters());
    assertTrue(all.bytes() >= 3 * one.bytes(), all.bytes() + " bytes");
    assertTrue(all.latencyMs() > 0);
    assertTrue(all.nll() > 0 && all.nll() < 3, "nll " + all.nll());
    Row expert = DerivedRuns.row(report, "expert-1", 2);
    for (String figure :
        List.of(
            "accuracy among its classes",
            "accuracy of teacher there",
            "accuracy of consensus there")) {
      double share = expert.more().get(figure);
      assertTrue(share >= 0 && share <= 1, figure + " " + share);
    }
    String classes = report.recipe().conventions().get("specialClasses").toString();
    assertTrue(classes.matches("seed 1: [abc] [abc] / [abc] [abc]; seed 2: .*"), classes);
  }

  @Test
  void aRunThatIsStoppedAgainAndAgainHasTheSameBits() throws Exception {
    RunReport whole = DerivedRuns.run(experiment(), folder.resolve("whole"));
    Path out = folder.resolve("out");
    Stopping.Resumed<RunReport> resumed = Stopping.again(7, experiment(), out);
    assertTrue(resumed.stops() > 5, resumed.stops() + " stops");
    assertEquals(Tiny.hashes(whole), Tiny.hashes(resumed.result()));
    for (Row r : whole.rows()) {
      Row again = DerivedRuns.row(resumed.result(), r.armId(), r.seed());
      assertEquals(r.nll(), again.nll(), r.armId());
      assertEquals(r.more(), again.more());
    }
    assertEquals(Tiny.hashes(whole), Tiny.hashes(DerivedRuns.run(experiment(), out)));
  }

  /** It is made of files that are there, and has none. */
  @Test
  void aConsensusHasNoFile() throws Exception {
    DerivedRuns.run(experiment(), folder);
    assertTrue(Files.exists(folder.resolve("models/expert-2-seed1.safetensors")));
    assertFalse(Files.exists(folder.resolve("models/consensus-seed1.safetensors")));
  }

  @Test
  void theFileDeclaresIt() {
    RecipeFile r = read(TEXT);
    List<Arm> arms = r.arms(r.defaults());
    Arm consensus = arms.get(3);
    assertEquals(
        new WithSpecialists("teacher", List.of("expert-1", "expert-2"), 1), consensus.derivation());
    assertEquals(NetworkChoice.of("specialists:2*mlp:16-8-3"), consensus.network());
    assertEquals(List.of("teacher", "expert-1", "expert-2"), consensus.needs());
    RecipeFile again = read(RecipeText.of(r, r.defaults()));
    assertEquals(arms, again.arms(again.defaults()));
    List<Arm> two = r.arms(r.defaults().with(List.of("expert.specialist.count=3")));
    assertEquals(NetworkChoice.of("specialists:3*mlp:16-8-3"), two.get(4).network());
  }

  @Test
  void howManyCallCanBeSet() {
    RecipeFile r =
        read(TEXT.replace("specialists = \"expert\"", "specialists = \"expert\"\nlikeliest = 2"));
    Arm consensus = r.arms(r.defaults()).get(3);
    assertEquals(NetworkChoice.of("specialists/2:2*mlp:16-8-3"), consensus.network());
    Arm three = r.arms(r.defaults().with(List.of("consensus.likeliest=3"))).get(3);
    assertEquals(NetworkChoice.of("specialists/3:2*mlp:16-8-3"), three.network());
    assertTrue(RecipeText.of(r, r.defaults()).contains("likeliest = 2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "specialists = \"expert\"|specialists = \"experts\"|specialists.toml:19: networks.consensus"
            + ".specialists: no network \"experts\" above this one; did you mean \"expert\"?",
        "specialists = \"expert\"|specialists = [\"teacher\"]|teacher is no specialist",
        "specialists = \"expert\"|specialists = [\"expert-1\"]|all 2 specialists of teacher"
            + " expected",
        "specialists = \"expert\"|specialists = [\"expert-2\", \"expert-1\"]|expected in place 1",
        "specialists = \"expert\"|specialists = [\"expert\", \"expert-1\"]|all 2 specialists of"
            + " teacher expected",
      })
  void whatMakesNoSenseIsNamed(String from, String to, String expected) {
    refused(TEXT.replaceFirst(Pattern.quote(from), to), expected);
  }

  @Test
  void whatElseMakesNoSense() {
    String key = "specialists = \"expert\"\n";
    refused(
        TEXT.replace(key, key + "likeliest = 0\n"), "consensus.likeliest: a whole number from 1");
    refused(TEXT.replace(key, key + "epochs = 3\n"), "unknown key \"epochs\"");
  }

  private static void refused(String changed, String expected) {
    String message = assertThrows(RecipeException.class, () -> read(changed)).getMessage();
    assertTrue(message.contains(expected), message);
  }
}
