package limbeck.kd.objective;

import java.util.List;
import limbeck.autograd.Var;
import limbeck.engine.op.Log;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.Normalize;
import limbeck.engine.op.reduce.Sum;
import limbeck.kd.Batch;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Outputs;

/**
 * Probabilistic knowledge transfer: how likely an example would choose each of the batch as its
 * neighbour shall be alike in both networks. With cosine similarities K = (cos + 1) / 2 of
 * features, P = rows of K divided by their sums:
 *
 * <p>mean over all B² pairs of P_t · ln((P_t + ε) / (P_s + ε)), ε = 1e−7.
 *
 * <p>N. Passalis and A. Tefas, Learning deep representations with probabilistic knowledge transfer,
 * ECCV 2018, arXiv:1803.10837. Published weight 30000, which makes up for the mean over B². As in
 * published code, and unlike the paper's sums, an example is its own neighbour, too.
 *
 * <p>Features of any shape are taken as rows, whose widths may differ between the networks. The
 * loss does not depend on their lengths, and is 0 for a batch of one example. A row of zeros has
 * the cosine 0 with all and gets no gradient. Memory: a few matrices B × B.
 *
 * @param studentTap features
 * @param teacherTap features
 */
public record ProbabilisticTransfer(
    @Hyperparameter(help = "the student's features") String studentTap,
    @Hyperparameter(help = "the teacher's features") String teacherTap)
    implements OneTap {
  private static final String METHOD = "probabilistic-transfer";
  private static final double EPSILON = 1e-7;

  /** Checks the settings. */
  public ProbabilisticTransfer {
    Settings.requireTaps(METHOD, studentTap, teacherTap);
  }

  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    Var q = neighbours(student.feature(studentTap));
    Var p = neighbours(teacher.feature(teacherTap));
    return p.times(log(p).minus(log(q))).mean();
  }

  /** P, [batch, batch]. */
  private static Var neighbours(Var features) {
    Var directions = features.reshape(0, -1).apply(new Normalize());
    Var cosines = directions.apply(new MatMul(false, true), directions);
    Var k = cosines.plus(1).times(0.5);
    return k.dividedBy(k.apply(new Sum(List.of(-1), true)));
  }

  private static Var log(Var p) {
    return p.plus(EPSILON).apply(new Log());
  }

  @Override
  public String formula() {
    return "mean P_t ln(P_t / P_s), P of cosines";
  }
}
