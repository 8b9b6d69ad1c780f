package limbeck.kd.objective;

import java.util.List;
import limbeck.autograd.Var;
import limbeck.engine.op.Abs;
import limbeck.engine.op.Normalize;
import limbeck.engine.op.Sqrt;
import limbeck.engine.op.loss.SquaredError;
import limbeck.kd.Batch;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Outputs;

/**
 * Attention transfer: the student shall look where the teacher looks. A feature map's attention is
 * its energy by place, Q = mean over channels of |F|ᵖ, as one row a = Q / ‖Q‖. S. Zagoruyko and N.
 * Komodakis, Paying more attention to attention: improving the performance of convolutional neural
 * networks via attention transfer, ICLR 2017, arXiv:1612.03928.
 *
 * <p>The paper's form is ½ Σ_j ‖a_s − a_t‖ over pairs j of layers, mean over examples; the code's
 * Σ_j of the mean of (a_s − a_t)² over places and examples, with the published weight 1000. The
 * paper also names the sum and the maximum over channels: the sum has the same a.
 *
 * <p>Channels need not be as many: a is invariant to their order and number and to a positive
 * factor of F. Where maps differ in size, the larger is average-pooled. A map of zeros looks
 * nowhere: a = 0, and it gets no gradient; nor does the norm of the paper's form where it is 0.
 *
 * @param form of the loss
 * @param power p
 * @param studentTaps feature maps
 * @param teacherTaps feature maps, as many
 */
public record AttentionTransfer(
    @Hyperparameter(standard = "code", help = "paper: half a distance; code: mean square")
        Form form,
    @Hyperparameter(standard = "2", help = "power p of the activations, a whole number") int power,
    @Hyperparameter(help = "the student's feature maps") List<String> studentTaps,
    @Hyperparameter(help = "the teacher's feature maps, as many") List<String> teacherTaps)
    implements MapPairs {
  private static final String METHOD = "attention-transfer";

  /** Checks the settings. */
  public AttentionTransfer {
    Settings.requireGiven(METHOD, "form", form);
    Settings.requireAtLeast(METHOD, "power", power, 1);
    studentTaps = Settings.studentTaps(METHOD, studentTaps);
    teacherTaps = Settings.teacherTaps(METHOD, teacherTaps, studentTaps);
  }

  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    return TapPairs.sum(this, student, teacher, (i, s, t) -> loss(s, t));
  }

  private Var loss(Var student, Var teacher) {
    EqualMaps maps = EqualMaps.of(student, teacher);
    Var s = attention(maps.first());
    Var t = attention(maps.second());
    if (form == Form.CODE) {
      return s.apply(SquaredError.mean(), t);
    }
    Var difference = s.minus(t);
    return difference.times(difference).sum(-1).apply(new Sqrt()).mean().times(0.5);
  }

  /** a, [batch, places]. */
  private Var attention(Var map) {
    return power(map).mean(1).reshape(0, -1).apply(new Normalize());
  }

  private Var power(Var map) {
    Var y = power % 2 == 0 ? map.times(map) : map.apply(new Abs());
    Var square = power > 2 ? map.times(map) : null;
    for (int p = 2 - power % 2; p < power; p += 2) {
      y = y.times(square);
    }
    return y;
  }

  @Override
  public String formula() {
    String pair = form == Form.PAPER ? "½ ‖a_s − a_t‖" : "mean (a_s − a_t)²";
    return "Σ " + pair + ", a from mean |F|^" + power;
  }
}
