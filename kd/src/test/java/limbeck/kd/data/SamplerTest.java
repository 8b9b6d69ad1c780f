package limbeck.kd.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 17, 1000})
  void everyEpochVisitsEveryExampleOnce(int size) {
    for (int epoch = 0; epoch < 5; epoch++) {
      int[] order = new Sampler(7, size).order(epoch);
      Arrays.sort(order);
      assertArrayEquals(IntStream.range(0, size).toArray(), order);
    }
  }

  @Test
  void orderIsAFunctionOfSeedAndEpoch() {
    Sampler sampler = new Sampler(7, 100);
    int[] third = sampler.order(3);
    sampler.order(0);
    assertArrayEquals(third, sampler.order(3));
    assertArrayEquals(third, new Sampler(7, 100).order(3));
    assertFalse(Arrays.equals(third, sampler.order(4)));
    assertFalse(Arrays.equals(third, new Sampler(8, 100).order(3)));
  }

  /**
   * Where example e lands in 4,000 epochs, by chi-square: for ten examples and ten places a
   * statistic of 81 degrees of freedom, above 126.1 with probability 0.001 under uniform orders.
   * The seed is fixed, so this does not flicker.
   */
  @Test
  void everyPlaceIsEquallyLikely() {
    int[][] counts = new int[10][10];
    Sampler sampler = new Sampler(1, 10);
    for (int epoch = 0; epoch < 4000; epoch++) {
      int[] order = sampler.order(epoch);
      for (int place = 0; place < 10; place++) {
        counts[place][order[place]]++;
      }
    }
    double chi = 0;
    for (int[] row : counts) {
      for (int n : row) {
        chi += (n - 400.0) * (n - 400.0) / 400.0;
      }
    }
    assertTrue(chi < 126.1, "chi-square " + chi);
  }

  @Test
  void refusesWhatIsNoOrder() {
    assertThrows(IllegalArgumentException.class, () -> new Sampler(1, -1));
    assertThrows(IllegalArgumentException.class, () -> new Sampler(1, 5).order(-1));
    assertThrows(IllegalArgumentException.class, () -> new Sampler(1, 5).order(0, new int[4]));
  }
}
