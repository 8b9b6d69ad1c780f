package limbeck.nlp.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import limbeck.engine.tensor.Tensor;

/** The largest numbers of a row. */
final class Likeliest {
  private Likeliest() {}

  /**
   * Where the largest stand, the largest first; of equal ones the first comes first.
   *
   * @param from where the row begins in the tensor
   * @param among which places count
   */
  static List<Integer> of(Tensor values, int from, int size, int most, IntPredicate among) {
    List<Integer> best = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      double value = values.get(from + i);
      boolean full = best.size() == most;
      if (full && !(value > values.get(from + best.get(most - 1))) || !among.test(i)) {
        continue;
      }
      int at = best.size();
      while (at > 0 && value > values.get(from + best.get(at - 1))) {
        at--;
      }
      best.add(at, i);
      if (best.size() > most) {
        best.remove(most);
      }
    }
    return best;
  }
}
