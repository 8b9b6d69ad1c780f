package limbeck.kd.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.kd.Experiment;
import limbeck.kd.Tiny;
import limbeck.kd.TinyRecipe;
import limbeck.kd.data.Image;
import limbeck.kd.data.ImageDataset;
import limbeck.kd.data.Png;
import limbeck.kd.metric.SoftTargetStatistics;
import limbeck.kd.recipe.Arm;
import limbeck.kd.report.ConfusablePair;
import limbeck.kd.report.Example;
import limbeck.kd.report.TemperaturePoint;
import limbeck.kd.train.Trained;
import org.junit.jupiter.api.Test;

/** What the report shows of examples and classes, from logits made by hand. */
class MeasureTest {
  private static final String[] ROLES = {"teacher", "student", "distilled"};

  /** One row of logits: the named class leads by so much. */
  private static float[] row(int winner, double lead) {
    float[] row = new float[3];
    row[winner] = (float) lead;
    return row;
  }

  /** Test images of the given labels, and rows of logits by role for one seed. */
  private static Results results(
      int channels, int[] labels, Map<String, float[][]> rows, List<Long> seeds) {
    TinyRecipe recipe = new TinyRecipe();
    byte[] values = new byte[labels.length * 16 * channels];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) i;
    }
    ImageDataset test =
        new ImageDataset("test", 4, 4, channels, List.of("a", "b", "c"), values, labels);
    Experiment e = new Experiment(recipe, recipe.defaults(), Tiny.images(1, 60), null, test, seeds);
    List<Measured> measured = new ArrayList<>();
    for (Arm arm : recipe.arms(recipe.defaults())) {
      for (long seed : seeds) {
        float[][] all = rows.get(arm.id());
        float[] flat = new float[labels.length * 3];
        for (int i = 0; i < labels.length; i++) {
          System.arraycopy(all[i], 0, flat, 3 * i, 3);
        }
        measured.add(new Measured(new Trained(arm, seed, null, null), flat));
      }
    }
    return new Results(e, measured);
  }

  /** Who is right, and the teacher's lead, by example. */
  private record Case(int label, String right, double lead) {}

  private static Results cases(int channels, Case... cases) {
    int[] labels = Arrays.stream(cases).mapToInt(Case::label).toArray();
    Map<String, float[][]> rows = new LinkedHashMap<>();
    for (String role : ROLES) {
      float[][] all = new float[cases.length][];
      for (int i = 0; i < cases.length; i++) {
        boolean right = cases[i].right.contains(role.substring(0, 1));
        double lead = role.equals("teacher") ? cases[i].lead : 5;
        all[i] = row(right ? labels[i] : (labels[i] + 1) % 3, lead);
      }
      rows.put(role, all);
    }
    return results(channels, labels, rows, List.of(1L));
  }

  private static List<String> gallery(Case... cases) {
    return Gallery.of(cases(1, cases)).stream().map(e -> e.index() + " " + e.why()).toList();
  }

  @Test
  void repairedExamplesComeByEntropy() {
    // a smaller lead is a higher entropy; with label 2 there are three typical ones
    List<String> shown =
        gallery(
            new Case(0, "td", 4),
            new Case(0, "td", 1),
            new Case(0, "td", 2),
            new Case(0, "td", 8),
            new Case(0, "td", 7),
            new Case(0, "td", 6),
            new Case(0, "td", 9));
    assertEquals(
        List.of(
            "1 repaired",
            "2 repaired",
            "0 repaired",
            "5 repaired",
            "4 repaired",
            "3 repaired",
            "6 typical"),
        shown);
  }

  @Test
  void ambiguousExamplesAreTwoOfAClass() {
    List<String> shown =
        gallery(
            new Case(0, "tsd", 3),
            new Case(0, "tsd", 2),
            new Case(0, "tsd", 1),
            new Case(1, "tsd", 2.5),
            new Case(2, "t", 1));
    assertEquals(
        List.of("2 ambiguous", "1 ambiguous", "3 ambiguous", "0 typical", "4 typical"), shown);
  }

  @Test
  void wrongTeachersAndBrokenOnesAreTwoEach() {
    List<String> shown =
        gallery(
            new Case(0, "s", 1),
            new Case(0, "d", 1),
            new Case(0, "ts", 1),
            new Case(0, "ts", 1),
            new Case(0, "", 1),
            new Case(0, "ts", 1),
            new Case(0, "s", 1));
    // the first stands for its class, so others show the teacher wrong
    assertEquals(
        List.of("0 typical", "1 teacher wrong", "4 teacher wrong", "2 broken", "3 broken"), shown);
  }

  @Test
  void neverMoreThanTwentyFourNorOneTwice() {
    Case[] many = new Case[90];
    String[] right = {"td", "tsd", "d", "ts", "", "tsd"};
    for (int i = 0; i < many.length; i++) {
      many[i] = new Case(i % 3, right[i / 3 % right.length], 1 + i % 7);
    }
    List<Example> shown = Gallery.of(cases(1, many));
    assertEquals(6 + 6 + 3 + 2 + 2, shown.size());
    assertEquals(shown.size(), shown.stream().map(Example::index).distinct().count());
  }

  @Test
  void examplesCarryPictureAndLogits() throws Exception {
    Example e = Gallery.of(cases(1, new Case(2, "tsd", 0.12345))).get(0);
    assertEquals(2, e.label());
    assertEquals(List.of(ROLES), List.copyOf(e.logits().keySet()));
    assertEquals(List.of(0.0, 0.0, 0.123), e.logits().get("teacher"));
    assertTrue(e.grey());
    Image image = png(e);
    assertEquals("4 x 4 pixels, 1 channel", image.toString());
    assertEquals(5, image.sample(1, 1, 0));
  }

  @Test
  void colourPlanesBecomePixels() throws Exception {
    Example e = Gallery.of(cases(3, new Case(0, "tsd", 1))).get(0);
    assertTrue(!e.grey());
    Image image = png(e);
    for (int channel = 0; channel < 3; channel++) {
      assertEquals(16 * channel + 6, image.sample(2, 1, channel));
    }
  }

  private static Image png(Example e) throws Exception {
    String start = "data:image/png;base64,";
    assertTrue(e.image().startsWith(start));
    byte[] bytes = Base64.getDecoder().decode(e.image().substring(start.length()));
    return Png.read(bytes, "example");
  }

  @Test
  void twoChannelsAreNoPicture() {
    assertEquals(List.of(), Gallery.of(cases(2, new Case(0, "tsd", 1))));
  }

  @Test
  void sweepHasMeansAtEveryTemperature() {
    Results r = cases(1, new Case(0, "tsd", 3), new Case(1, "td", 1), new Case(2, "s", 2));
    List<TemperaturePoint> points = TemperatureSweep.of(r);
    assertEquals(
        List.of(1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 20.0),
        points.stream().map(TemperaturePoint::temperature).toList());
    float[] teacher = r.of("teacher", 1).logits();
    float[] student = r.of("student", 1).logits();
    TemperaturePoint at3 = points.get(3);
    assertEquals(SoftTargetStatistics.entropy(teacher, 3, 3), at3.entropy().get("teacher"));
    assertEquals(SoftTargetStatistics.kl(teacher, student, 3, 3), at3.klToTeacher().get("student"));
    assertEquals(List.of("student", "distilled"), List.copyOf(at3.klToTeacher().keySet()));
    for (int i = 1; i < points.size(); i++) {
      assertTrue(
          points.get(i).entropy().get("teacher") > points.get(i - 1).entropy().get("teacher"));
    }
  }

  @Test
  void pairsAreByTheTeachersSoftMass() {
    // examples of a lean to b, those of b to a, those of c to nobody; T = 2
    int[] labels = {0, 1, 2};
    Map<String, float[][]> rows = new LinkedHashMap<>();
    rows.put("teacher", new float[][] {{4, 2, 0}, {2, 4, 0}, {0, 0, 4}});
    rows.put("student", new float[][] {{0, 1, 0}, {1, 0, 0}, {1, 0, 0}});
    rows.put("distilled", new float[][] {{1, 0, 0}, {1, 0, 0}, {0, 0, 1}});
    List<ConfusablePair> pairs = ConfusablePairs.of(results(1, labels, rows, List.of(1L, 2L)));
    assertEquals(3, pairs.size());
    ConfusablePair first = pairs.get(0);
    double e = StrictMath.E;
    double mass = e / (e * e + e + 1);
    assertEquals(0, first.a());
    assertEquals(1, first.b());
    assertEquals(mass, first.softMass(), 1e-15);
    assertEquals(Map.of("teacher", 0L, "student", 4L, "distilled", 2L), first.errors());
    double less = (1 / (e * e + e + 1) + 1 / (e * e + 2)) / 2;
    assertEquals(less, pairs.get(1).softMass(), 1e-15);
    assertEquals(Map.of("teacher", 0L, "student", 2L, "distilled", 0L), pairs.get(1).errors());
    assertEquals(2, pairs.get(2).b());
  }

  @Test
  void rolesAreThoseOfTheVerdict() {
    TinyRecipe recipe = new TinyRecipe();
    Experiment e = Tiny.experiment("heldOut=5");
    Map<String, Arm> roles = new Results(e, List.of()).roles();
    assertEquals(List.of(ROLES), List.copyOf(roles.keySet()));
    assertEquals("corrected", roles.get("distilled").id());
    assertEquals("student", roles.get("student").id());
    assertEquals("Correction and distillation help", new Results(e, List.of()).headline().claim());
    assertEquals(3, recipe.arms(recipe.defaults()).size());
  }

  @Test
  void aNetworkThatIsNotThere() {
    Results none = new Results(Tiny.experiment(), List.of());
    assertThrows(IllegalArgumentException.class, () -> none.of("teacher", 1));
  }
}
