package limbeck.kd.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import limbeck.kd.Tiny;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.Inputs;
import limbeck.kd.data.Order;
import limbeck.kd.data.Sampler;
import org.junit.jupiter.api.Test;

/** Batches of examples of about the same length. */
class BucketsTest {
  private static final int SIZE = 1_003;
  private static final int BATCH = 8;

  /** Examples of which only the lengths are known. */
  private record Lengths(int[] lengths) implements Dataset {
    @Override
    public String name() {
      return "lengths";
    }

    @Override
    public int size() {
      return lengths.length;
    }

    @Override
    public String form() {
      return "lengths";
    }

    @Override
    public int length(int i) {
      return lengths[i];
    }

    @Override
    public List<String> classNames() {
      return List.of("any");
    }

    @Override
    public int label(int i) {
      return 0;
    }

    @Override
    public Inputs inputs(int[] indices) {
      return () -> indices.length;
    }

    @Override
    public String digest() {
      return "";
    }

    @Override
    public Dataset subset(int[] indices) {
      return new Lengths(Arrays.stream(indices).map(i -> lengths[i]).toArray());
    }

    @Override
    public Dataset grouped(List<String> names, int[] classOf) {
      return this;
    }
  }

  private static final Dataset DATA =
      new Lengths(IntStream.range(0, SIZE).map(i -> 1 + i * 7919 % 50).toArray());

  private static int[] order(long seed, int epoch) {
    Order buckets = Buckets.of(new Sampler(seed, SIZE), DATA, BATCH, seed);
    int[] order = new int[buckets.size()];
    buckets.order(epoch, order);
    return order;
  }

  @Test
  void everyExampleComesOnceInAnOrderOfItsOwn() {
    int[] order = order(1, 0);
    int[] sorted = order.clone();
    Arrays.sort(sorted);
    assertArrayEquals(IntStream.range(0, SIZE).toArray(), sorted);
    assertArrayEquals(order, order(1, 0));
    assertFalse(Arrays.equals(order, order(1, 1)));
    assertFalse(Arrays.equals(order, order(2, 0)));
  }

  /** What batches are filled up to is hardly more than what is in them, and they are shuffled. */
  @Test
  void batchesAreOfAboutTheSameLength() {
    assertTrue(filledUp(order(1, 0)) < 1.1, "" + filledUp(order(1, 0)));
    assertTrue(filledUp(new Sampler(1, SIZE).order(0)) > 1.5);
    int rises = 0;
    int[] order = order(1, 0);
    for (int from = BATCH; from + BATCH <= SIZE; from += BATCH) {
      rises += DATA.length(order[from]) >= DATA.length(order[from - BATCH]) ? 1 : 0;
    }
    assertEquals(SIZE / BATCH / 2, rises, 20);
  }

  private static double filledUp(int[] order) {
    double filled = 0;
    double real = 0;
    for (int from = 0; from < SIZE; from += BATCH) {
      int to = Math.min(from + BATCH, SIZE);
      int most = Arrays.stream(order, from, to).map(DATA::length).max().orElseThrow();
      filled += (double) most * (to - from);
      real += Arrays.stream(order, from, to).map(DATA::length).sum();
    }
    return filled / real;
  }

  @Test
  void examplesOfOneLengthKeepTheirOrder() {
    Sampler sampler = new Sampler(1, 30);
    assertSame(sampler, Buckets.of(sampler, Tiny.images(1, 30), BATCH, 1));
  }
}
