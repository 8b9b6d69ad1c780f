package limbeck.kd.report;

import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;
import limbeck.kd.metric.Reliability;

/**
 * Confidence against accuracy of an arm, its bins summed over seeds.
 *
 * @param arm id of the arm
 * @param seeds how many seeds are summed
 * @param bins the bins that hold predictions
 */
public record CalibrationEntry(String arm, int seeds, List<Reliability.Bin> bins) {
  /** Copies the bins. */
  public CalibrationEntry {
    bins = List.copyOf(bins);
  }

  /** Takes the bins of networks that were already summed over seeds. */
  public static CalibrationEntry of(String arm, int seeds, Reliability sum) {
    return new CalibrationEntry(arm, seeds, sum.bins());
  }

  /** Returns the expected calibration error of the bins, NaN without predictions. */
  public double ece() {
    double off = 0;
    long total = 0;
    for (Reliability.Bin bin : bins) {
      off += bin.count() * Math.abs(bin.accuracy() - bin.confidence());
      total += bin.count();
    }
    return off / total;
  }

  /** Returns mean confidence − accuracy, above 0 for an overconfident network. */
  public double bias() {
    double off = 0;
    long total = 0;
    for (Reliability.Bin bin : bins) {
      off += bin.count() * (bin.confidence() - bin.accuracy());
      total += bin.count();
    }
    return off / total;
  }

  Map<String, Object> json() {
    return new JsonObject()
        .put("arm", arm)
        .count("seeds", seeds)
        .member("bins", bins.stream().map(CalibrationEntry::json).toList())
        .map();
  }

  private static Map<String, Object> json(Reliability.Bin bin) {
    return new JsonObject()
        .put("low", bin.low())
        .put("high", bin.high())
        .count("count", bin.count())
        .put("confidence", bin.confidence())
        .put("accuracy", bin.accuracy())
        .map();
  }

  static CalibrationEntry read(JsonFields fields) throws FormatException {
    return new CalibrationEntry(
        fields.text("arm"),
        fields.integer("seeds", 1),
        fields.objects("bins", CalibrationEntry::readBin));
  }

  private static Reliability.Bin readBin(JsonFields fields) throws FormatException {
    return new Reliability.Bin(
        fields.number("low"),
        fields.number("high"),
        fields.whole("count"),
        fields.number("confidence"),
        fields.number("accuracy"));
  }
}
