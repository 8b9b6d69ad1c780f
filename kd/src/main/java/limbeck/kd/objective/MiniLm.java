package limbeck.kd.objective;

import java.util.List;
import java.util.Map;
import limbeck.autograd.Var;
import limbeck.autograd.module.HeadScores;
import limbeck.engine.op.MaskedLogSoftmax;
import limbeck.engine.op.MaskedSoftmax;
import limbeck.engine.op.layout.MaskFill;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Objective;
import limbeck.kd.TapShapes;

/**
 * Deep self-attention distillation: the student's last layer shall attend as a layer of its teacher
 * does, and its values shall be related alike. KL(A_t ‖ A_s) of attention's distributions plus
 * KL(R_t ‖ R_s) of R = softmax(V Vᵀ / √d), each a mean over heads and real steps of a text, and
 * then over texts. W. Wang et al., MiniLM: deep self-attention distillation for task-agnostic
 * compression of pre-trained transformers, NeurIPS 2020, arXiv:2002.10957.
 *
 * <p>Networks may differ in width and depth; heads must be as many. With {@code relationHeads}
 * above 0 it is the second version, without that condition: queries, keys and values are split anew
 * into so many heads, and the relations of each with itself are compared. W. Wang et al., MiniLMv2,
 * 2020, arXiv:2012.15828; there a layer above the middle of a large teacher is the best.
 *
 * @param relationHeads heads of the second version; 0: the first version
 * @param teacherLayer which of the teacher's layers teaches, from 1 on; 0: the last
 */
public record MiniLm(
    @Hyperparameter(standard = "0", help = "relation heads of MiniLMv2; 0: MiniLM")
        int relationHeads,
    @Hyperparameter(standard = "0", help = "the teacher's layer, from 1 on; 0: its last")
        int teacherLayer)
    implements LayerObjective {
  private static final String METHOD = "mini-lm";
  private static final List<String> FIRST = List.of("scores", "values");
  private static final List<String> SECOND = List.of("queries", "keys", "values");

  /** Checks the settings. */
  public MiniLm {
    Settings.requireAtLeast(METHOD, "relationHeads", relationHeads, 0);
    Settings.requireAtLeast(METHOD, "teacherLayer", teacherLayer, 0);
  }

  /** The first version, of both last layers. */
  public MiniLm() {
    this(0, 0);
  }

  @Override
  public Objective fitted(TapShapes student, TapShapes teacher) {
    Encoder own = Encoder.of(this, student);
    Encoder others = Encoder.of(this, teacher);
    own.requireStepsOf(others);
    int last = own.layers();
    int from = teacherLayer == 0 ? others.layers() : teacherLayer;
    others.requireLayer(from, "teacherLayer = " + from);
    if (relationHeads == 0) {
      own.requireHeadsOf(last, others, from);
    } else {
      own.requireSplit(relationHeads);
      others.requireSplit(relationHeads);
    }
    int heads = relationHeads == 0 ? own.heads(last) : relationHeads;
    List<String> what = relationHeads == 0 ? FIRST : SECOND;
    List<String> studentTaps = what.stream().map(w -> own.attention(last, w)).toList();
    List<String> teacherTaps = what.stream().map(w -> others.attention(from, w)).toList();
    return new Fitted(
        this,
        studentTaps,
        teacherTaps,
        Map.of(),
        (s, t) -> {
          Var sum = null;
          for (int i = 0; i < studentTaps.size(); i++) {
            Var a = scores(s.feature(studentTaps.get(i)), heads);
            Var b = scores(t.feature(teacherTaps.get(i)), heads);
            Var one = divergence(a, b, RealSteps.of(s, a.shape().axis(0), a.shape().last()));
            sum = sum == null ? one : sum.plus(one);
          }
          return sum;
        });
  }

  /** Scores as they are; of queries, keys or values [batch, steps, width] those with themselves. */
  private static Var scores(Var tap, int heads) {
    return tap.shape().rank() == 4 ? tap : HeadScores.of(tap, tap, heads);
  }

  /** KL(softmax(teacher) ‖ softmax(student)) of scores [batch, heads, queries, keys]. */
  static Var divergence(Var student, Var teacher, RealSteps real) {
    Var keys = real.keys();
    Var difference = logs(teacher, keys).minus(logs(student, keys));
    Var p = teacher.apply(new MaskedSoftmax(), keys);
    return real.meanOfHeads(p.times(difference).sum(-1), false);
  }

  /** Logarithms of probabilities, and 0 for keys that are padding, which have none. */
  private static Var logs(Var scores, Var keys) {
    return scores.apply(new MaskedLogSoftmax(), keys).apply(new MaskFill(0), keys);
  }

  @Override
  public String formula() {
    return relationHeads == 0
        ? "KL(A_t ‖ A_s) + KL(R_t ‖ R_s), R of values"
        : "Σ KL(R_t ‖ R_s) of queries, keys and values, " + relationHeads + " heads";
  }
}
