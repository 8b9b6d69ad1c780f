package limbeck.kd;

import java.util.List;

/** A model that is asked about what somebody types, not about pictures. */
public interface Predictor {
  /**
   * What it is to be asked about, one by one: of models of pairs, two that stand beside each other
   * are one.
   *
   * @param said as it was typed, in order
   */
  default List<String> questions(List<String> said) {
    return said;
  }

  /**
   * Its logits, one for each class; or one score.
   *
   * @throws IllegalArgumentException if it cannot be asked about that, saying what it expects
   */
  float[] logits(String said);
}
