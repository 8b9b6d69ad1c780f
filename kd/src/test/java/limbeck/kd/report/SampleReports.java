package limbeck.kd.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.Json;
import limbeck.kd.metric.Classification;
import limbeck.kd.metric.Measure;
import limbeck.kd.metric.Reliability;
import limbeck.kd.metric.Verdict;

/** Reports with made-up data for tests. */
final class SampleReports {
  static final Environment ENVIRONMENT =
      new Environment(
          "OpenJDK 64-Bit Server VM 17",
          "Linux",
          "x86-64",
          "simd",
          256,
          "Vector API present",
          2,
          "4fc82b26aecb47d2868c4efbe3581732a3e7cbcc6c2efb32062c08170a05eeb8",
          true);

  private static final double[][] FIGURES = {
    // errors, accuracy, NLL, ECE, agreement of seeds 1 to 3: teacher, alone, distilled
    {38, 0.981, 0.061, 0.004, 1},
    {41, 0.9795, 0.064, 0.005, 1},
    {36, 0.982, 0.06, 0.004, 1},
    {109, 0.9455, 0.194, 0.021, 0.949},
    {118, 0.941, 0.203, 0.023, 0.944},
    {112, 0.944, 0.197, 0.022, 0.947},
    {79, 0.9605, 0.129, 0.008, 0.967},
    {86, 0.957, 0.134, 0.009, 0.963},
    {84, 0.958, 0.131, 0.008, 0.965},
  };
  private static final String[] WEIGHTS = {
    "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b",
    "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35",
    "4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce",
    "4b227777d4dd1fc61c6f884f48641d02b4d121d3fd328cb08b5531fcacdabf8a",
    "ef2d127de37b942baad06145e54b0c619a1f22327b2ebbcfbec78f5564afe39d",
    "e7f6c011776e8db7cd330b54174fd76f7d0216b612387a5ffcfb81e6f0919683",
    "7902699be42c8a8e46fbbb4501726517e86b22c56a189f7625a6da49081b2451",
    "2c624232cdd221771294dfbb310aca000a0df6ac8b66b696d90ef06fdefb64a3",
    "19581e27de7ced00ff1ce50b2047e7a567c76b1cbaebabe5ef03f7c3017bb5b7",
  };

  private SampleReports() {}

  static String smallestJson() throws IOException {
    return resource("smallest.json");
  }

  /** The text report of {@link #smallest}. */
  static String smallestText() throws IOException {
    return resource("smallest.txt");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = SampleReports.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The report that {@link #smallestJson} has, from its parts. */
  static RunReport smallest() {
    return RunReport.of(limbeck(), run(1, 2, 3), data(), recipe(), rows(), beats(), ENVIRONMENT)
        .build();
  }

  static LimbeckVersion limbeck() {
    return new LimbeckVersion("0.1.0", "0123456789ab");
  }

  static Run run(long... seeds) {
    String summary = "A 32-unit student learns from a 400-unit teacher.";
    List<Long> boxed = Arrays.stream(seeds).boxed().toList();
    return new Run("demo", summary, "2026-01-02T03:04:05Z", 84, boxed, 0, "./limbeck demo");
  }

  static DataSummary data() {
    return new DataSummary(
        "rendered digits",
        "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
        "image",
        List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
        10_000,
        1_000,
        2_000,
        "drawn from three separate streams");
  }

  static RecipeSummary recipe() {
    Map<String, Object> conventions = new LinkedHashMap<>();
    conventions.put("hardWeight", 0.1);
    conventions.put("softWeight", 0.9f);
    conventions.put("temperature", 4);
    conventions.put("temperatureSquared", true);
    conventions.put("reduction", "batchmean");
    conventions.put("direction", "KL(teacher ‖ student)");
    String paper = "Hinton, Vinyals, Dean 2015 (arXiv 1503.02531)";
    return new RecipeSummary("demo", paper, 4, conventions);
  }

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < FIGURES.length; i++) {
      double[] f = FIGURES[i];
      boolean teacher = i < 3;
      rows.add(
          Row.of(List.of("teacher", "student", "distilled").get(i / 3), i % 3 + 1)
              .errors((long) f[0], f[1])
              .calibration(f[2], f[3])
              .agreement(f[4], Double.NaN)
              .size(teacher ? 478_410 : 26_506, teacher ? 1_913_640 : 106_024, -1)
              .speed(teacher ? 0.11 : 0.009, Double.NaN)
              .weights(WEIGHTS[i])
              .build());
    }
    return rows;
  }

  static VerdictRecord beats() {
    return verdict(Verdict.BEATS, List.of(-30.0, -32.0, -28.0), -30, 2, -34.969, -25.031);
  }

  static VerdictRecord verdict(
      Verdict label, List<Double> differences, double mean, double sd, double low, double high) {
    return new VerdictRecord(
        label,
        "distilled",
        "student",
        "errors",
        true,
        "Distillation helps this student",
        differences,
        mean,
        sd,
        low,
        high,
        0.95,
        "seeds",
        0);
  }

