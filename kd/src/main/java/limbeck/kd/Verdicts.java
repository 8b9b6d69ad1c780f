package limbeck.kd;

import java.util.List;
import limbeck.kd.measure.Results;
import limbeck.kd.metric.McNemar;
import limbeck.kd.metric.PairedInterval;
import limbeck.kd.recipe.Recipe.Comparison;
import limbeck.kd.report.VerdictRecord;

/**
 * The recipe's comparisons, judged by the paired interval of the difference in errors: over seeds,
 * or with one seed over examples.
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
    return VerdictRecord.of(c.arm(), c.baseline(), "errors", true, c.claim(), interval, 0);
  }

  private static PairedInterval overExamples(Comparison c, Results results) {
    long seed = results.experiment().seeds().get(0);
    float[] arm = results.of(c.arm(), seed).logits();
    float[] baseline = results.of(c.baseline(), seed).logits();
    return McNemar.of(arm, baseline, results.labels(), results.classes()).interval();
  }

  private static PairedInterval overSeeds(Comparison c, Results results) {
    return PairedInterval.overSeeds(results.errors(c.arm()), results.errors(c.baseline()));
  }
}
