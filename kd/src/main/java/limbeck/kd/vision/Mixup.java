package limbeck.kd.vision;

import java.util.Arrays;
import limbeck.engine.random.Philox;
import limbeck.kd.data.Sampler;

/**
 * Mixes every example with another one, its partner: inputs and targets become λ times the
 * example's plus 1 − λ times the partner's, λ drawn from the Beta(α, α) distribution. Zhang et al.
 * 2018, arXiv:1710.09412, section 2.
 *
 * <p>In an epoch, the partners are a random permutation of the whole set, and each pair has a λ of
 * its own, as in the paper's formula. (Its code mixes within a batch, with one λ for all.) So an
 * example is mixed in the same way whatever batch it is in: all of it is a function of the seed,
 * the epoch and the number of the example. Teacher and student see the same mixture, which
 * distillation gains from: Beyer et al. 2022, arXiv:2106.05237.
 *
 * <p>How it is used: {@link #on} makes the draws of a run; whoever puts a batch together reads the
 * partner of each example, changed as it is in this epoch, and calls {@link #mix}. The hard loss is
 * then λ · CE(z, label) + (1 − λ) · CE(z, partner's label), which is one cross-entropy against
 * {@link #target}, with {@link limbeck.engine.op.loss.SoftCrossEntropy}. Soft targets are those of
 * the teacher on the mixed inputs: logits kept from before are of no use. In a recipe all of this
 * is {@code augment = "mixup:0.2"}.
 *
 * @param alpha α, from 0.01 to 100: below 1 most mixtures are nearly one of the two, at 1 all λ are
 *     equally likely, above they are more and more even
 */
public record Mixup(double alpha) {
  private static final long SHARES = 0x4d495855; // "MIXU"
  private static final long PARTNERS = 0x50415254; // "PART"

  /**
   * Checks α.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public Mixup {
    if (!(alpha >= 0.01 && alpha <= 100)) {
      throw new IllegalArgumentException("mixup: alpha from 0.01 to 100 expected, was " + alpha);
    }
  }

  /** The draws of a run over {@code size} examples. */
  public Draws on(long seed, int size) {
    return new Draws(seed, size);
  }

  /** Partners and shares of the examples of a set. One thread at a time. */
  public final class Draws {
    private final Philox shares;
    private final Sampler partners;
    private final int[] partner;
    private int epochOfPartners = -1;

    private Draws(long seed, int size) {
      this.shares = new Philox(seed).stream(SHARES);
      this.partners = new Sampler(seed ^ PARTNERS, size);
      this.partner = new int[size];
    }

    /**
     * The number of the example that this one is mixed with in that epoch; now and then itself.
     *
     * @throws IndexOutOfBoundsException if there is no such example
     */
    public int partner(int epoch, int example) {
      if (epoch != epochOfPartners) {
        partners.order(epoch, partner);
        epochOfPartners = epoch;
      }
      return partner[example];
    }

    /** λ: the share of the example itself, from 0 to 1. */
    public float share(int epoch, int example) {
      return (float) Beta.symmetric(shares.stream(epoch).stream(example), alpha);
    }
  }

  /** x becomes λ · x + (1 − λ) · partner, for {@code n} values. */
  public static void mix(float share, float[] x, int at, float[] partner, int partnerAt, int n) {
    float rest = 1 - share;
    for (int i = 0; i < n; i++) {
      x[at + i] = share * x[at + i] + rest * partner[partnerAt + i];
    }
  }

  /**
   * Writes the target distribution of a mixture: λ at the label, 1 − λ at the partner's, together 1
   * where they are the same class.
   *
   * @param out receives {@code classes} values from {@code at} on
   */
  public static void target(
      float share, int label, int partnerLabel, int classes, float[] out, int at) {
    Arrays.fill(out, at, at + classes, 0);
    out[at + label] = share;
    out[at + partnerLabel] += 1 - share;
  }
}
