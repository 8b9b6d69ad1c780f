package limbeck.kd.data;

import limbeck.engine.random.Philox;

/**
 * Random values one after another; each kind has a stream of its own, since draws of two kinds
 * overlap in one.
 */
final class Draws {
  private final Philox uniforms;
  private final Philox normals;
  private final Philox choices;
  private long at;

  Draws(Philox root) {
    uniforms = root.stream(1);
    normals = root.stream(2);
    choices = root.stream(3);
  }

  /** Goes on at index {@code place}. */
  void seek(long place) {
    at = place;
  }

  /** Uniform from {@code from} to {@code to}. */
  float between(float from, float to) {
    return from + (to - from) * uniforms.uniform(at++);
  }

  /** Normal with mean 0, cut off at 2.5 standard deviations. */
  float normal(float sigma) {
    return sigma * (float) Math.max(-2.5, Math.min(2.5, normals.normal(at++)));
  }

  int below(int bound) {
    return choices.below(at++, bound);
  }

  /** True with probability {@code p}. */
  boolean chance(float p) {
    return uniforms.uniform(at++) < p;
  }
}
