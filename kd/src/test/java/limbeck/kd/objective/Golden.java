package limbeck.kd.objective;

import java.util.Arrays;
import java.util.List;
import limbeck.kd.Objective;
import limbeck.kd.Progress;

/**
 * One teacher and one student, a second of each, in four classes, and what objectives make of them,
 * in float64. Values that tests compare with were computed apart, in double precision, to nine
 * decimals: hence the tolerance of 1e−8, ten times what the decimals leave open.
 */
final class Golden {
  static final double TOLERANCE = 1e-8;
  static final double[] V = {4, 1, -2, 0.5};
  static final double[] Z = {1, 2, 0, -1};
  static final double[] V2 = {0, 3, 1, 0};
  static final double[] Z2 = {0.5, 1, 1, 0};

  private Golden() {}

  /** Student Z, teachers of one row each, label 0. */
  static ObjectiveCase single(double[]... teachers) {
    List<double[][]> rows = Arrays.stream(teachers).map(v -> new double[][] {v}).toList();
    return ObjectiveCase.of(new double[][] {Z}, rows, 0);
  }

  /** Both rows, labels 0 and 1. */
  static ObjectiveCase pair() {
    return ObjectiveCase.of(
        new double[][] {Z, Z2}, List.<double[][]>of(new double[][] {V, V2}), 0, 1);
  }

  /** A moment of a training with seed 5. */
  static Progress epoch(int epoch, int epochs) {
    return new Progress(5, epoch, epochs, epoch * 10L);
  }

  static double loss(Objective objective, ObjectiveCase c) {
    return evaluate(objective, c).loss();
  }

  static double[] gradient(Objective objective, ObjectiveCase c) {
    return evaluate(objective, c).gradients().get(ObjectiveCase.LOGITS);
  }

  static Evaluated evaluate(Objective objective, ObjectiveCase c) {
    return Evaluated.of(ObjectiveEntry.of("", objective), c);
  }
}
