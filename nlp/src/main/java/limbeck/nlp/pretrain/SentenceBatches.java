package limbeck.nlp.pretrain;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import limbeck.engine.random.Philox;
import limbeck.nlp.elmo.ElmoWords;
import limbeck.nlp.text.Vocab;

/**
 * The sentences of a corpus for training and for measurement, in batches of about one length:
 * functions of seed and epoch alone. Every {@value #EVERY}th sentence is held out.
 */
final class SentenceBatches {
  /** One sentence of so many is never trained on. */
  static final int EVERY = 50;

  /** Batches that are sorted together. */
  private static final int TOGETHER = 64;

  /** Sub-streams of the seed, by epoch: the order of sentences, and that of batches. */
  private static final long ORDER = 0x53454e54; // "SENT"

  private static final long BATCHES = 0x42544348; // "BTCH"

  private final SentenceFile corpus;
  private final Vocab lexicon;
  private final ElmoWords words;
  private final long seed;
  private final int batch;
  private final int trained;
  private int[] order = {};
  private int[] batches = {};
  private int ordered = -1;

  /**
   * Batches of a corpus.
   *
   * @param batch sentences of each
   * @throws IllegalArgumentException if there are too few to hold one out
   */
  SentenceBatches(SentenceFile corpus, Vocab lexicon, ElmoWords words, long seed, int batch) {
    if (corpus.size() < EVERY) {
      throw new IllegalArgumentException(
          "pretraining: "
              + corpus.size()
              + " sentences; "
              + EVERY
              + " at least expected, as one of so many is held out");
    }
    this.corpus = corpus;
    this.lexicon = lexicon;
    this.words = words;
    this.seed = seed;
    this.batch = batch;
    this.trained = corpus.size() - corpus.size() / EVERY;
  }

  /** How many sentences are trained on. */
  int trained() {
    return trained;
  }

  /** How many are held out. */
  int held() {
    return corpus.size() - trained;
  }

  /** Batches of an epoch; the last one may be smaller. */
  int perEpoch() {
    return (trained + batch - 1) / batch;
  }

  /** Batches of what is held out. */
  int heldBatches() {
    return (held() + batch - 1) / batch;
  }

  private static int shown(int i) {
    return i + i / (EVERY - 1);
  }

  private static int heldOut(int i) {
    return EVERY * i + EVERY - 1;
  }

  /** The {@code k}-th batch of an epoch. */
  SentenceBatch batch(int epoch, int k) throws IOException {
    if (epoch != ordered) {
      order(epoch);
    }
    int from = batches[k] * batch;
    return of(Arrays.stream(order, from, Math.min(from + batch, trained)).toArray());
  }

  /** Sentences at random, those of some batches sorted by length; then batches at random. */
  private void order(int epoch) {
    order = new int[trained];
    new Philox(seed).stream(ORDER).stream(epoch).permutation(order);
    Arrays.setAll(order, i -> shown(order[i]));
    for (int from = 0; from < trained; from += TOGETHER * batch) {
      int to = Math.min(from + TOGETHER * batch, trained);
      int[] sorted =
          Arrays.stream(order, from, to)
              .boxed()
              .sorted(Comparator.comparingInt(corpus::length)) // stable
              .mapToInt(Integer::intValue)
              .toArray();
      System.arraycopy(sorted, 0, order, from, sorted.length);
    }
    batches = new int[perEpoch()];
    new Philox(seed).stream(BATCHES).stream(epoch).permutation(batches);
    ordered = epoch;
  }

  /** The {@code k}-th batch of held-out sentences. */
  SentenceBatch held(int k) throws IOException {
    int from = k * batch;
    int[] some = new int[Math.min(batch, held() - from)];
    Arrays.setAll(some, i -> heldOut(from + i));
    return of(some);
  }

  private SentenceBatch of(int[] sentences) throws IOException {
    int[][] read = new int[sentences.length][];
    for (int i = 0; i < read.length; i++) {
      read[i] = corpus.read(sentences[i]);
    }
    return SentenceBatch.of(read, lexicon, words);
  }
}
