package limbeck.kd.data;

import limbeck.engine.random.Philox;

/** Random values one after another from a place of their own in a stream. */
final class Draws {
  private final Philox philox;
  private long at;

  Draws(Philox philox, long at) {
    this.philox = philox;
    this.at = at;
  }

  /** Uniform from {@code from} to {@code to}. */
  float between(float from, float to) {
    return from + (to - from) * philox.uniform(at++);
  }

  /** Normal with mean 0, cut off at 2.5 standard deviations. */
  float normal(float sigma) {
    return sigma * Math.max(-2.5f, Math.min(2.5f, philox.normal(at++)));
  }

  int below(int bound) {
    return philox.below(at++, bound);
  }

  /** True with probability {@code p}. */
  boolean chance(float p) {
    return philox.uniform(at++) < p;
  }
}
