package limbeck.nlp.pretrain;

import java.io.IOException;
import java.util.Arrays;
import limbeck.engine.random.Philox;

/**
 * The blocks of a corpus for training and for measurement, in batches with hidden tokens: functions
 * of seed and epoch alone. Every {@value #EVERY}th block is held out.
 */
final class Blocks {
  /** One block of so many is never trained on. */
  static final int EVERY = 50;

  /** Sub-streams of the seed: the order of blocks, and what is hidden, by epoch and block. */
  private static final long ORDER = 0x424c4f43; // "BLOC"

  private static final long HIDE = 0x48494445; // "HIDE"

  private final TokenBlocks corpus;
  private final Masking masking;
  private final int padding;
  private final long seed;
  private final boolean dynamic;
  private final int held;
  private final int trained;
  private int[] order = {};
  private int ordered = -1;

  /**
   * Blocks of a corpus.
   *
   * @throws IllegalArgumentException if there are too few to hold one out, or too many to number
   */
  Blocks(TokenBlocks corpus, Masking masking, int padding, long seed, boolean dynamic) {
    if (corpus.size() < EVERY || corpus.size() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "pretraining: "
              + corpus.size()
              + " blocks of text; "
              + EVERY
              + " at least expected, as one of so many is held out");
    }
    this.corpus = corpus;
    this.masking = masking;
    this.padding = padding;
    this.seed = seed;
    this.dynamic = dynamic;
    this.held = (int) (corpus.size() / EVERY);
    this.trained = (int) corpus.size() - held;
  }

  /** How many blocks are trained on. */
  int trained() {
    return trained;
  }

  /** How many are held out. */
  int held() {
    return held;
  }

  private static long heldOut(int i) {
    return (long) EVERY * i + EVERY - 1;
  }

  private static long shown(int i) {
    return i + (long) i / (EVERY - 1);
  }

  /** Blocks {@code from} (inclusive) to {@code to} (exclusive) of an epoch's order. */
  MaskedBatch batch(int epoch, int from, int to) throws IOException {
    if (epoch != ordered) {
      order = new int[trained];
      new Philox(seed).stream(ORDER).stream(epoch).permutation(order);
      ordered = epoch;
    }
    long[] blocks = Arrays.stream(order, from, to).mapToLong(Blocks::shown).toArray();
    return masked(blocks, new Philox(seed).stream(HIDE).stream(dynamic ? epoch : 0));
  }

  /** Held-out blocks, with the same tokens hidden at all times and whatever the seed. */
  MaskedBatch held(int from, int to) throws IOException {
    long[] blocks = new long[to - from];
    for (int i = from; i < to; i++) {
      blocks[i - from] = heldOut(i);
    }
    return masked(blocks, new Philox(0).stream(HIDE));
  }

  private MaskedBatch masked(long[] blocks, Philox random) throws IOException {
    int steps = corpus.steps();
    MaskedBatch.Builder batch = new MaskedBatch.Builder(blocks.length, steps);
    int[] ids = batch.ids();
    for (int b = 0; b < blocks.length; b++) {
      int block = b;
      int at = b * steps;
      corpus.read(blocks[b], ids, at);
      int length = steps;
      while (length > 1 && ids[at + length - 1] == padding) {
        length--;
      }
      batch.length(b, length);
      masking.hide(
          ids,
          at,
          length,
          random.stream(blocks[b]),
          (place, token) -> batch.hide(block, place, token));
    }
    return batch.build();
  }
}
