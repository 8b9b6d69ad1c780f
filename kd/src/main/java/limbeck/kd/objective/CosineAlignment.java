package limbeck.kd.objective;

import limbeck.autograd.Var;
import limbeck.engine.op.loss.CosineDistance;
import limbeck.kd.Batch;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Outputs;
import limbeck.kd.TapShapes;

/**
 * The student's hidden states shall point where the teacher's do: 1 − cos(h_s, h_t), mean over all
 * rows, whatever their lengths. V. Sanh, L. Debut, J. Chaumond and T. Wolf, DistilBERT, a distilled
 * version of BERT, 2019, arXiv:1910.01108, section 3. Both must be as wide.
 *
 * @param studentTap hidden states [batch, …, width]
 * @param teacherTap likewise
 */
public record CosineAlignment(
    @Hyperparameter(help = "the student's hidden states") String studentTap,
    @Hyperparameter(help = "the teacher's hidden states, as wide") String teacherTap)
    implements OneTap {
  private static final String METHOD = "cosine-alignment";

  /** Checks the settings. */
  public CosineAlignment {
    Settings.requireTaps(METHOD, studentTap, teacherTap);
  }

  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    return student.feature(studentTap).apply(new CosineDistance(), teacher.feature(teacherTap));
  }

  @Override
  public CosineAlignment fitted(TapShapes student, TapShapes teacher) {
    TapShape.requireTaps(this, student, teacher);
    int own = student.of(studentTap).last();
    int others = teacher.of(teacherTap).last();
    if (own != others) {
      throw new IllegalArgumentException(
          METHOD
              + ": "
              + studentTap
              + " of "
              + student.network()
              + " is "
              + own
              + " wide, "
              + teacherTap
              + " of "
              + teacher.network()
              + " "
              + others);
    }
    return this;
  }

  @Override
  public String formula() {
    return "1 − cos(h_s, h_t)";
  }
}
