package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import limbeck.kd.Objective;
import org.junit.jupiter.api.Test;

/** Each toolkit's own formula, written out over two examples in four classes. */
class PresetsTest {
  private static final ObjectiveCase C = Golden.pair();
  private static final double[][] V = {Golden.V, Golden.V2};
  private static final double[][] Z = {Golden.Z, Golden.Z2};

  /** Of F.cross_entropy. */
  private static final double HARD = 1.265117716;

  private static double[] softmax(double[] x, double t) {
    double sum = Arrays.stream(x).map(e -> Math.exp(e / t)).sum();
    return Arrays.stream(x).map(e -> Math.exp(e / t) / sum).toArray();
  }

  /** Σ over both examples of Σ p · (ln p − ln q). */
  private static double divergence(double[][] p, double t) {
    double sum = 0;
    for (int i = 0; i < 2; i++) {
      double[] q = softmax(Z[i], t);
      for (int k = 0; k < 4; k++) {
        sum += p[i][k] * Math.log(p[i][k] / q[k]);
      }
    }
    return sum;
  }

  private static double[][] teacher(double t) {
    return new double[][] {softmax(V[0], t), softmax(V[1], t)};
  }

  private static void check(double expected, Objective preset) {
    assertEquals(expected, Golden.loss(preset, C), Golden.TOLERANCE);
  }

  @Test
  void hinton() {
    check(0.1 * HARD + 0.9 * 4 * divergence(teacher(2), 2) / 2, Presets.hinton(2, 0.9, 0.1));
  }

  /** lambda · T · T · F.kl_div, which divides by all 8 elements unless told otherwise. */
  @Test
  void takdCode() {
    double mean = divergence(teacher(5), 5) / 8;
    check((1 - 0.7) * HARD + 0.7 * 25 * mean, Presets.takdCode(5, 0.7));
  }

  /** softmax of 0.99 and 0.01/3, over 20, against the student as it is; mean over elements. */
  @Test
  void tfkdCode() {
    double o = 0.01 / 3;
    double[][] p = {
      softmax(new double[] {0.99, o, o, o}, 20), softmax(new double[] {o, 0.99, o, o}, 20)
    };
    check(0.9 * HARD + 0.1 * 100 * divergence(p, 1) / 8, Presets.tfkdCode(0.1, 0.99, 20, 100));
  }

  @Test
  void tfkdSelfCode() {
    double mean = divergence(teacher(6), 6) / 8;
    check((1 - 0.95) * HARD + 0.95 * 36 * 50 * mean, Presets.tfkdSelfCode(0.95, 6, 50));
  }

  /** −(p · ln q) summed, mean over examples, less the entropy, which is no matter of training. */
  @Test
  void textBrewer() {
    double cross = 0;
    double entropy = 0;
    for (int i = 0; i < 2; i++) {
      double[] p = teacher(8)[i];
      double[] q = softmax(Z[i], 8);
      for (int k = 0; k < 4; k++) {
        cross -= p[k] * Math.log(q[k]) / 2;
        entropy -= p[k] * Math.log(p[k]) / 2;
      }
    }
    check(0.5 * (cross - entropy) + 0.25 * HARD, Presets.textBrewer(8, 0.5, 0.25));
    check(cross - entropy, Presets.textBrewer(8, 1, 0));
  }

  @Test
  void kerasOld() {
    check(0.1 * HARD + 0.9 * divergence(teacher(10), 10) / 2, Presets.kerasOld(10, 0.1));
  }

  @Test
  void repDistiller() {
    double soft = divergence(teacher(4), 4) * 16 / 2;
    check(0.5 * HARD + 0.8 * soft, Presets.repDistiller(4, 0.5, 0.8));
  }

  @Test
  void torchdistill() {
    double soft = divergence(teacher(4), 4) / 2;
    check(0.3 * HARD + 0.7 * 16 * soft, Presets.torchdistill(4, 0.3));
    check(soft, Presets.torchdistill(4, 0));
    check(HARD, Presets.torchdistill(4, 1));
  }

  @Test
  void refusesWeightsThatLeaveNothing() {
    assertThrows(IllegalArgumentException.class, () -> Presets.hinton(4, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> Presets.takdCode(4, 1.5));
  }
}
