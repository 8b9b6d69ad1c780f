package limbeck.kd.train;

import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * What is measured during training: the mean over each epoch's steps of their loss, and on
 * validation data the data's measure, such as errors, and the loss.
 */
public final class Curves {
  private final Series trainLoss = new Series();
  private final Series validation = new Series();
  private final Series validationLoss = new Series();
  private final boolean validates;
  private double lossSum;

  Curves(boolean validates) {
    this.validates = validates;
  }

  void addLoss(double loss) {
    lossSum += loss;
  }

  void endEpoch(int steps) {
    trainLoss.add(lossSum / steps);
    lossSum = 0;
  }

  void validated(Judged judged) {
    validation.add(judged.value());
    validationLoss.add(judged.loss());
  }

  /** Mean loss of each epoch. */
  public double[] trainLoss() {
    return trainLoss.values();
  }

  /**
   * The {@link limbeck.kd.metric.Measure} of validation data after each epoch: errors, or
   * correlation with scores; empty without such data.
   */
  public double[] validation() {
    return validation.values();
  }

  /**
   * Negative log-likelihood on validation data after each epoch, or mean squared error of scores;
   * empty without such data.
   */
  public double[] validationLoss() {
    return validationLoss.values();
  }

  Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put("curve.trainLoss", trainLoss.tensor());
    if (validates) {
      state.put("curve.validationErrors", validation.tensor());
      state.put("curve.validationNll", validationLoss.tensor());
    }
    state.put("curve.lossSum", Tensor.of(Shape.of(1), new double[] {lossSum}));
    return state;
  }

  void restore(Map<String, Tensor> state) {
    trainLoss.restore(state.get("curve.trainLoss"));
    if (validates) {
      validation.restore(state.get("curve.validationErrors"));
      validationLoss.restore(state.get("curve.validationNll"));
    }
    lossSum = state.get("curve.lossSum").get(0);
  }

  private static final class Series {
    private double[] values = {};

    void add(double value) {
      values = java.util.Arrays.copyOf(values, values.length + 1);
      values[values.length - 1] = value;
    }

    double[] values() {
      return values.clone();
    }

    Tensor tensor() {
      return Tensor.of(Shape.of(values.length), values.clone());
    }

    void restore(Tensor t) {
      values = new double[t.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = t.get(i);
      }
    }
  }
}
