package limbeck.kd.report.html;

import java.util.List;

/** Probabilities of logits at a temperature. */
final class Softmax {
  private Softmax() {}

  /** exp(z / T) of each class, over their sum. */
  static double[] of(List<Double> logits, double temperature) {
    double max = logits.get(argMax(logits));
    double[] p = new double[logits.size()];
    double sum = 0;
    for (int k = 0; k < p.length; k++) {
      p[k] = StrictMath.exp((logits.get(k) - max) / temperature);
      sum += p[k];
    }
    for (int k = 0; k < p.length; k++) {
      p[k] /= sum;
    }
    return p;
  }

  /** The class of the largest logit, the first of several. */
  static int argMax(List<Double> logits) {
    return argMaxBut(logits, -1);
  }

  /** The class of the largest logit apart from one class. */
  static int argMaxBut(List<Double> logits, int left) {
    int best = left == 0 && logits.size() > 1 ? 1 : 0;
    for (int k = 0; k < logits.size(); k++) {
      if (k != left && logits.get(k) > logits.get(best)) {
        best = k;
      }
    }
    return best;
  }
}
