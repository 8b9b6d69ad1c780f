package limbeck.kd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import limbeck.kd.data.IdxWriter;
import limbeck.kd.data.RenderedDigits;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareTest {
  @TempDir private static Path folder;

  private static Path one;
  private static Path two;

  @BeforeAll
  static void run() throws IOException {
    Path data = Ran.digits(folder.resolve("data"));
    one = folder.resolve("one");
    two = folder.resolve("two");
    assertEquals(0, Ran.small(data, one).code());
    Ran other = Ran.small(data, two, "--reuse=" + one, "--set=distill.temperature=3");
    assertEquals(0, other.code(), other.err());
  }

  private static Ran compare(Object... runs) {
    Path page = folder.resolve("compare.html");
    String[] args = new String[runs.length + 2];
    args[0] = "compare";
    args[1] = "--out=" + page;
    for (int i = 0; i < runs.length; i++) {
      args[i + 2] = runs[i].toString();
    }
    return Ran.of(args);
  }

  @Test
  @SuppressWarnings("unchecked")
  void runsAreComparedSeedBySeed() throws Exception {
    Map<String, Object> all =
        (Map<String, Object>) compare(one, two.resolve("report.json"), "--json").json();
    List<Map<String, Object>> comparisons = (List<Map<String, Object>>) all.get("comparisons");
    assertEquals("two", comparisons.get(0).get("run"));
    assertEquals("one", comparisons.get(0).get("baseline"));
    assertEquals(List.of(1L, 2L), comparisons.get(0).get("seeds"));
    String page = Files.readString(folder.resolve("compare.html"));
    assertTrue(page.startsWith("<!doctype html>") && page.contains("two \u2212 one"));
  }

  @Test
  void theSameNetworksHaveNoDifference() throws Exception {
    Ran text = compare(one, two, "--arm=student");
    assertEquals(0, text.code(), text.err());
    assertTrue(text.out().contains("seed 1: 0; seed 2: 0"), text.out());
    assertTrue(text.err().contains("drawn in " + folder.resolve("compare.html")), text.err());
  }

  @Test
  void whatCannotBeComparedIsSaid() throws IOException {
    compare(one, folder)
        .failsSaying(folder + ": is no folder of a finished run (it has no report.json)");
    compare(one, two, "--arm=pupil")
        .failsSaying("compare: one has no arm pupil; it has teacher, student, distilled");
    assertEquals(2, compare(one).code());
    compare(one, one).failsSaying("compare: at least two different runs are needed");
    Path data = folder.resolve("other-data");
    IdxWriter.write(data, "train", RenderedDigits.of(7, 500), false);
    IdxWriter.write(data, "t10k", RenderedDigits.of(8, 200), false);
    Path other = folder.resolve("other");
    assertEquals(0, Ran.small(data, other).code());
    Ran refused = compare(one, other);
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("only runs on the same data can be compared"), refused.err());
  }
}
