package limbeck.kd.recipe.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.Start;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartReaderTest {
  private static final String TEXT =
      """
      name = "starts"
      summary = "Networks that start from another."

      [networks.teacher]
      network = "mlp:16-8-3"

      [networks.specialist]
      role = "assistant"
      name = "specialist"
      start = "teacher"
      specialist = { count = 3, classes = 2 }
      epochs = 5

      [networks.student]
      role = "student"
      start = "teacher"

      [[comparisons]]
      arm = "specialist-2"
      baseline = "student"
      """;

  private static RecipeFile read(String text) {
    return RecipeFile.of("a.toml", text, Path.of("."));
  }

  private static List<Arm> arms(RecipeFile r, String... settings) {
    return r.arms(r.defaults().with(List.of(settings)));
  }

  @Test
  void aTableDeclaresAllSpecialists() {
    List<Arm> arms = arms(read(TEXT));
    assertEquals(
        List.of("teacher", "specialist-1", "specialist-2", "specialist-3", "student"),
        arms.stream().map(Arm::id).toList());
    Arm second = arms.get(2);
    assertEquals(new Start("teacher", new Start.Specialist(2, 3, 2)), second.start());
    assertEquals(arms.get(0).network(), second.network());
    assertEquals("specialist 2", second.label());
    assertEquals("specialist 2", second.name());
    assertEquals(5, second.epochs());
    assertEquals(List.of("teacher"), second.needs());
    assertEquals(new Start("teacher", null), arms.get(4).start());
  }

  @Test
  void whatIsWrittenIsReadBack() {
    RecipeFile r = read(TEXT);
    String text = RecipeText.of(r, r.defaults());
    assertEquals(arms(r), arms(read(text)));
    assertTrue(text.contains("specialist = { number = 3, count = 3, classes = 2 }"), text);
  }

  @Test
  void someLayersAreReadBack() {
    RecipeFile r =
        read(
            TEXT.replaceFirst("(?s)specialist = .*?\n", "startLayers = [0, 2]\n")
                .replace("specialist-2", "specialist"));
    assertEquals(new Start("teacher", null, List.of(0, 2)), arms(r).get(1).start());
    assertEquals("from layers [0, 2] of teacher", arms(r).get(1).start().describe());
    String text = RecipeText.of(r, r.defaults());
    assertEquals(arms(r), arms(read(text)));
    String lone = text.replaceFirst("start = \"teacher\"\n", "");
    String message = assertThrows(RecipeException.class, () -> read(lone)).getMessage();
    assertTrue(message.contains("startLayers: start = \"ID\" expected beside it"), message);
  }

  @Test
  void theirNumberCanBeSet() {
    assertEquals(4, arms(read(TEXT), "specialist.specialist.count=2").size());
    Start one = arms(read(TEXT), "specialist.specialist.classes=1").get(1).start();
    assertEquals(1, one.specialist().classes());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "start = \"teacher\"|start = \"techer\"|a.toml:10: networks.specialist.start: no network"
            + " \"techer\" above this one; did you mean \"teacher\"?",
        "start = \"teacher\"|''|networks.specialist.specialist: start = \"ID\" expected beside it",
        "epochs = 5|startLayers = [1]|startLayers: a specialist has all layers of teacher",
        "classes = 2|clases = 2|networks.specialist.specialist",
        "count = 3, |''|missing count (a whole number) in networks.specialist.specialist",
        "classes = 2|classes = 0|networks.specialist.specialist.classes: a whole number from 1",
        "count = 3|number = 4, count = 3|specialist.number: a whole number from 1 to 3 expected",
        "epochs = 5|network = \"mlp:16-9-3\"|networks.specialist.start: teacher is mlp:16-8-3 with"
            + " plain inputs, this is mlp:16-9-3",
        "network = \"mlp:16-8-3\"|network = \"exits:mlp:16-8-8-3\"|networks.specialist.specialist:"
            + " exits:mlp:16-8-8-3: is no single network with one output",
        "epochs = 5|terms = [{ method = \"LogitMatching\", teacher = \"teacher\" }]|a specialist"
            + " learns from labels",
        "[networks.student]|[networks.specialist-3]|networks.specialist-3: there is a network"
            + " specialist-3 already",
        "epochs = 5|label = \"a specialist of many\"|label: at most 14 letters expected",
        "arm = \"specialist-2\"|arm = \"specialist\"|one of teacher, specialist-1, specialist-2",
      })
  void whatMakesNoSenseIsNamed(String from, String to, String expected) {
    String changed = TEXT.replaceFirst(Pattern.quote(from), to);
    String message = assertThrows(RecipeException.class, () -> read(changed)).getMessage();
    assertTrue(message.contains(expected), message);
  }
}
