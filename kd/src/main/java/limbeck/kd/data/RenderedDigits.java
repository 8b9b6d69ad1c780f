package limbeck.kd.data;

import java.util.stream.IntStream;
import limbeck.engine.exec.Workers;
import limbeck.engine.random.Philox;

/**
 * Handwritten-looking digits of 28 by 28 pixels that are drawn here: a stand-in for MNIST that
 * needs no files. Each digit has several skeletons, some of them close to another digit's; points,
 * slant, proportions, pen and contrast vary, lines break and stray marks occur, so that a small
 * network errs clearly more often than a large one.
 *
 * <p>Image {@code i} is a function of the seed and {@code i} alone: the same bits in a set of any
 * size, on any number of threads, on any JDK. Take another seed for a test set.
 */
public final class RenderedDigits {
  /** Width and height in pixels. */
  public static final int SIDE = DigitHand.SIDE;

  private static final int CLASSES = 10;
  private static final int SIZE = SIDE * SIDE;
  private static final long STREAM = 0x44494749; // "DIGI"
  private static final int CHUNK = 64; // about 2 ms

  private RenderedDigits() {}

  /**
   * The first {@code count} digits of a seed. Every ten in a row hold each digit once, in random
   * order.
   *
   * @throws IllegalArgumentException if count is negative or above 2,700,000
   */
  public static ImageDataset of(long seed, int count) {
    return of(seed, count, Workers.shared());
  }

  /** As {@link #of(long, int)}, drawn by the given pool; the digits are the same. */
  public static ImageDataset of(long seed, int count, Workers workers) {
    if (count < 0 || count > 2_700_000) {
      throw new IllegalArgumentException("cannot draw " + count + " digits: 0 to 2700000");
    }
    byte[] values = new byte[count * SIZE];
    int[] labels = new int[count];
    workers.forEach(
        count,
        CHUNK,
        (from, to) -> {
          DigitHand hand = hand(seed);
          for (int i = from; i < to; i++) {
            labels[i] = label(seed, i);
            hand.write(labels[i], i, values, i * SIZE);
          }
        });
    return new ImageDataset(
        "rendered-digits-" + seed,
        SIDE,
        SIDE,
        1,
        IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList(),
        values,
        labels);
  }

  /** Which digit number {@code index} of a seed is. */
  public static int label(long seed, int index) {
    int[] order = new int[CLASSES];
    stream(seed).stream(1).stream(index / CLASSES).permutation(order);
    return order[index % CLASSES];
  }

  /** Digit number {@code index} of a seed alone: the bytes that it has in every set. */
  public static byte[] bytes(long seed, int index) {
    byte[] out = new byte[SIZE];
    hand(seed).write(label(seed, index), index, out, 0);
    return out;
  }

  private static DigitHand hand(long seed) {
    return new DigitHand(stream(seed).stream(2));
  }

  private static Philox stream(long seed) {
    return new Philox(seed).stream(STREAM);
  }
}
