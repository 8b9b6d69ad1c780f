package limbeck.kd.objective;

import limbeck.autograd.Var;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.TapShapes;

/**
 * A method that compares several taps of the student, each with one of the teacher. Any taps will
 * do; a method that asks more of their shapes, or learns something for them, overrides {@link
 * #fitted}.
 */
interface TapPairs extends Objective {
  /** A loss of one pair of activations, of which the first has the number 0. */
  @FunctionalInterface
  interface PairLoss {
    Var of(int layer, Var student, Var teacher);
  }

  /** The sum over a method's pairs of taps, in their order. */
  static Var sum(TapPairs method, Outputs student, Outputs teacher, PairLoss loss) {
    Var sum = null;
    for (int i = 0; i < method.studentTaps().size(); i++) {
      Var s = student.feature(method.studentTaps().get(i));
      Var t = teacher.feature(method.teacherTaps().get(i));
      Var one = loss.of(i, s, t);
      sum = sum == null ? one : sum.plus(one);
    }
    return sum;
  }

  /** It looks at activations alone. */
  @Override
  default boolean takesScores() {
    return true;
  }

  @Override
  default Objective fitted(TapShapes student, TapShapes teacher) {
    TapShape.requireTaps(this, student, teacher);
    return this;
  }
}
