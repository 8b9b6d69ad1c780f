package limbeck.nlp.pretrain;

import java.util.Locale;

/**
 * How a language model is pretrained.
 *
 * @param epochs passes over the training blocks
 * @param micro blocks that go through the network at once
 * @param accumulate how often that is done before a step: a step's batch is their product
 * @param rate the learning rate at its highest
 * @param warmUp the share of steps in which the rate rises; then it falls to 0 on a line
 * @param decay weight decay, of matrices alone
 * @param clip the largest norm of a step's gradient
 * @param dynamic whether tokens are hidden anew in each epoch; else each block is as in the first
 * @param seed of weights, order, dropout and masks
 */
public record PretrainSettings(
    int epochs,
    int micro,
    int accumulate,
    double rate,
    double warmUp,
    double decay,
    double clip,
    boolean dynamic,
    long seed) {
  /** A small model's: batches of 64 blocks in two parts, AdamW at 0.001. */
  public static final PretrainSettings USUAL =
      new PretrainSettings(4, 32, 2, 1e-3, 0.06, 0.01, 1, true, 1);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one makes no sense
   */
  public PretrainSettings {
    boolean sizes = epochs >= 0 && micro >= 1 && accumulate >= 1;
    boolean numbers = rate > 0 && warmUp >= 0 && warmUp <= 1 && decay >= 0 && clip > 0;
    if (!sizes || !numbers) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "pretraining: epochs %d, micro-batch %d, accumulation %d, rate %s, warm-up %s, decay"
                  + " %s, clipping %s: sizes of 1 and numbers above 0 expected, a warm-up of at"
                  + " most 1",
              epochs,
              micro,
              accumulate,
              rate,
              warmUp,
              decay,
              clip));
    }
  }

  /** Blocks of a step. */
  public int batch() {
    return Math.multiplyExact(micro, accumulate);
  }
}
