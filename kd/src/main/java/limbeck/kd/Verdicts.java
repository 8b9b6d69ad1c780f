package limbeck.kd;

import java.util.List;
import limbeck.kd.measure.Measured;
import limbeck.kd.measure.Results;
import limbeck.kd.metric.CorrelationDifference;
import limbeck.kd.metric.McNemar;
import limbeck.kd.metric.Measure;
import limbeck.kd.metric.PairedInterval;
import limbeck.kd.recipe.Recipe.Comparison;
import limbeck.kd.report.VerdictRecord;

/**
 * The recipe's comparisons, judged by the paired interval of the difference in errors, or in
 * correlation with scores: over seeds, or with one seed over examples.
 */
final class Verdicts {
  private Verdicts() {}

  /** All comparisons, the headline first. */
  static List<VerdictRecord> of(Results results) {
    return results.experiment().recipe().comparisons(results.experiment().settings()).stream()
        .map(c -> of(c, results))
        .toList();
  }

  /** One comparison. */
  static VerdictRecord of(Comparison c, Results results) {
    PairedInterval interval =
        results.experiment().seeds().size() == 1 ? overExamples(c, results) : overSeeds(c, results);
    Measure m = results.measure();
    return VerdictRecord.of(
        c.arm(), c.baseline(), m.word(), m.lowerIsBetter(), c.claim(), interval, 0);
  }

  private static PairedInterval overExamples(Comparison c, Results results) {
    long seed = results.experiment().seeds().get(0);
    Measured arm = results.of(c.arm(), seed);
    Measured baseline = results.of(c.baseline(), seed);
    return switch (results.measure()) {
      case ERRORS ->
          McNemar.of(arm.logits(), baseline.logits(), results.labels(), results.classes())
              .interval();
      case PEARSON ->
          CorrelationDifference.of(results.regression(arm), results.regression(baseline));
    };
  }

  private static PairedInterval overSeeds(Comparison c, Results results) {
    return PairedInterval.overSeeds(results.values(c.arm()), results.values(c.baseline()));
  }
}
