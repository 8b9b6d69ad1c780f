package limbeck.kd.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import limbeck.autograd.optim.Schedule;
import org.junit.jupiter.api.Test;

/** Rates that are divided at shares of the epochs. */
class RateDropsTest {
  private static Training training(int epochs, boolean nesterov, RateDrops drops) {
    return new Training(
        "sgd", 0.1, "step", 0, 0.9, 1e-4, 128, epochs, Regularisation.NONE, nesterov, drops);
  }

  private static double[] rates(int epochs, Double... shares) {
    Training t = training(epochs, true, new RateDrops(List.of(shares), 10));
    Schedule schedule = t.newSchedule();
    return IntStream.range(0, epochs).mapToDouble(e -> schedule.at((double) e / epochs)).toArray();
  }

  @Test
  void sharesAreRoundedToEpochs() {
    assertArrayEquals(new double[] {0.1, 0.1, 0.01, 0.001}, rates(4, 0.5, 0.75));
    assertArrayEquals(new double[] {0.1, 0.1, 0.1, 0.01, 0.01}, rates(5, 0.5));
    assertArrayEquals(new double[] {0.1, 0.001}, rates(2, 0.5, 0.6)); // both after the first
    assertArrayEquals(new double[] {0.1}, rates(1, 0.5)); // after the only one: never
    double[] published = rates(150, 0.5333, 0.8);
    assertEquals(0.1, published[79]);
    assertEquals(0.01, published[80]);
    assertEquals(0.01, published[119]);
    assertEquals(0.001, published[120]);
  }

  /** Steps of an epoch are shares of the whole with rounding: none may fall before its epoch. */
  @Test
  void theRateChangesWithTheFirstStepOfAnEpoch() {
    for (int epochs : new int[] {3, 7, 150}) {
      Schedule schedule = training(epochs, true, new RateDrops(List.of(1.0 / 3), 10)).newSchedule();
      int drop = Math.round(epochs / 3f);
      for (int perEpoch : new int[] {1, 3, 391, 469}) {
        long first = (long) drop * perEpoch;
        long all = (long) epochs * perEpoch;
        assertEquals(0.1, schedule.at((double) (first - 1) / all));
        assertEquals(0.01, schedule.at((double) first / all));
      }
    }
  }

  @Test
  void valuesAreChecked() {
    for (List<Double> at : List.of(List.of(0.0), List.of(1.0), List.of(0.7, 0.5), List.of(80.0))) {
      RecipeException e = assertThrows(RecipeException.class, () -> new RateDrops(at, 10));
      assertTrue(e.getMessage().contains("shares of the stage's epochs expected"), e.getMessage());
    }
    assertThrows(RecipeException.class, () -> new RateDrops(List.of(0.5), 1));
    assertThrows(RecipeException.class, () -> new RateDrops(List.of(0.5), Double.NaN));
    assertThrows(
        RecipeException.class, () -> training(4, true, RateDrops.NONE).requireConsistent("x"));
  }

  @Test
  void theyAreTold() {
    assertEquals(
        "SGD, momentum 0.9, weight decay 1.0E-4, batch 128, learning rate 0.1, divided by 5 at"
            + " 0.5 and 0.75 of the epochs, 20 epochs",
        training(20, false, new RateDrops(List.of(0.5, 0.75), 5)).describe());
  }

  /** Keys of trained networks are made of these texts. */
  @Test
  void whatIsAsUsualIsLeftOut() {
    Training usual =
        new Training(
            "sgd", 0.1, "cosine", 0, 0.9, 0, 8, 4, Regularisation.NONE, true, RateDrops.NONE);
    assertTrue(usual.toString().endsWith(", maxNorm=0.0, jitter=0]"), usual.toString());
    assertTrue(usual.toString().startsWith("Training[optimizer=sgd, rate=0.1, "));
    String changed = training(4, false, new RateDrops(List.of(0.5), 10)).toString();
    assertTrue(
        changed.endsWith(", jitter=0, nesterov=false, drops=RateDrops[at=[0.5], factor=10.0]]"),
        changed);
  }
}
