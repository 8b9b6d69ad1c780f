package limbeck.kd.objective;

import limbeck.autograd.Var;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.Normalize;
import limbeck.engine.op.Sqrt;
import limbeck.engine.op.loss.Huber;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Batch;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Outputs;

/**
 * Relational knowledge distillation: the examples of a batch, as points f_i, shall form the same
 * figure in both networks, whatever its place and size:
 *
 * <p>distance · mean_ij h(ψ_ij(student) − ψ_ij(teacher)), ψ_ij = ‖f_i − f_j‖ / μ, plus
 *
 * <p>angle · mean_ijk h(φ_ijk(student) − φ_ijk(teacher)), φ_ijk the cosine of the angle at j
 * between f_i and f_k,
 *
 * <p>with μ the mean of the distances that are not 0 and h the Huber loss with δ = 1. W. Park, D.
 * Kim, Y. Lu and M. Cho, Relational knowledge distillation, CVPR 2019, arXiv:1904.05068. The
 * weights 25 and 50 and the means over all B² and B³ tuples, those of equal points among them, are
 * those of the code that goes with the published total weight 1.
 *
 * <p>Invariant to translations, rotations and positive factors of all points. Equal points have
 * distance and cosines 0, and no gradient; a batch of one or of equal examples has the loss 0 but
 * for what the other network's points make of it.
 *
 * <p>Distances are taken from differences of points, not from inner products, which lose their
 * digits where points are near. Features of any shape are taken as rows; their widths may differ.
 * Memory: about 10 · B² · n numbers for rows of n, and 5 · B³ for the angles, if their weight is
 * not 0: with B = 64 and n = 64 both together about 15 MB, with B = 256 half a gigabyte.
 *
 * @param distance weight of the distances
 * @param angle weight of the angles
 * @param studentTap features
 * @param teacherTap features
 */
public record RelationalKnowledge(
    @Hyperparameter(standard = "25", help = "weight of distances; 0: none") double distance,
    @Hyperparameter(standard = "50", help = "weight of angles; 0: none") double angle,
    @Hyperparameter(help = "the student's features") String studentTap,
    @Hyperparameter(help = "the teacher's features") String teacherTap)
    implements OneTap {
  private static final String METHOD = "relational-knowledge";
  private static final Huber HUBER = new Huber(1);

  /** Checks the settings. */
  public RelationalKnowledge {
    Settings.requireNotNegative(METHOD, "distance", distance);
    Settings.requireNotNegative(METHOD, "angle", angle);
    Settings.require(
        distance + angle > 0, METHOD, "angle", angle, "a weight above 0 where distance is 0");
    Settings.requireTaps(METHOD, studentTap, teacherTap);
  }

  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    Var s = differences(student.feature(studentTap));
    Var t = differences(teacher.feature(teacherTap));
    Var distances = distance == 0 ? null : distances(s).apply(HUBER, distances(t)).times(distance);
    Var angles = angle == 0 ? null : cosines(s).apply(HUBER, cosines(t)).times(angle);
    return distances == null ? angles : angles == null ? distances : distances.plus(angles);
  }

  /** f_i − f_j, [batch, batch, n]. */
  private static Var differences(Var features) {
    Var rows = features.reshape(0, -1);
    int batch = rows.shape().axis(0);
    int n = rows.shape().axis(1);
    return rows.reshape(batch, 1, n).minus(rows.reshape(1, batch, n));
  }

  /** ψ, [batch, batch]. */
  private static Var distances(Var differences) {
    Var lengths = differences.times(differences).sum(-1).apply(new Sqrt());
    int others = notZero(lengths.value());
    return others == 0 ? lengths : lengths.dividedBy(lengths.sum().times(1.0 / others));
  }

  private static int notZero(Tensor lengths) {
    int count = 0;
    for (int i = 0; i < lengths.size(); i++) {
      count += lengths.get(i) == 0 ? 0 : 1;
    }
    return count;
  }

  /** φ, [batch (the corner), batch, batch]: both signs of a difference turn round together. */
  private static Var cosines(Var differences) {
    Var directions = differences.apply(new Normalize());
    return directions.apply(new MatMul(false, true), directions);
  }

  @Override
  public String formula() {
    return distance + " · mean h(distances) + " + angle + " · mean h(angles)";
  }
}
