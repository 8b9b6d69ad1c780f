package limbeck.kd.train;

import limbeck.kd.data.Dataset;
import limbeck.kd.metric.Calibration;
import limbeck.kd.metric.Classification;
import limbeck.kd.metric.Measure;
import limbeck.kd.metric.Regression;

/**
 * What a network's outputs on a set of examples are worth.
 *
 * @param measure what it is judged by: the set's
 * @param value of that measure
 * @param loss where two are equal the lower decides: mean negative log-likelihood in nats, of
 *     scores the mean squared error
 */
record Judged(Measure measure, double value, double loss) {
  /** Judges outputs, row-major [examples, outputs]. */
  static Judged of(float[] outputs, Dataset data) {
    if (data.scored()) {
      Regression r = Regression.of(outputs, data.scores());
      return new Judged(Measure.PEARSON, r.pearson().value(), r.meanSquaredError());
    }
    int[] labels = data.labels();
    return new Judged(
        Measure.ERRORS,
        Classification.of(outputs, labels, data.classes()).errors(),
        Calibration.of(outputs, labels, data.classes()).nll());
  }

  /** The value as a cost: the lower, the better. */
  double cost() {
    return measure.cost(value);
  }

  boolean betterThan(Judged other) {
    return cost() < other.cost() || cost() == other.cost() && loss < other.loss;
  }
}
