package limbeck.kd.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import limbeck.engine.io.AtomicFile;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.Json;

/**
 * Writes and reads {@code report.json}, the record that every other report is drawn from.
 *
 * <p>UTF-8, format 1, one object. Parts that are empty and figures that were not measured are left
 * out, so there is no NaN. Every entry of a list of objects stands on a line of its own.
 */
public final class ReportJson {
  private static final int FORMAT = 1;

  private ReportJson() {}

  /** Returns the report as values of {@link Json}, objects in the order of the fields. */
  public static Map<String, Object> toMap(RunReport report) {
    JsonObject object = new JsonObject().count("format", FORMAT).ifTrue("sample", report.sample());
    object.put("limbeck", report.limbeck().json());
    object.put("run", report.run().json());
    object.put("data", report.data().json());
    object.put("recipe", report.recipe().json());
    object.put("arms", each(report.arms(), Arm::json));
    object.put("rows", each(report.rows(), Row::json));
    object.put("verdict", report.verdict().json());
    object.put("comparisons", each(report.comparisons(), VerdictRecord::json));
    object.put("curves", each(report.curves(), Curve::json));
    object.put("confusion", each(report.confusion(), Confusion::json));
    object.put("pairs", each(report.pairs(), ConfusablePair::json));
    object.put("calibration", each(report.calibration(), CalibrationEntry::json));
    object.put("examples", each(report.examples(), Example::json));
    object.put("temperatureSweep", each(report.temperatureSweep(), TemperaturePoint::json));
    object.put("pareto", each(report.pareto(), ParetoPoint::json));
    object.put("paths", report.paths().json());
    object.put("sweeps", each(report.sweeps(), Sweep::json));
    object.put("study", report.study().isStudy() ? report.study().json() : Map.of());
    object.put("cost", each(report.cost(), Cost::json));
    object.put("environment", report.environment().json());
    return object.map();
  }

  private static <T> List<Map<String, Object>> each(
      List<T> parts, Function<T, Map<String, Object>> json) {
    return parts.stream().map(json).toList();
  }

  /** Returns the text of {@code report.json}, ended by a line feed. */
  public static String toJson(RunReport report) {
    StringBuilder out = new StringBuilder("{");
    String separator = "\n  ";
    for (Map.Entry<String, Object> field : toMap(report).entrySet()) {
      out.append(separator).append(Json.write(field.getKey())).append(": ");
      field(out, field.getValue());
      separator = ",\n  ";
    }
    return out.append("\n}\n").toString();
  }

  private static void field(StringBuilder out, Object value) {
    if (!(value instanceof List<?> list)) {
      out.append(Json.write(value));
      return;
    }
    String separator = "[\n    ";
    for (Object element : list) {
      out.append(separator).append(Json.write(element));
      separator = ",\n    ";
    }
    out.append("\n  ]");
  }

  /** Writes {@code report.json}; a file that is there is replaced. */
  public static void write(RunReport report, Path file) throws IOException {
    AtomicFile.writeString(file, toJson(report));
  }

  /**
   * Reads a report file. Fields that this version does not know are ignored.
   *
   * @throws FormatException naming the field that is missing or does not fit
   * @throws IOException if the file cannot be read
   */
  public static RunReport read(Path file) throws IOException {
    return of(Json.read(file));
  }

  /**
   * Reads the text of a report, see {@link #read}.
   *
   * @throws IOException a {@link FormatException} naming the field that does not fit
   */
  public static RunReport parse(String json) throws IOException {
    return of(Json.parse(json));
  }

  private static RunReport of(Object value) throws FormatException {
    JsonFields fields = new JsonFields("", value);
    long format = fields.whole("format");
    if (format != FORMAT) {
      throw new FormatException(
          "report.json: format " + format + " is not known; this version reads format " + FORMAT);
    }
    try {
      return required(fields)
          .sample(fields.flag("sample", false))
          .arms(fields.objects("arms", Arm::read))
          .comparisons(fields.objects("comparisons", VerdictRecord::read))
          .curves(fields.objects("curves", Curve::read))
          .confusion(fields.objects("confusion", Confusion::read))
          .pairs(fields.objects("pairs", ConfusablePair::read))
          .calibration(fields.objects("calibration", CalibrationEntry::read))
          .examples(fields.objects("examples", Example::read))
          .temperatureSweep(fields.objects("temperatureSweep", TemperaturePoint::read))
          .pareto(fields.objects("pareto", ParetoPoint::read))
          .paths(fields.has("paths") ? fields.object("paths", Paths::read) : Paths.NONE)
          .sweeps(fields.objects("sweeps", Sweep::read))
          .study(fields.has("study") ? fields.object("study", Study::read) : Study.NONE)
          .cost(fields.objects("cost", Cost::read))
          .build();
    } catch (IllegalArgumentException e) {
      throw new FormatException("report.json: " + e.getMessage(), e);
    }
  }

  private static RunReportBuilder required(JsonFields fields) throws FormatException {
    return RunReport.of(
        fields.object("limbeck", LimbeckVersion::read),
        fields.object("run", Run::read),
        fields.object("data", DataSummary::read),
        fields.object("recipe", RecipeSummary::read),
        fields.objects("rows", Row::read),
        fields.object("verdict", VerdictRecord::read),
        fields.object("environment", Environment::read));
  }
}
