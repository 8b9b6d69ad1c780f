package limbeck.kd.report.html;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import limbeck.kd.metric.Measure;
import limbeck.kd.metric.PairedInterval;
import limbeck.kd.report.MeasureFormat;
import limbeck.kd.report.VerdictRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DifferencePlotTest {
  private static final Pattern TICK =
      Pattern.compile(
          "<text x=\"([0-9.]+)\" y=\"84\" text-anchor=\"(start|middle|end)\">([^<]+)</text>");

  private static String plot(double scale) {
    double[] errors = {3.9 * scale, 1.2 * scale, -0.4 * scale};
    PairedInterval interval = PairedInterval.overSeeds(errors, new double[3]);
    VerdictRecord record = VerdictRecord.of("a", "b", "errors", true, null, interval, 0);
    return DifferencePlot.of(
        List.of(new DifferencePlot.Line("a \u2212 b", Look.DISTILLED, record, List.of(1L, 2L, 3L))),
        new MeasureFormat(Measure.ERRORS, "test"));
  }

  /** However large the differences are. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 10, 100, 300, 1_000, 2_500, 100_000, 1_000_000})
  void numbersBelowStandApart(double scale) {
    Matcher m = TICK.matcher(plot(scale));
    double clear = 0;
    int ticks = 0;
    while (m.find()) {
      double width = Labels.width(m.group(3));
      double share = m.group(2).equals("start") ? 0 : m.group(2).equals("end") ? 1 : 0.5;
      double from = Double.parseDouble(m.group(1)) - share * width;
      assertTrue(from >= clear, m.group() + " begins at " + from + " of " + clear);
      clear = from + width;
      ticks++;
    }
    assertTrue(ticks >= 2, ticks + " numbers at " + scale);
  }
}
