package limbeck.kd.recipe.file;

import static limbeck.kd.recipe.file.SweptRecipe.TEXT;
import static limbeck.kd.recipe.file.SweptRecipe.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import limbeck.kd.objective.SoftTargets;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.NetworkChoice;
import limbeck.kd.recipe.Recipe.Comparison;
import limbeck.kd.recipe.Settings;
import limbeck.kd.recipe.Sweep;
import limbeck.kd.recipe.Term;
import org.junit.jupiter.api.Test;

/** The networks and comparisons that a sweep stands for. */
class SweepExpansionTest {
  private static List<String> ids(RecipeFile r, Settings s) {
    return r.arms(s).stream().map(Arm::id).toList();
  }

  private static Arm arm(RecipeFile r, Settings s, String id) {
    return r.arms(s).stream().filter(a -> a.id().equals(id)).findFirst().orElseThrow();
  }

  private static double temperature(Arm arm) {
    return ((SoftTargets) arm.stages().get(0).terms().get(0).objective()).temperature();
  }

  @Test
  void everyNetworkIsThereOncePerValue() {
    RecipeFile r = read(TEXT);
    assertEquals(
        List.of(
            "teacher",
            "student-4",
            "student-8",
            "student-16",
            "distilled-4",
            "distilled-8",
            "distilled-16",
            "warm-1",
            "warm-2.5"),
        ids(r, r.defaults()));
    Arm distilled = arm(r, r.defaults(), "distilled-16");
    assertEquals(NetworkChoice.of("mlp:16-16-3"), distilled.network());
    assertEquals("soft 16", distilled.label());
    assertEquals(List.of("teacher"), distilled.teachers());
    assertEquals("the student of 4 units alone", arm(r, r.defaults(), "student-4").name());
  }

  @Test
  void aPlaceAloneIsTheNumber() {
    RecipeFile r = read(TEXT);
    assertEquals(1, temperature(arm(r, r.defaults(), "warm-1")));
    assertEquals(2.5, temperature(arm(r, r.defaults(), "warm-2.5")));
  }

  @Test
  void theMainValuesAreComparedFirst() {
    RecipeFile r = read(TEXT);
    assertEquals(
        List.of("distilled-8", "warm-1", "distilled-4", "distilled-16", "warm-2.5"),
        r.comparisons(r.defaults()).stream().map(Comparison::arm).toList());
    Comparison of4 = r.comparisons(r.defaults()).get(2);
    assertEquals("student-4", of4.baseline());
    assertEquals("Soft targets help a student of 4 units", of4.claim());
    assertEquals("student-8", r.comparisons(r.defaults()).get(4).baseline());
  }

  @Test
  void sweepsAreKnown() {
    RecipeFile r = read(TEXT);
    Sweep units = r.sweeps(r.defaults()).get(0);
    assertEquals("units of the student", units.label());
    assertEquals(List.of(4.0, 8.0, 16.0), units.values());
    assertTrue(units.log());
    assertEquals(
        List.of("student-4", "student-16", "distilled-4", "distilled-16"),
        List.copyOf(units.aside()));
    Sweep temperature = r.sweeps(r.defaults()).get(1);
    assertEquals("T", temperature.label());
    assertEquals(1, temperature.main());
  }

  /** Ids are names of folders and parts of hashes: no locale, no exponent, no digit too many. */
  @Test
  void idsAreTheSameEverywhere() {
    Locale before = Locale.getDefault();
    try {
      for (String tag : List.of("en", "tr", "de", "ar-EG-u-nu-arab")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        List<Double> values = List.of(0.002, 1e-5, -3.0, 2e3, 0.1, 0.0, 1 / 3.0);
        Sweep sweep = new Sweep("T", "T", values, -3, false, List.of("warm"));
        assertEquals(
            List.of(
                "warm-0.002",
                "warm-0.00001",
                "warm--3",
                "warm-2000",
                "warm-0.1",
                "warm-0",
                "warm-0.3333333333333333"),
            sweep.arms("warm"));
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void valuesAndNetworksCanBeSet() {
    RecipeFile r = read(TEXT);
    Settings s =
        r.defaults()
            .with(
                List.of(
                    "sweeps.0.values=4,8",
                    "sweeps.0.main=4",
                    "sweeps.1.values=[3, 5]",
                    "student.epochs=7",
                    "distilled.terms.0.temperature=3"));
    assertEquals(
        List.of(
            "teacher", "student-4", "student-8", "distilled-4", "distilled-8", "warm-3", "warm-5"),
        ids(r, s));
    assertEquals(7, arm(r, s, "student-4").epochs());
    assertEquals(7, arm(r, s, "distilled-8").epochs(), "like the student of the same size");
    assertEquals(3, temperature(arm(r, s, "distilled-4")));
    assertEquals("distilled-4", r.comparisons(s).get(0).arm());
    assertEquals(List.of(4.0, 8.0), r.sweeps(s).get(0).values());
  }

  @Test
  void aPlaceCanBeSetToAValueAndAValueToAPlace() {
    RecipeFile r = read(TEXT);
    Settings constant = r.defaults().with("warm.terms.0.temperature", "7");
    assertEquals(7, temperature(arm(r, constant, "warm-2.5")));
    Settings by = r.defaults().with("distilled.terms.0.temperature", "{units}");
    assertEquals(16, temperature(arm(r, by, "distilled-16")));
  }

  @Test
  void whatIsWrittenOutIsReadBack() {
    RecipeFile r = read(TEXT);
    String text = RecipeText.of(r, r.defaults());
    RecipeFile again = read(text);
    assertEquals(r.arms(r.defaults()), again.arms(again.defaults()));
    assertEquals(r.comparisons(r.defaults()), again.comparisons(again.defaults()));
    assertEquals(r.sweeps(r.defaults()), again.sweeps(again.defaults()));
    assertEquals(text, RecipeText.of(again, again.defaults()));
  }

  /** A teacher of the same sweep is that of the same value. */
  @Test
  void teachersAreOfTheSameValue() {
    String chain =
        TEXT.replace("\"distilled\"]", "\"distilled\", \"far\"]")
            .replace(
                "[[comparisons]]\narm = \"warm\"",
                """
                [networks.far]
                role = "distilled"
                like = "distilled"

                [[networks.far.stages]]
                terms = [{ method = "SoftTargets", teacher = "distilled", temperature = 2 }]

                [[networks.far.stages]]
                terms = [{ method = "SoftTargets", teacher = "student-{units}", temperature = 2 }]

                [[comparisons]]
                arm = "warm"
                """
                    .strip());
    RecipeFile r = read(chain);
    assertEquals(List.of("distilled-16", "student-16"), arm(r, r.defaults(), "far-16").teachers());
  }

  @Test
  void cohortsAreOfTheSameValue() {
    String peers =
        TEXT.replace(
                "temperature = 2 },\n",
                "temperature = 2 },\n  { method = \"MutualLearning\","
                    + " teacher = \"peers\" },\n")
            .replace(
                "[networks.warm]",
                "[[cohorts]]\nnetworks = [\"student\", \"distilled\"]\n\n" + "[networks.warm]");
    RecipeFile r = read(peers);
    Arm small = arm(r, r.defaults(), "distilled-4");
    assertEquals("student-4+distilled-4", small.cohort().name());
    assertEquals(small.cohort(), arm(r, r.defaults(), "student-4").cohort());
    Term second = small.stages().get(0).terms().get(1);
    assertEquals("peers", second.teacher());
  }
}
