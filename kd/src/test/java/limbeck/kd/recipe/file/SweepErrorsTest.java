package limbeck.kd.recipe.file;

import static limbeck.kd.recipe.file.SweptRecipe.TEXT;
import static limbeck.kd.recipe.file.SweptRecipe.read;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import limbeck.kd.recipe.RecipeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors in sweeps are named with their line, their key and what was meant. */
class SweepErrorsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "values = [4, 8, 16]|values = [4]|a.toml:4: sweeps[0]: values: from two to 100 different"
            + " numbers expected, not 4",
        "values = [4, 8, 16]|values = [4, 8, 8.0]|different numbers expected, not 4, 8, 8",
        "values = [4, 8, 16]|values = 4|a.toml:7: sweeps[0].values: a list expected",
        "values = [4, 8, 16]|values = [\"4\", 8]|a.toml:7: sweeps[0].values: a list of numbers",
        "values = [4, 8, 16]|values = [4, 8, inf]|a.toml:7: sweeps[0].values: a list of numbers",
        "values = [4, 8, 16]|values = [-4, 8, 16]|values above 0 expected on a logarithmic axis",
        "main = 8|main = 9|a.toml:4: sweeps[0]: main: one of 4, 8, 16 expected, not 9",
        "main = 8|mian = 8|a.toml:8: unknown key \"mian\" in sweeps[0]; did you mean \"main\"?",
        "log = true|log = 1|a.toml:9: sweeps[0].log: true or false expected",
        "parameter = \"units\"|parameter = \"the units\"|a.toml:5: sweeps[0].parameter: a word",
        "parameter = \"T\"|parameter = \"units\"|a.toml:13: sweeps[1].parameter: two sweeps of"
            + " units",
        "\"student\", \"distilled\"]|\"studnt\", \"distilled\"]|a.toml:10: sweeps[0].networks: no"
            + " network \"studnt\"; did you mean \"student\"?",
        "\"student\", \"distilled\"]|\"student\", \"student\"]|and none twice",
        "networks = [\"warm\"]|networks = [\"student\"]|a.toml:15: sweeps[1].networks: student is"
            + " in two sweeps",
        "[networks.teacher]|[networks.student-4]|a.toml:10: sweeps[0].networks: student is there,"
            + " and a copy of it as well",
        "mlp:16-{units}-3|mlp:16-{unit}-3|a.toml:23: networks.student.network: {unit} means"
            + " nothing here; {units} is the value",
        "mlp:16-{units}-3|mlp:16-{units}-4x|a.toml:23: networks.student-4.network: ",
        "mlp:16-32-3|mlp:16-{units}-3|a.toml:18: networks.teacher.network: {units} has a value in"
            + " student, distilled only",
        "like = \"student-8\"|like = \"student\"|a.toml:34: networks.warm.like: student is there"
            + " once for each value of units; name one of student-4, student-8, student-16",
        "like = \"student-8\"|like = \"student-9\"|no network \"student-9\" above this one",
        "baseline = \"student-8\"|baseline = \"student\"|a.toml:46: comparisons[1].baseline:"
            + " networks of two sweeps, of T and of units: name one by its value",
        "temperature = 2 }|temperature = \"{T}\" }|a.toml:29:"
            + " networks.distilled.terms[0].temperature: {T} means nothing here",
        "temperature = 2 }|temperature = -2 }|a.toml:28: networks.distilled-4.terms[0]",
        "arm = \"distilled\"|arm = \"distilld\"|a.toml:40: comparisons[0].arm: one of",
      })
  void whatMakesNoSenseIsNamed(String from, String to, String expected) {
    String changed = TEXT.replaceFirst(Pattern.quote(from), to.replace("$", "\\$"));
    String message = assertThrows(RecipeException.class, () -> read(changed)).getMessage();
    assertTrue(message.contains(expected), message);
  }

  @Test
  void aNetworkWrittenOutInPartIsNamed() {
    RecipeFile r = read(TEXT);
    String text = RecipeText.of(r, r.defaults()).replace("[4, 8, 16]", "[4, 8, 16, 32]");
    String message = assertThrows(RecipeException.class, () -> read(text)).getMessage();
    assertTrue(
        message.contains(
            "no network \"student\", and not all of student-4, student-8, student-16, student-32"),
        message);
  }
}
