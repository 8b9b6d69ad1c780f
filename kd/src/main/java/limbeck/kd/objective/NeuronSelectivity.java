package limbeck.kd.objective;

import java.util.List;
import limbeck.autograd.Var;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.Normalize;
import limbeck.kd.Batch;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Outputs;

/**
 * Neuron selectivity transfer: the channels of a student's feature map, each a row over space of
 * length 1, shall be distributed like the teacher's. Squared maximum mean discrepancy with the
 * polynomial kernel k(a, b) = ⟨a, b⟩²:
 *
 * <p>mean k(F_t, F_t) + mean k(F_s, F_s) − 2 · mean k(F_s, F_t),
 *
 * <p>means over all pairs of channels and over examples, summed over pairs of layers. Z. Huang and
 * N. Wang, Like what you like: knowledge distill via neuron selectivity transfer, 2017,
 * arXiv:1707.01219. Published weight 50. The paper's other kernels are not here.
 *
 * <p>The first mean does not depend on the student; with it the loss is 0 for equal sets of
 * channels in any order, and never negative but for rounding. Channels need not be as many. Where
 * maps differ in size, the larger is average-pooled. A channel of zeros is alike to none, and gets
 * no gradient.
 *
 * @param studentTaps feature maps
 * @param teacherTaps feature maps, as many
 */
public record NeuronSelectivity(
    @Hyperparameter(help = "the student's feature maps") List<String> studentTaps,
    @Hyperparameter(help = "the teacher's feature maps, as many") List<String> teacherTaps)
    implements MapPairs {
  private static final String METHOD = "neuron-selectivity";

  /** Checks the settings. */
  public NeuronSelectivity {
    studentTaps = Settings.studentTaps(METHOD, studentTaps);
    teacherTaps = Settings.teacherTaps(METHOD, teacherTaps, studentTaps);
  }

  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    return TapPairs.sum(this, student, teacher, (i, s, t) -> loss(s, t));
  }

  private static Var loss(Var student, Var teacher) {
    EqualMaps maps = EqualMaps.of(student, teacher);
    Var s = channels(maps.first());
    Var t = channels(maps.second());
    return meanKernel(t, t).plus(meanKernel(s, s)).minus(meanKernel(s, t).times(2));
  }

  /** Directions [batch, channels, places]. */
  private static Var channels(Var map) {
    return map.reshape(0, 0, -1).apply(new Normalize());
  }

  private static Var meanKernel(Var a, Var b) {
    Var inner = a.apply(new MatMul(false, true), b);
    return inner.times(inner).mean();
  }

  @Override
  public String formula() {
    return "Σ MMD²(channels of F_s, of F_t)";
  }
}
