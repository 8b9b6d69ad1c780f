package limbeck.kd.recipe.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import limbeck.kd.recipe.Knowledge;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.Study;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables [[study]] of a recipe. */
class StudyReaderTest {
  private static final String TEXT =
      """
      name = "x"
      summary = "x"
      [networks.teacher]
      network = "mlp:4-9-2"
      [networks.student]
      network = "mlp:4-3-2"
      [networks.distilled]
      like = "student"
      terms = [{ method = "LogitMatching", teacher = "teacher" }]
      [networks.student-2]
      network = "mlp:4-5-2"
      [[comparisons]]
      arm = "distilled"
      baseline = "student"
      [[study]]
      student = "small"
      labels = "student"
      logits = "distilled"
      [[study]]
      student = "middle"
      labels = "student-2"
      """;

  private static RecipeFile read(String text) {
    return RecipeFile.of("a.toml", text, Path.of(""));
  }

  @Test
  void studentsAndTheirKnowledgeAreRead() {
    RecipeFile r = read(TEXT);
    Study study = r.study(r.defaults());
    assertEquals(List.of("small", "middle"), names(study));
    assertEquals(
        Map.of(Knowledge.LABELS, "student", Knowledge.LOGITS, "distilled"),
        study.students().get(0).arms());
    assertFalse(r.defaults().values().keySet().stream().anyMatch(k -> k.startsWith("study")));
  }

  @Test
  void itsTextReadsBack() {
    RecipeFile r = read(TEXT);
    RecipeFile again = read(RecipeText.of(r, r.defaults()));
    assertEquals(r.study(r.defaults()), again.study(again.defaults()));
  }

  @Test
  void otherRecipesAreNoStudies() {
    RecipeFile r = read(TEXT.substring(0, TEXT.indexOf("[[study]]")));
    assertFalse(r.study(r.defaults()).isStudy());
  }

  private static List<String> names(Study study) {
    return study.students().stream().map(Study.Student::name).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "logits = \"distilled\"|logits = \"distiled\"|a.toml:18: study[0].logits: no network"
            + " \"distiled\"; did you mean \"distilled\"?",
        "logits = \"distilled\"|logits = \"student\"|a.toml:18: study[0].logits: student learns"
            + " from something else in this table already",
        "logits = \"distilled\"|logit = \"distilled\"|a.toml:18: unknown key \"logit\" in"
            + " study[0]; did you mean \"logits\"?",
        "labels = \"student-2\"|labels = \"student\"|a.toml:19: study[1]: student is a network of"
            + " small already",
        "labels = \"student-2\"|logits = \"student-2\"|missing labels",
        "\"middle\"|\"small\"|a.toml:20: study[1].student: two students are called",
        "\"middle\"|\"\"|a.toml:20: study[1].student: 1 to 24 letters expected",
      })
  void whatMakesNoSenseIsNamed(String from, String to, String expected) {
    String changed = TEXT.replace(from, to);
    String message = assertThrows(RecipeException.class, () -> read(changed)).getMessage();
    assertTrue(message.contains(expected), message);
  }

  @Test
  void oneKindOfStudentIsNoStudy() {
    String one = TEXT.substring(0, TEXT.lastIndexOf("[[study]]"));
    String message = assertThrows(RecipeException.class, () -> read(one)).getMessage();
    assertTrue(message.contains("two kinds of students at least expected"), message);
  }
}
