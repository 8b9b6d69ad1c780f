package limbeck.nlp.pretrain;

import java.util.Locale;

/**
 * How a language model in both directions is pretrained.
 *
 * @param epochs passes over the sentences
 * @param batch sentences of a step
 * @param rate Adam's learning rate
 * @param clip the largest norm of a step's gradient
 * @param seed of weights, order and dropout
 */
public record ElmoSettings(int epochs, int batch, double rate, double clip, long seed) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one makes no sense
   */
  public ElmoSettings {
    if (epochs < 0 || batch < 1 || !(rate > 0) || !(clip > 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "pretraining: epochs %d, batch %d, rate %s, clipping %s: sizes of 1 and numbers above"
                  + " 0 expected",
              epochs,
              batch,
              rate,
              clip));
    }
  }
}