  /** A report with every optional part. */
  static RunReport whole() {
    Classification counts = Classification.ofCounts(new long[][] {{9, 1}, {0, 10}});
    Reliability bins =
        Reliability.of(new double[] {0.7, 0.9, 0.95}, new boolean[] {false, true, true}, 15);
    List<Row> rows = new ArrayList<>();
    for (Row row : rows()) {
      rows.add(0, row);
    }
    rows.add(Row.of("assistant", 1).errors(60, 0.97).figure("bleu", 31.25).build());
    return RunReport.of(limbeck(), run(1, 2, 3), data(), recipe(), rows, beats(), ENVIRONMENT)
        .sample(true)
        .arms(arms())
        .comparisons(List.of(againstTeacher()))
        .curves(curves())
        .confusion(List.of(Confusion.of("student", 3, counts)))
        .pairs(List.of(new ConfusablePair(7, 9, 0.03, ordered("student", 86L, "distilled", 50L))))
        .calibration(
            List.of(
                CalibrationEntry.of("student", 3, bins),
                CalibrationEntry.of("distilled", 3, bins.plus(bins))))
        .examples(examples())
        .temperatureSweep(
            List.of(new TemperaturePoint(4, Map.of("teacher", 1.2), Map.of("student", 0.5))))
        .pareto(
            List.of(
                new ParetoPoint(
                    "student", null, "16", 1, 2, 3, 0.5, Measure.ERRORS, 512, 488, 536)))
        .paths(paths())
        .sweeps(sweeps())
        .study(study())
        .cost(costs())
        .build();
  }

  private static <V> Map<String, V> ordered(String a, V first, String b, V second) {
    Map<String, V> map = new LinkedHashMap<>();
    map.put(a, first);
    map.put(b, second);
    return map;
  }

  private static List<Arm> arms() {
    return List.of(
        new Arm("teacher", "teacher", "teacher", "the teacher", "784-400-10", "hard labels"),
        new Arm("assistant", "assistant", "assistant", "the assistant", null, null),
        new Arm("student", "student", "alone", "the same student trained alone", "784-32-10", null),
        new Arm("distilled", "distilled", "distilled", "the distilled student", null, "KD"));
  }

  static VerdictRecord againstTeacher() {
    return new VerdictRecord(
        Verdict.NO_BEATS,
        "distilled",
        "teacher",
        "errors",
        true,
        null,
        List.of(41.0, 45.0, 48.0),
        44.667,
        3.512,
        35.943,
        53.391,
        0.95,
        "seeds",
        0);
  }

  /** Two kinds of students, one of them with a gain. */
  static Study study() {
    VerdictRecord gain = beats();
    Study.Student small =
        new Study.Student(
            "small",
            List.of(
                new Study.Cell("labels", "student", null),
                new Study.Cell("logits", "distilled", gain)));
    Study.Student middle =
        new Study.Student("middle", List.of(new Study.Cell("labels", "assistant", null)));
    return new Study(List.of(small, middle));
  }

  private static List<Curve> curves() {
    List<Double> epochs = List.of(1.0, 2.0, 3.0);
    List<Double> alone = List.of(5.0, Double.NaN, 2.58);
    List<Double> distilled = List.of(4.5, 3.0, 1.96);
    return List.of(
        new Curve("student", 1, "validationError", "percent", epochs, alone),
        new Curve("distilled", 1, "validationError", "percent", epochs, distilled));
  }

  private static List<Example> examples() {
    Map<String, List<Double>> logits =
        ordered("teacher", List.of(1.23456, -2.0), "student", List.of(0.0005, 7.0));
    return List.of(
        new Example(17, 3, "typical", "data:image/png;base64,AAAA", false, null, logits),
        new Example(18, 4, "repaired", "data:image/png;base64,AAAB", true, null, logits),
        new Example(19, 5, "broken", null, true, "a </script> text", logits));
  }

  private static Paths paths() {
    Schedule.Series series =
        new Schedule.Series(
            "target scale Φ",
            List.of(new Schedule.Point(0, 0.1), new Schedule.Point(30, Double.NaN)),
            List.of(0.0, 1.0),
            false);
    Schedule schedule =
        new Schedule(
            "distilled", 40, List.of(new Schedule.Phase(0, 30, "phase I")), List.of(series));
    return new Paths(
        List.of(
            new Paths.Hop("teacher", List.of(), null, null, -1),
            new Paths.Hop("distilled", List.of("assistant", "teacher"), "KD", "T = 4", 40)),
        List.of(new Paths.Considered(List.of("400", "32"), Measure.ERRORS, 1.9, true, List.of(1L))),
        List.of(schedule));
  }

  private static List<Sweep> sweeps() {
    return List.of(
        new Sweep(
            "temperature",
            "temperature",
            true,
            "distilled",
            null,
            "errors",
            "validation",
            4,
            new Sweep.Baseline("student", 252.1, 243.8, 260.4),
            List.of(
                new Sweep.Point(1, null, 231, 222, 240, null),
                new Sweep.Point(4, null, 196, 188, 204, null))));
  }

  private static List<Cost> costs() {
    return List.of(
        new Cost("Train the teacher", "teacher", 60, 1724, 3391, 0, 9_580_840, true),
        new Cost("Cache its logits", "teacher", 1, 11.6, 22.7, 60_000, 2_400_000, true),
        new Cost("Distil the assistant", "assistant", 40, 171, 334, 0, 1_315_240, true),
        new Cost("Train the student alone", "student", 40, 41.8, 80.9, 0, 220_200, false),
        new Cost("Distil", "distilled", 40, 46.1, 89.6, 0, 220_200, false));
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> parsed(String json) throws IOException {
    return (Map<String, Object>) Json.parse(json);
  }
}
