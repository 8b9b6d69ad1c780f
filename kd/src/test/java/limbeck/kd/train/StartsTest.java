package limbeck.kd.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Experiment;
import limbeck.kd.Network;
import limbeck.kd.Tiny;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.file.RecipeFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Networks that start from another's weights, and specialists among them. */
@Timeout(120)
class StartsTest {
  private static final String TEXT =
      """
      name = "starts"
      summary = "Networks that start from another."

      [defaults]
      epochs = 3
      batch = 16
      rate = 0.05

      [networks.student]
      network = "mlp:16-8-3"

      [networks.distilled-longer]
      start = "student"

      [networks.assistant]
      start = "student"
      specialist = { count = 2, classes = 2 }

      [[comparisons]]
      arm = "distilled-longer"
      baseline = "student"
      """;

  @TempDir Path folder;

  private static Experiment experiment(String... settings) {
    RecipeFile recipe = RecipeFile.of("starts.toml", TEXT, Path.of(""));
    return Tiny.experiment(recipe, List.of(1L, 2L), settings);
  }

  private static List<Trained> train(Experiment e, Path out, int threads) throws Exception {
    return train(e, out, threads, new Stopping(0));
  }

  private static List<Trained> train(Experiment e, Path out, int threads, Stopping stopping)
      throws Exception {
    Map<String, Object> description = Map.of("settings", e.settings().values());
    try (RunFolder run = RunFolder.open(out, description, List.of())) {
      Trainer trainer = new Trainer(e, run, stopping);
      stopping.stops(trainer::stop);
      return trainer.run(threads);
    }
  }

  private static Trained of(List<Trained> all, String arm) {
    return all.stream().filter(t -> t.arm().id().equals(arm)).findFirst().orElseThrow();
  }

  @Test
  void withoutEpochsTheWeightsStay() throws Exception {
    List<Trained> all = train(experiment("distilled-longer.epochs=0"), folder, 1);
    assertEquals(
        Tiny.hashes(List.of(of(all, "student"))),
        Tiny.hashes(List.of(of(all, "distilled-longer"))));
    assertEquals(List.of(), toList(of(all, "distilled-longer").history().trainLoss()));
  }

  private static List<Double> toList(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** With one special class the two others have one row, and the three specialists differ. */
  @Test
  void aSpecialistHasOneRowForAllOthers() throws Exception {
    List<Trained> all =
        train(
            experiment("assistant.specialist.count=3", "assistant.specialist.classes=1"),
            folder,
            1);
    for (int special = 0; special < 3; special++) {
      Network n = of(all, "assistant-" + (special + 1)).network();
      Tensor w = n.classifiers().get(0).weight().value();
      Tensor b = n.classifiers().get(0).bias().value();
      int one = (special + 1) % 3;
      int other = (special + 2) % 3;
      assertArrayEquals(row(w, one), row(w, other));
      assertEquals(b.get(one), b.get(other));
      assertFalse(Arrays.equals(row(w, one), row(w, special)));
    }
  }

  private static double[] row(Tensor t, int row) {
    int n = t.shape().last();
    return IntStream.range(row * n, (row + 1) * n).mapToDouble(t::get).toArray();
  }

  @Test
  void threadsAndStopsDoNotShow() throws Exception {
    Experiment e = experiment();
    List<String> whole = Tiny.hashes(train(e, folder.resolve("whole"), 1));
    assertEquals(8, whole.size());
    assertEquals(8, whole.stream().distinct().count());
    assertEquals(whole, Tiny.hashes(train(e, folder.resolve("threads"), 3)));
    Path out = folder.resolve("stopped");
    AtomicInteger sessions = new AtomicInteger();
    Stopping.Resumed<List<Trained>> stopped =
        Stopping.again(7, s -> train(e, out, 1 + sessions.getAndIncrement() % 2, s));
    assertTrue(stopped.stops() > 3, stopped.stops() + " stops");
    List<Trained> resumed = stopped.result();
    assertEquals(whole, Tiny.hashes(resumed));
    List<Trained> again = train(e, out, 1);
    assertEquals(whole, Tiny.hashes(again));
    assertArrayEquals(
        of(resumed, "assistant-2").history().trainLoss(),
        of(again, "assistant-2").history().trainLoss());
  }

  @Test
  void keysDependOnTheStart() {
    String usual = key("assistant-1");
    assertNotEquals(usual, key("assistant-2"));
    assertNotEquals(usual, key("assistant-1", "student.rate=0.04"));
    assertNotEquals(usual, key("assistant-1", "assistant.specialist.classes=1"));
    assertNotEquals(key("distilled-longer"), key("distilled-longer", "student.epochs=4"));
    assertEquals(usual, key("assistant-1", "distilled-longer.epochs=4"));
  }

  private static String key(String id, String... settings) {
    List<Arm> arms = experiment(settings).arms();
    return ArmKey.of(ArmKey.named(id, arms), arms, "train", "none", 1);
  }

  @Test
  void theDataMustHaveClassesEnough() {
    RecipeException tooMany =
        assertThrows(
            RecipeException.class, () -> experiment("assistant.specialist.classes=3").arms());
    assertTrue(
        tooMany.getMessage().startsWith("assistant-1: 2 specialists for 3 classes each, but the"),
        tooMany.getMessage());
  }
}
