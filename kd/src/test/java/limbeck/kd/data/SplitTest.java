package limbeck.kd.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Held-out parts and samples of each class. */
class SplitTest {

  /** Images of one pixel, whose value is their number; labels by chance, class 2 the rarest. */
  private static ImageDataset numbered(int size) {
    byte[] values = new byte[size];
    int[] labels = new int[size];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < size; i++) {
      values[i] = (byte) i;
      labels[i] = random.nextInt(10) < 6 ? 0 : random.nextInt(10) < 7 ? 1 : 2;
    }
    return new ImageDataset("set", 1, 1, 1, List.of("a", "b", "c"), values, labels);
  }

  private static int[] members(Dataset data) {
    float[] value = new float[1];
    int[] members = new int[data.size()];
    for (int i = 0; i < members.length; i++) {
      ((TensorDataset) data).read(i, value, 0);
      members[i] = Math.round(value[0] * 255);
    }
    return members;
  }

  @Test
  void theLastAreHeldOut() {
    Split split = Split.last(numbered(10), 3);
    assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6}, members(split.train()));
    assertArrayEquals(new int[] {7, 8, 9}, members(split.heldOut()));
  }

  /** The first of each class, as many as its share, in the order of the set. */
  @Test
  void theFirstOfEachClass() {
    ImageDataset data = numbered(250);
    for (int count : new int[] {20, 33, 111, 250}) {
      Dataset first = Strata.first(data, count);
      assertEquals(count, first.size());
      int[] expected = Strata.shares(data.classCounts(), count);
      assertArrayEquals(expected, first.classCounts());
      int[] left = expected.clone();
      int[] members = IntStream.range(0, 250).filter(i -> left[data.label(i)]-- > 0).toArray();
      assertArrayEquals(members, members(first));
    }
    assertEquals(data.digest(), Strata.first(data, 250).digest());
    assertThrows(IllegalArgumentException.class, () -> Strata.first(data, 251));
    assertThrows(IllegalArgumentException.class, () -> Strata.first(data, 2));
    assertThrows(IllegalArgumentException.class, () -> Strata.first(data, 0));
  }

  @Test
  void bothPartsAreTheWholeInItsOrderAndNothingTwice() {
    ImageDataset data = numbered(200);
    for (int count : new int[] {1, 2, 37, 199}) {
      Split split = Split.stratified(data, count, 5);
      int[] train = members(split.train());
      int[] held = members(split.heldOut());
      assertEquals(count, held.length);
      int[] all = new int[200];
      System.arraycopy(train, 0, all, 0, train.length);
      System.arraycopy(held, 0, all, train.length, held.length);
      Arrays.sort(all);
      assertArrayEquals(members(data), all);
      assertArrayEquals(Arrays.stream(train).sorted().toArray(), train);
      assertArrayEquals(Arrays.stream(held).sorted().toArray(), held);
    }
  }

  /** The share of a class in the held-out part differs from that in the set by less than one. */
  @Test
  void everyClassHasItsShare() {
    ImageDataset data = numbered(250);
    int[] counts = data.classCounts();
    for (int count = 1; count < 250; count += 9) {
      int[] held = Split.stratified(data, count, 8).heldOut().classCounts();
      for (int c = 0; c < 3; c++) {
        assertTrue(Math.abs(held[c] - (double) counts[c] * count / 250) < 1);
      }
    }
  }

  @Test
  void sharesAreThoseOfHamilton() {
    assertArrayEquals(new int[] {3, 2, 1}, Strata.shares(new int[] {50, 30, 20}, 6));
    assertArrayEquals(new int[] {1, 0, 0}, Strata.shares(new int[] {5, 5, 5}, 1));
    assertArrayEquals(new int[] {1, 1, 0}, Strata.shares(new int[] {5, 5, 5}, 2));
    assertArrayEquals(new int[] {0, 0, 4}, Strata.shares(new int[] {0, 0, 9}, 4));
    int[] huge = {Integer.MAX_VALUE / 2, Integer.MAX_VALUE / 2};
    assertArrayEquals(new int[] {500_000_000, 500_000_000}, Strata.shares(huge, 1_000_000_000));
  }

  @Test
  void whatIsDrawnIsAFunctionOfTheSeed() {
    ImageDataset data = numbered(200);
    int[] first = members(Split.stratified(data, 40, 5).heldOut());
    assertArrayEquals(first, members(Split.stratified(data, 40, 5).heldOut()));
    assertNotEquals(
        Arrays.toString(first), Arrays.toString(members(Split.stratified(data, 40, 6).heldOut())));
    int[] labels = data.labels();
    Dataset others = new ImageDataset("x", 1, 1, 1, data.classNames(), new byte[200], labels);
    int[] same = Split.stratified(others, 40, 5).heldOut().labels();
    assertArrayEquals(Split.stratified(data, 40, 5).heldOut().labels(), same);
  }

  /**
   * Each of 100 examples of one class is held out with probability 0.3: in 2,000 seeds 600 times,
   * with variance 600 · 0.7. Since 30 are held out every time, the sum of the squared deviations
   * over their variance is 100/99 times a chi-square of 99 degrees of freedom, which is above 148.2
   * with probability 0.001.
   */
  @Test
  void everyExampleIsEquallyLikelyToBeHeldOut() {
    ImageDataset data = new ImageDataset("set", 1, 1, 1, List.of("a"), counting(100), new int[100]);
    int[] counts = new int[100];
    for (long seed = 0; seed < 2000; seed++) {
      for (int i : members(Split.stratified(data, 30, seed).heldOut())) {
        counts[i]++;
      }
    }
    double chi = Arrays.stream(counts).mapToDouble(n -> (n - 600.0) * (n - 600) / 600 / 0.7).sum();
    assertTrue(chi < 148.2 * 100 / 99, "chi-square " + chi);
  }

  private static byte[] counting(int n) {
    byte[] values = new byte[n];
    for (int i = 0; i < n; i++) {
      values[i] = (byte) i;
    }
    return values;
  }

  @Test
  void samplesOfAClassAreNested() {
    ImageDataset data = numbered(240);
    TreeSet<Integer> before = new TreeSet<>();
    for (int count = 1; count <= data.classCounts()[2]; count++) {
      Dataset sample = Strata.perClass(data, count, 4);
      assertArrayEquals(new int[] {count, count, count}, sample.classCounts());
      TreeSet<Integer> now = new TreeSet<>();
      Arrays.stream(members(sample)).forEach(now::add);
      assertTrue(now.containsAll(before));
      before = now;
    }
  }

  @Test
  void whatCannotBeDrawnIsRefused() {
    ImageDataset data = numbered(100);
    for (int count : new int[] {-1, 0, 100, 101}) {
      assertThrows(IllegalArgumentException.class, () -> Split.stratified(data, count, 1));
      assertThrows(IllegalArgumentException.class, () -> Split.last(data, count));
    }
    int few = data.classCounts()[2];
    String message =
        assertThrows(IllegalArgumentException.class, () -> Strata.perClass(data, few + 1, 1))
            .getMessage();
    assertEquals(
        "set: cannot draw " + (few + 1) + " examples of class c, which has " + few, message);
  }
}
