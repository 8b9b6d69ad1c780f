package limbeck.kd.recipe.file;

import static limbeck.kd.recipe.file.SmallRecipe.TEXT;
import static limbeck.kd.recipe.file.SmallRecipe.read;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import limbeck.kd.recipe.RecipeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors in a file are named with their line, their key and what was meant. */
class RecipeFileErrorsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "temperature = 3|temprature = 3|a.toml:18: unknown key \"temprature\" in"
            + " networks.distilled.terms[0]; did you mean \"temperature\"?",
        "temperature = 3|temperature = -3|a.toml:17: networks.distilled.terms[0]: softTargets:"
            + " temperature -3.0",
        "temperature = 3|temperature = \"hot\"|a.toml:18: networks.distilled.terms[0].temperature:"
            + " a number",
        "\"SoftTargets\"|\"SoftTarget\"|a.toml:18: networks.distilled.terms[0].method: no method"
            + " \"SoftTarget\"; did you mean \"SoftTargets\"?",
        "teacher = \"teacher\"|teacher = \"techer\"|no teacher \"techer\"; did you mean"
            + " \"teacher\"?",
        "teacher = \"teacher\", |''|SoftTargets asks a teacher, and none is named",
        "like = \"student\"|like = \"teacher\"|a.toml:15: networks.distilled.like: no network"
            + " \"teacher\" above this one",
        "network = \"mlp:16-8-3\"|network = \"mpl:16-8-3\"|a.toml:12: networks.student.network: no"
            + " architecture",
        "network = \"mlp:16-8-3\"|''|missing network",
        "epochs = 8|epochs = 8.5|a.toml:8: defaults.epochs: a whole number",
        "epochs = 8|epoch = 8|a.toml:8: unknown key \"epoch\" in defaults; did you mean"
            + " \"epochs\"?",
        "baseline = \"student\"|baseline = \"alone\"|one of student, distilled, teacher expected",
        "until = 5 |until = 0 |a window of at least one epoch",
        "name = \"kd\"|name = \"kd|a.toml:1: ",
        "keep = \"best\"|keep = \"worst\"|one of last, best expected",
        "validation = 100|validation = -1|a.toml:5: data.validation: a whole number from 0",
        "validation = 100|split = \"strata\"|a.toml:5: data.split: one of last, stratified",
        "validation = 100|subset = 0.1|a.toml:5: data.subset: a whole number from 0",
        "validation = 100|results = \"train\"|a.toml:5: data.results: one of validation, test",
        "validation = 100|train = 10|a.toml:5: unknown key \"train\" in data",
        "rate = 0.1|drops = [0.5]|a.toml:9: defaults.drops: is of schedule = \"step\" alone",
        "rate = 0.1|factor = 5|a.toml:9: defaults.factor: is of schedule = \"step\" alone",
        "rate = 0.1|schedule = \"step\"|schedule = step needs defaults.drops, such as [0.5, 0.75]",
        "rate = 0.1|schedule = \"steps\"|expected, not \"steps\"; did you mean \"step\"?",
        "rate = 0.1|nesterov = 1|a.toml:9: defaults.nesterov: true or false expected, not 1",
      })
  void whatMakesNoSenseIsNamed(String from, String to, String expected) {
    String changed = TEXT.replaceFirst(Pattern.quote(from), to);
    String message =
        assertThrows(RecipeException.class, () -> read(changed).arms(read(changed).defaults()))
            .getMessage();
    assertTrue(message.contains(expected), message);
  }

  @Test
  void aCircleOfTeachersIsNamed() {
    String circle =
        TEXT.replace(
            "name = \"one\"",
            "name = \"one\"\nterms = [{ method = \"LogitMatching\", teacher = \"distilled\" }]");
    String message = assertThrows(RecipeException.class, () -> read(circle)).getMessage();
    assertTrue(message.contains("taught by itself, in a circle"), message);
    assertTrue(message.contains("distilled by teacher by distilled"), message);
  }

  @Test
  void anUnknownSettingIsRefused() {
    RecipeFile r = read(TEXT);
    String message =
        assertThrows(
                RecipeException.class, () -> r.defaults().with("distilled.terms.0.temprature", "2"))
            .getMessage();
    assertTrue(message.contains("did you mean \"distilled.terms.0.temperature\"?"), message);
  }
}
