package limbeck.kd.train;

import java.util.Arrays;
import java.util.List;
import limbeck.autograd.Streams;
import limbeck.engine.random.Philox;
import limbeck.kd.Progress;

/**
 * Which of the terms with a teacher a step leaves out: a function of the seed and the number of the
 * step, so a run that is resumed leaves out the same.
 */
final class DroppedTerms {
  private static final long STREAM = Streams.of("dropped terms");

  private DroppedTerms() {}

  /**
   * Draws some out of some, all equally likely.
   *
   * @param guides the terms that would count at this step
   * @param count how many are to be left out; one at least stays
   */
  static List<Integer> at(Progress p, List<Integer> guides, int count) {
    int dropped = Math.min(count, guides.size() - 1);
    if (dropped <= 0) {
      return List.of();
    }
    int[] order = new int[guides.size()];
    new Philox(p.seed()).stream(STREAM).stream(p.step()).permutation(order);
    return Arrays.stream(order, 0, dropped).mapToObj(guides::get).toList();
  }
}
