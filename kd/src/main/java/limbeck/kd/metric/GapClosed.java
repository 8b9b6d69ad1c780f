package limbeck.kd.metric;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The share of the distance between the student alone and the teacher that distillation closes, per
 * seed (alone − distilled) / (alone − teacher).
 */
public final class GapClosed {
  private GapClosed() {}

  /**
   * Returns mean and 95 % interval of the share over seeds; empty if the teacher is not better than
   * the student alone in every seed, where the share has no meaning.
   *
   * @param alone errors of the student alone, one per seed
   * @param distilled errors of the distilled student of the same seeds
   * @param teacher errors of the teacher of the same seeds
   * @throws IllegalArgumentException if the lengths differ or are 0
   */
  public static Optional<MeanInterval> of(double[] alone, double[] distilled, double[] teacher) {
    int n = alone.length;
    if (n == 0 || distilled.length != n || teacher.length != n) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "gap closed: %d, %d and %d seeds; give the same seeds, at least one",
              n,
              distilled.length,
              teacher.length));
    }
    double[] shares = new double[n];
    Arrays.setAll(shares, i -> (alone[i] - distilled[i]) / (alone[i] - teacher[i]));
    for (int i = 0; i < n; i++) {
      if (!(teacher[i] < alone[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(MeanInterval.of(shares));
  }
}
