package limbeck.kd.objective;

import limbeck.autograd.Var;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;

/** The sum over a method's pairs of taps, in their order. */
final class TapPairs {
  private TapPairs() {}

  /** A loss of one pair of activations, of which the first has the number 0. */
  @FunctionalInterface
  interface PairLoss {
    Var of(int layer, Var student, Var teacher);
  }

  static Var sum(Objective method, Outputs student, Outputs teacher, PairLoss loss) {
    Var sum = null;
    for (int i = 0; i < method.studentTaps().size(); i++) {
      Var s = student.feature(method.studentTaps().get(i));
      Var t = teacher.feature(method.teacherTaps().get(i));
      Var one = loss.of(i, s, t);
      sum = sum == null ? one : sum.plus(one);
    }
    return sum;
  }
}
