package limbeck.kd.objective;

import java.util.List;
import limbeck.autograd.Var;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.Normalize;
import limbeck.engine.op.loss.SquaredError;
import limbeck.kd.Batch;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Outputs;

/**
 * Similarity-preserving distillation: examples that excite the teacher alike shall excite the
 * student alike. With features as rows Q [B, n], G = Q Qᵀ, each row divided by its length:
 *
 * <p>1/B² · ‖G_s − G_t‖², summed over pairs of layers.
 *
 * <p>F. Tung and G. Mori, Similarity-preserving knowledge distillation, ICCV 2019,
 * arXiv:1907.09682. Published weight 3000.
 *
 * <p>Features may be of any shape, and differ in width between the networks. The loss is invariant
 * to orthogonal maps of the features and to a positive factor; it is 0 for a batch of one example.
 * Memory: a few matrices B × B.
 *
 * @param studentTaps features
 * @param teacherTaps features, as many
 */
public record SimilarityPreserving(
    @Hyperparameter(help = "the student's features") List<String> studentTaps,
    @Hyperparameter(help = "the teacher's features, as many") List<String> teacherTaps)
    implements TapPairs {
  private static final String METHOD = "similarity-preserving";

  /** Checks the settings. */
  public SimilarityPreserving {
    studentTaps = Settings.studentTaps(METHOD, studentTaps);
    teacherTaps = Settings.teacherTaps(METHOD, teacherTaps, studentTaps);
  }

  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    return TapPairs.sum(
        this,
        student,
        teacher,
        (i, s, t) -> similarities(s).apply(SquaredError.mean(), similarities(t)));
  }

  /** G with rows of length 1, [batch, batch]. */
  private static Var similarities(Var features) {
    Var rows = features.reshape(0, -1);
    return rows.apply(new MatMul(false, true), rows).apply(new Normalize());
  }

  @Override
  public String formula() {
    return "Σ mean (G_s − G_t)², G of inner products";
  }
}
