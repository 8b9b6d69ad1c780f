package limbeck.engine.io;

import java.util.Locale;

/**
 * What the matrices of a model are stored as: weights of linear layers and convolutions, recurrent
 * weights, tables of embeddings. Biases, norms and other vectors stay float32, whatever the
 * matrices become. In memory all are F32: a file of narrow weights is smaller, its model is not.
 */
public enum WeightType {
  /** As they are: 4 bytes each. */
  FLOAT32,
  /** Rounded to the nearest binary16, ties to even; none may be beyond 65,504. 2 bytes each. */
  FLOAT16,
  /** Rounded to the nearest bfloat16, ties to even. 2 bytes each. */
  BFLOAT16,
  /**
   * Whole numbers from −127 to 127 times a scale for each index of the first axis, which is the
   * largest magnitude there, divided by 127: each weight is off by half a scale at most. 1 byte
   * each, and 4 for a scale.
   */
  INT8,
  /**
   * Like {@link #INT8}, but each scale is the one of 21, from all to half of that, with the
   * smallest sum of squared differences: weights far from the others may be cut off, where that
   * brings the others closer.
   */
  INT8_CALIBRATED;

  /** The name for commands and files: {@code float16}, {@code int8-calibrated}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
