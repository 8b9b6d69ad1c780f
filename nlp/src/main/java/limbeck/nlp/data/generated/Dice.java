package limbeck.nlp.data.generated;

import java.util.List;
import limbeck.engine.random.Philox;

/** The draws of one example, one after the other. */
final class Dice {
  private final Philox random;
  private long next;

  Dice(Philox random) {
    this.random = random;
  }

  int below(int bound) {
    return random.below(next++, bound);
  }

  /** True once in so many times. */
  boolean oneIn(int times) {
    return below(times) == 0;
  }

  <T> T of(List<T> items) {
    return items.get(below(items.size()));
  }
}
