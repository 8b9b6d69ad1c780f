package limbeck.kd;

/** A model that is asked about what somebody types, not about pictures. */
public interface Predictor {
  /**
   * Its logits, one for each class.
   *
   * @throws IllegalArgumentException if it cannot be asked about that, saying what it expects
   */
  float[] logits(String said);
}
