package limbeck.kd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.Json;
import limbeck.engine.program.Program;
import limbeck.kd.data.DigitImage;
import limbeck.kd.data.Image;
import limbeck.kd.data.Png;
import limbeck.kd.data.RenderedDigits;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each command, as a user types it, on one small run. */
class CommandsTest {
  @TempDir static Path folder;
  private static Path data;
  private static Path out;
  private static Ran first;

  @BeforeAll
  static void run() throws IOException {
    data = Ran.digits(folder.resolve("data"));
    out = folder.resolve("out");
    first = Ran.small(data, out, "--json");
  }

  private static String model() {
    return out.resolve("models/distilled-seed2.safetensors").toString();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> rows(Object report) {
    return (List<Map<String, Object>>) ((Map<String, Object>) report).get("rows");
  }

  @Test
  void aRunWritesItsReports() throws Exception {
    Object report = first.json();
    assertEquals(report, Json.read(out.resolve("report.json")));
    assertEquals(6, rows(report).size());
    assertEquals(
        List.of("teacher", "teacher", "student", "student", "distilled", "distilled"),
        rows(report).stream().map(row -> row.get("role")).toList());
    String text = Files.readString(out.resolve("report.txt"));
    assertTrue(text.contains("Test errors") && text.contains("distilled − alone"), text);
    String page = Files.readString(out.resolve("report.html"));
    assertTrue(page.startsWith("<!doctype html>") && page.contains("Dark knowledge"), page);
    assertTrue(first.err().contains("Ctrl-C saves, the same command goes on"), first.err());
  }

  @Test
  @SuppressWarnings("unchecked")
  void theReportSetsErrorsAgainstCost() throws Exception {
    List<Map<String, Object>> points =
        (List<Map<String, Object>>) ((Map<String, Object>) first.json()).get("pareto");
    assertEquals(
        List.of("teacher", "student", "distilled"),
        points.stream().map(p -> p.get("arm")).toList());
    Map<String, Object> student = points.get(1);
    double mean =
        rows(first.json()).subList(2, 4).stream()
            .mapToDouble(row -> ((Number) row.get("errors")).doubleValue())
            .average()
            .getAsDouble();
    assertEquals(mean, ((Number) student.get("errors")).doubleValue());
    assertEquals(784L * 8 + 8 + 8 * 10 + 10, student.get("parameters"));
    assertTrue(((Number) student.get("low")).doubleValue() <= mean);
  }

  @Test
  void startedAgainItTrainsNothingAndSaysTheSame() throws Exception {
    assertEquals(
        rows(first.json()).stream().map(row -> row.get("weightsSha256")).toList(),
        rows(Ran.small(data, out, "--json").json()).stream()
            .map(row -> row.get("weightsSha256"))
            .toList());
  }

  @Test
  void evalFindsTheErrorsOfTheReport() throws Exception {
    Map<?, ?> measured = (Map<?, ?>) Ran.of("eval", model(), "--data=" + data, "--json").json();
    Map<String, Object> row = rows(first.json()).get(5);
    assertEquals(2L, row.get("seed"));
    for (String figure : List.of("errors", "accuracy", "nll", "ece")) {
      assertEquals(row.get(figure), measured.get(figure), figure);
    }
    Ran text = Ran.of("eval", model(), "--data=" + data);
    assertTrue(text.out().startsWith(measured.get("errors") + " errors in 200 ("), text.out());
  }

  @Test
  void predictReadsIdxAndPng() throws Exception {
    Image image = new Image(28, 28, 1, RenderedDigits.bytes(2, 0));
    String png = folder.resolve("digit.png").toString();
    Png.write(Path.of(png), image);
    String images = data.resolve("t10k-images-idx3-ubyte").toString();
    List<?> all = (List<?>) Ran.of("predict", model(), images, png, "--limit=3", "--json").json();
    assertEquals(4, all.size());
    float[] idx = new float[784];
    float[] picture = new float[784];
    for (int i = 0; i < 784; i++) {
      idx[i] = (image.samples()[i] & 0xff) / 255f;
    }
    DigitImage.read(image, picture, 0);
    assertEquals(best(idx), ((Map<?, ?>) all.get(0)).get("class"));
    assertEquals(best(picture), ((Map<?, ?>) all.get(3)).get("class"));
    Ran text = Ran.of("predict", model(), images, png, "--limit=3");
    assertEquals(4, text.out().lines().count());
  }

  private static String best(float[] pixels) throws IOException {
    float[] logits = new float[10];
    Program.load(Path.of(model())).runner().run(pixels, logits);
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return Integer.toString(best);
  }

  @Test
  void inspectListsTheTensors() throws Exception {
    Map<?, ?> found = (Map<?, ?>) Ran.of("inspect", model(), "--json").json();
    assertEquals(784L * 8 + 8 + 80 + 10, found.get("numbers"));
    Ran text = Ran.of("inspect", model());
    assertTrue(text.code() == 0 && text.out().contains("fc1.weight"), text.out() + text.err());
  }

  @Test
  void recipesListsAndExplains() throws Exception {
    List<?> recipes = (List<?>) Ran.of("recipes", "--json").json();
    assertEquals(limbeck.kd.recipe.Recipes.all().size(), recipes.size());
    Ran one = Ran.of("recipes", "hinton-small");
    assertTrue(one.out().contains("distill.temperatures"), one.out());
  }

  /** What is shown can be run: the same networks come out. */
  @Test
  void aRecipeIsShownAsAFileThatRuns() throws Exception {
    Ran shown = Ran.of("recipe", "show", "hinton-mnist", "--set", "student.rate=0.25");
    assertTrue(shown.out().contains("rate = 0.25"), shown.out());
    Path file = folder.resolve("mine.toml");
    java.nio.file.Files.writeString(file, shown.out());
    assertEquals(shown.out(), Ran.of("recipe", "show", file.toString()).out());
    Ran.of("recipe", "show", "nowhere.toml").isWrongUse("nowhere.toml: no such file");
  }

  @Test
  void methodsAreListedWithTheirSettings() {
    String out = Ran.of("methods").out();
    assertTrue(out.contains("SoftTargets"), out);
    assertTrue(out.matches("(?s).*temperature +4 +temperature T.*"), out);
  }

  @Test
  void networksOfAnotherRunAreTakenOver() throws Exception {
    Ran again =
        Ran.small(
            data,
            folder.resolve("other"),
            "--json",
            "--reuse=" + out,
            "--set=distill.temperature=3");
    assertEquals(
        rows(first.json()).get(0).get("weightsSha256"),
        rows(again.json()).get(0).get("weightsSha256"));
    Ran none = Ran.small(data, folder.resolve("third"), "--reuse=" + data);
    none.failsSaying(data + ": is no folder of a run (it has no models/)");
  }

  @Test
  void settingsFollowOneAnotherAfterOneOption() {
    RunOptions options = new RunOptions();
    String[] args = {"--set", "a=1", "b=2", "--seeds", "4", "--set=c=3"};
    new picocli.CommandLine(options).parseArgs(args);
    assertEquals(List.of("a=1", "b=2", "c=3"), options.set());
    assertEquals(List.of(4L), options.seeds());
  }

  @Test
  void aStudyIsARunOfARecipeWithItsTables() throws Exception {
    Path recipe = folder.resolve("study.toml");
    Files.writeString(
        recipe,
        """
        name = "sizes"
        summary = "Two sizes of students."
        [defaults]
        epochs = 1
        [networks.teacher]
        network = "mlp:784-12-10"
        [networks.student]
        network = "mlp:784-4-10"
        [networks.distilled]
        like = "student"
        terms = [{ method = "LogitMatching", teacher = "teacher" }]
        [networks.student-6]
        network = "mlp:784-6-10"
        [[study]]
        student = "four units"
        labels = "student"
        logits = "distilled"
        [[study]]
        student = "six units"
        labels = "student-6"
        [[comparisons]]
        arm = "distilled"
        baseline = "student"
        """);
    Path to = folder.resolve("study");
    String file = recipe.toString();
    Ran ran =
        Ran.of("study", file, "--data", data.toString(), "--seeds", "1,2", "--out", to.toString());
    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.out().contains("Which student?") && ran.out().contains("four units"), ran.out());
    Object report = Json.read(to.resolve("report.json"));
    double one = ((Number) rows(report).get(0).get("throughputOneCore")).doubleValue();
    assertTrue(one > 0);
    String again = Files.readString(to.resolve("report.txt"));
    assertTrue(again.contains("study " + file + " --data"), "how it is run again");
  }

  @Test
  void whatIsNoStudyIsNamed() {
    Ran ran = Ran.of("study", "demo");
    assertEquals(2, ran.code());
    assertTrue(ran.err().contains("no study \"demo\""), ran.err());
  }
}
