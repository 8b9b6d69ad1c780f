package limbeck.kd.specialist;

import java.util.Arrays;
import java.util.List;

/**
 * The distribution q over all classes that agrees best with what a generalist and some specialists
 * say of one example: the least of
 *
 * <p>F(q) = KL(p ‖ q) + Σ KL(pᵐ ‖ qᵐ), over the specialists m that are asked,
 *
 * <p>where p are the generalist's probabilities, pᵐ those of the outputs of specialist m, and qᵐ
 * those of q with the classes of its dustbin added up. F is a sum of negative logarithms of linear
 * functions of q, so it is convex, and its least is the only place where the gradient is 0. Hinton,
 * Vinyals and Dean 2015, arXiv:1503.02531, section 5.4.
 *
 * <p>With q = softmax(z) and M specialists dF/dz[c] = (M + 1) · (q[c] − r[c]), where r is the mean
 * of what all say, each specialist's dustbin shared out among its classes in proportion to q. The
 * paper descends along the gradient of z. So does this, at a rate of its own for each class, by
 * which q becomes r: where a class is unlikely, one rate for all would take thousands of steps.
 * Each step is one of the EM algorithm (Dempster, Laird and Rubin 1977) for counts of which some
 * are known of groups only, so F never grows. With one specialist the first step is the last.
 */
final class Consensus {
  /** The last step changes no probability by more than this part of it. */
  static final double TOLERANCE = 1e-7;

  /**
   * Where M specialists agree a step leaves M / (M + 1) of the distance or less, so that dozens are
   * enough. Where sure ones contradict each other it may take long; after n steps F is at most (M +
   * 1) · KL(q ‖ p) / n above its least, q being the distribution that is sought (I. Csiszár and G.
   * Tusnády, Information geometry and alternating minimization procedures, 1984).
   */
  static final int MOST_STEPS = 1_000;

  /**
   * What a specialist says.
   *
   * @param output which of its outputs each class belongs to
   * @param p probabilities of its outputs
   */
  record Opinion(int[] output, double[] p) {
    /** What it says, given the probabilities of all classes: its dustbin has those of a group. */
    static Opinion of(int[] output, double[] all) {
      return new Opinion(output, grouped(all, output, Arrays.stream(output).max().orElse(0) + 1));
    }

    private double[] grouped(double[] q) {
      return grouped(q, output, p.length);
    }

    private static double[] grouped(double[] q, int[] output, int outputs) {
      double[] sums = new double[outputs];
      for (int c = 0; c < q.length; c++) {
        sums[output[c]] += q[c];
      }
      return sums;
    }
  }

  private final double[] generalist;
  private final List<Opinion> specialists;

  /**
   * Of these opinions.
   *
   * @param generalist probabilities of all classes, above 0
   */
  Consensus(double[] generalist, List<Opinion> specialists) {
    this.generalist = generalist;
    this.specialists = specialists;
  }

  /** The distribution with the least F. */
  double[] solve() {
    double[] q = generalist.clone();
    double[] r = new double[q.length];
    double change = Double.POSITIVE_INFINITY;
    for (int step = 0; step < MOST_STEPS && change > TOLERANCE; step++) {
      shared(q, r);
      change = 0;
      for (int c = 0; c < q.length; c++) {
        change = Math.max(change, Math.abs(r[c] - q[c]) / q[c]);
        q[c] = r[c];
      }
    }
    return q;
  }

  /** Writes the mean of what all say, dustbins shared out in proportion to q, into r. */
  private void shared(double[] q, double[] r) {
    System.arraycopy(generalist, 0, r, 0, r.length);
    for (Opinion o : specialists) {
      double[] grouped = o.grouped(q);
      for (int c = 0; c < r.length; c++) {
        int output = o.output[c];
        r[c] += o.p[output] * (q[c] / grouped[output]); // a special class gets all of it
      }
    }
    for (int c = 0; c < r.length; c++) {
      r[c] /= specialists.size() + 1;
    }
  }

  /** F(q). */
  double objective(double[] q) {
    double sum = divergence(generalist, q);
    for (Opinion o : specialists) {
      sum += divergence(o.p, o.grouped(q));
    }
    return sum;
  }

  /** KL(p ‖ q). */
  private static double divergence(double[] p, double[] q) {
    double sum = 0;
    for (int c = 0; c < p.length; c++) {
      sum += p[c] == 0 ? 0 : p[c] * StrictMath.log(p[c] / q[c]);
    }
    return sum;
  }

  /** The gradient of F with respect to the logits of q. */
  double[] gradient(double[] q) {
    double[] r = new double[q.length];
    shared(q, r);
    for (int c = 0; c < r.length; c++) {
      r[c] = (specialists.size() + 1) * (q[c] - r[c]);
    }
    return r;
  }
}
