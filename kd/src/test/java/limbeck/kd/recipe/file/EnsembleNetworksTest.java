package limbeck.kd.recipe.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import limbeck.engine.io.WeightHash;
import limbeck.engine.op.OpContext;
import limbeck.kd.Distiller;
import limbeck.kd.Experiment;
import limbeck.kd.Network;
import limbeck.kd.Tiny;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.Settings;
import limbeck.kd.report.Row;
import limbeck.kd.report.RunReport;
import limbeck.kd.train.Fit;
import limbeck.kd.train.Listener;
import limbeck.kd.train.TeacherSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks that are the mean of others, and copies of a network. */
class EnsembleNetworksTest {
  @TempDir Path folder;

  /** The bound: roundings of float32 softmaxes, logarithms below 20, and of their sum. */
  @Test
  void anEnsembleIsTheMeanOfItsMembers() throws Exception {
    Experiment e = DerivedRuns.experiment(DerivedRuns.MEANS, List.of(1L));
    RunReport report = DerivedRuns.run(e, folder);
    float[] arithmetic = DerivedRuns.logits(e, folder, "ensemble");
    float[] geometric = DerivedRuns.logits(e, folder, "geometric");
    double[] mean = new double[arithmetic.length];
    double[] sum = new double[arithmetic.length];
    for (int m = 1; m <= 3; m++) {
      float[] says = DerivedRuns.logits(e, folder, "member-" + m);
      double[] p = softmax(says, 2);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += p[i] / 3;
        sum[i] += says[i] / 3.0;
      }
    }
    double[] p = softmax(arithmetic, 2);
    for (int i = 0; i < mean.length; i++) {
      assertEquals(mean[i], p[i], 32 * 0x1p-24);
      assertEquals(sum[i], geometric[i], 8 * 0x1p-24 * (1 + Math.abs(sum[i])));
    }
    Row one = DerivedRuns.row(report, "member-1", 1);
    Row all = DerivedRuns.row(report, "ensemble", 1);
    assertEquals(3 * one.parameters(), all.parameters());
    assertEquals(3 * one.multiplyAdds(), all.multiplyAdds());
    assertTrue(all.bytes() >= 3 * one.parameters() * 4, all.bytes() + " bytes");
  }

  private static double[] softmax(float[] logits, double temperature) {
    double[] p = new double[logits.length];
    for (int row = 0; row < p.length; row += 3) {
      double sum = 0;
      for (int i = row; i < row + 3; i++) {
        p[i] = StrictMath.exp(logits[i] / temperature);
        sum += p[i];
      }
      for (int i = row; i < row + 3; i++) {
        p[i] /= sum;
      }
    }
    return p;
  }

  @Test
  void anEnsembleOfOneIsThatOneBitForBit() throws Exception {
    String one =
        DerivedRuns.MEANS
            .replace("copies = 3", "copies = 1")
            .replace(", \"member-2\", \"member-3\"", "");
    Experiment e = DerivedRuns.experiment(one, List.of(1L));
    DerivedRuns.run(e, folder);
    for (String ensemble : List.of("ensemble", "geometric")) {
      assertEquals(
          List.of(boxed(DerivedRuns.logits(e, folder, "member-1"))),
          List.of(boxed(DerivedRuns.logits(e, folder, ensemble))));
    }
  }

  private static List<Float> boxed(float[] values) {
    List<Float> all = new ArrayList<>();
    for (float v : values) {
      all.add(v);
    }
    return all;
  }

  /** Other bits, hence another key; the same network up to rounding. */
  @Test
  void theOrderOfMembersIsKept() throws Exception {
    String turned =
        DerivedRuns.MEANS.replace(
            "ensemble = \"member\"", "ensemble = [\"member-3\", \"member-2\", \"member-1\"]");
    Experiment forth = DerivedRuns.experiment(DerivedRuns.MEANS, List.of(1L));
    Experiment back = DerivedRuns.experiment(turned, List.of(1L));
    RunReport first = DerivedRuns.run(forth, folder.resolve("forth"));
    RunReport second = DerivedRuns.run(back, folder.resolve("back"));
    assertNotEquals(
        DerivedRuns.row(first, "ensemble", 1).weightsSha256(),
        DerivedRuns.row(second, "ensemble", 1).weightsSha256());
    Network last = DerivedRuns.network(back, folder.resolve("back"), "ensemble", 1);
    assertEquals(
        DerivedRuns.row(first, "member-1", 1).weightsSha256(),
        WeightHash.of(last.children().get("member3").state()));
    float[] p = DerivedRuns.logits(forth, folder.resolve("forth"), "ensemble");
    float[] q = DerivedRuns.logits(back, folder.resolve("back"), "ensemble");
    for (int i = 0; i < p.length; i++) {
      assertEquals(p[i], q[i], 16 * 0x1p-24 * (1 + Math.abs(p[i])));
    }
  }

  /** Both means have the same weights; what they say must not be taken for each other. */
  @Test
  void aSharedCacheTellsMeansApart() throws Exception {
    Experiment e = DerivedRuns.experiment(DerivedRuns.MEANS, List.of(1L));
    RunReport apart = DerivedRuns.run(e, folder.resolve("apart"));
    try (Distiller d =
        new Distiller(e, folder.resolve("out"), List.of(), "again", Listener.SILENT)) {
      d.cache(folder.resolve("cache"));
      assertEquals(Tiny.hashes(apart), Tiny.hashes(d.run("now")));
    }
    try (var files = Files.list(folder.resolve("cache"))) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void ofCopiesReportsShowTheFirstAndTheCostOfAll() throws Exception {
    RunReport report =
        DerivedRuns.run(DerivedRuns.experiment(DerivedRuns.MEANS, List.of(1L)), folder);
    assertEquals(
        List.of("member-1", "ensemble", "geometric", "student", "distilled", "matched"),
        report.rows().stream().map(Row::armId).toList());
    assertEquals("member 1", report.arm("member-1").label());
    assertEquals("Train 3 times the network member", report.cost().get(0).stage());
    assertEquals(6, report.cost().get(0).epochs());
    assertTrue(Files.exists(folder.resolve("models/member-3-seed1.safetensors")));
    String method = report.arm("ensemble").method();
    assertEquals("mean of the probabilities at T = 2 of three networks", method);
  }

  /** For every role: other initial weights, and another order of examples. */
  @ParameterizedTest
  @CsvSource({"teacher", "assistant", "student", "distilled"})
  void copiesDiffer(String role) throws Exception {
    String text =
        DerivedRuns.MEANS
            .replace("role = \"teacher\"\ncopies", "role = \"" + role + "\"\ncopies")
            .replace("hiddenDropout = 0.1\n", "");
    Experiment e = DerivedRuns.experiment(text, List.of(1L));
    HashSet<String> initial = new HashSet<>();
    HashSet<String> moved = new HashSet<>();
    var start = fit(e, 0).network().state();
    for (int copy = 0; copy < 3; copy++) {
      Fit fit = fit(e, copy);
      assertEquals(role, fit.arm().role());
      initial.add(WeightHash.of(fit.network().state()));
      fit.network().load(start);
      fit.advance(new OpContext());
      moved.add(WeightHash.of(fit.network().state()));
    }
    assertEquals(3, initial.size());
    assertEquals(3, moved.size());
  }

  private static Fit fit(Experiment e, int arm) {
    return new Fit(e.arms().get(arm), 1, e.train(), e.train(), null, new TeacherSet());
  }

  @Test
  void settingsChangeAllCopies() {
    RecipeFile recipe = DerivedRuns.read(DerivedRuns.MEANS);
    Settings s = recipe.defaults().with(List.of("member.epochs=1", "member.copies=4"));
    List<Arm> arms = recipe.arms(s.with("geometric.ensemble", "[\"member\"]"));
    assertEquals(
        List.of("member-1", "member-2", "member-3", "member-4"),
        arms.subList(0, 4).stream().map(Arm::id).toList());
    arms.subList(0, 4).forEach(a -> assertEquals(1, a.training().epochs()));
    assertEquals(4, arms.get(4).derivation().of().size());
    assertEquals("ensemble/2:4*mlp:16-8-3", arms.get(4).network().architecture().name());
  }

  @ParameterizedTest
  @CsvSource({"paths", "means"})
  void aTextReadsBackToTheSameNetworks(String which) {
    RecipeFile recipe =
        DerivedRuns.read(which.equals("paths") ? DerivedRuns.PATHS : DerivedRuns.MEANS);
    String text = RecipeText.of(recipe, recipe.defaults());
    RecipeFile again = DerivedRuns.read(text);
    assertEquals(recipe.arms(recipe.defaults()), again.arms(again.defaults()), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ensemble = \"member\"|ensemble = []|different networks expected",
        "temperature = 2\\n"
            + "\\n"
            + "|mean = \"geometric\"\\n"
            + "temperature = 2\\n"
            + "\\n"
            + "|means nothing to a geometric",
        "temperature = 2\\n\\n|mean = \"harmonic\"\\n\\n|one of arithmetic, geometric expected",
        "temperature = 2\\n\\n|temperature = 0\\n\\n|a number from 0.01",
        "\"member-3\"]|\"ensemble\"]|none of them an ensemble",
        "\"member-3\"]|\"member-4\"]|no network \"member-4\" above this one; did you mean",
        "teacher = \"ensemble\"|teacher = \"member\"|it has copies: name one, such as member-1",
        "like = \"member\"|like = \"ensemble\"|has no training of its own",
        "copies = 3|copies = 1000|a whole number from 1 to 999",
        "temperature = 2\\n\\n|copies = 2\\n\\n|only a network that is trained",
        "mlp:16-8-3|mlp:16-8-4|has 4 outputs, but there are 3 classes",
      })
  void anEnsembleThatMakesNoSenseIsRefused(String from, String to, String expected) {
    String text = DerivedRuns.MEANS.replace(from.replace("\\n", "\n"), to.replace("\\n", "\n"));
    DerivedRuns.requireRefused(text, folder, expected);
  }
}
