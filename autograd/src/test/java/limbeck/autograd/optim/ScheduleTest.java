package limbeck.autograd.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Values of schedules at points worked out by hand. */
class ScheduleTest {
  /** A few roundings of double on values of at most 1. */
  private static final double ROUNDING = 1e-15;

  private static void assertValues(Schedule schedule, double... pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      assertEquals(pairs[i + 1], schedule.at(pairs[i]), ROUNDING, "at " + pairs[i]);
    }
  }

  @Test
  void constant() {
    assertValues(Schedule.constant(0.3), 0, 0.3, 0.5, 0.3, 1, 0.3);
  }

  @Test
  void linear() {
    assertValues(Schedule.linear(1, 0), 0, 1, 0.25, 0.75, 1, 0);
    assertValues(Schedule.linear(0.2, 0.6), 0, 0.2, 0.5, 0.4, 1, 0.6);
  }

  @Test
  void exponential() {
    assertValues(Schedule.exponential(1, 0.01), 0, 1, 0.5, 0.1, 0.25, Math.sqrt(0.1), 1, 0.01);
    assertValues(Schedule.exponential(0.5, 0.02), 0, 0.5, 0.5, 0.1, 1, 0.02);
  }

  @Test
  void cosine() {
    double half = Math.sqrt(0.5);
    assertValues(Schedule.cosine(1, 0), 0, 1, 0.25, 0.5 + half / 2, 0.5, 0.5, 1, 0);
    assertValues(Schedule.cosine(0.9, 0.1), 0, 0.9, 0.5, 0.5, 1, 0.1);
  }

  @Test
  void warmUp() {
    Schedule warm = Schedule.linear(1, 0).warmUp(0.2);
    assertValues(warm, 0, 0, 0.1, 0.45, 0.2, 0.8, 0.5, 0.5, 1, 0);
    assertValues(Schedule.constant(1).warmUp(0), 0, 1);
    assertValues(Schedule.constant(1).warmUp(1), 0, 0, 0.5, 0.5, 1, 1);
  }

  @Test
  void steps() {
    double[] points = {0.5, 0.75};
    Schedule schedule = Schedule.constant(1).steps(0.1, points);
    points[0] = 0; // the schedule has its own
    assertValues(schedule, 0, 1, 0.49, 1, 0.5, 0.1, 0.74, 0.1, 0.75, 0.01, 1, 0.01);
    assertValues(Schedule.constant(1).steps(0.1), 1, 1);
  }

  /** Divided, not multiplied by a reciprocal: what a tenth of 0.1 is called in every report. */
  @Test
  void step() {
    double[] points = {0.5, 0.75};
    Schedule schedule = Schedule.step(0.1, 10, points);
    points[0] = 0; // the schedule has its own
    assertValues(schedule, 0, 0.1, 0.4999, 0.1, 0.5, 0.01, 0.7499, 0.01, 0.75, 0.001, 1, 0.001);
    assertEquals(0.01, schedule.at(0.5));
    assertValues(Schedule.step(0.3, 7), 0, 0.3, 1, 0.3);
    assertValues(Schedule.step(8, 2, 0.25, 0.25), 0, 8, 0.25, 2);
  }

  @Test
  void errors() {
    assertThrows(IllegalArgumentException.class, () -> Schedule.step(1, 0, 0.5));
    assertThrows(IllegalArgumentException.class, () -> Schedule.step(1, Double.NaN, 0.5));
    assertThrows(
        IllegalArgumentException.class, () -> Schedule.step(1, Double.POSITIVE_INFINITY, 0.5));
    assertThrows(IllegalArgumentException.class, () -> Schedule.exponential(0, 1));
    assertThrows(IllegalArgumentException.class, () -> Schedule.exponential(1, 0));
    assertThrows(IllegalArgumentException.class, () -> Schedule.exponential(1, Double.NaN));
    Schedule one = Schedule.constant(1);
    assertThrows(IllegalArgumentException.class, () -> one.warmUp(-0.1));
    assertThrows(IllegalArgumentException.class, () -> one.warmUp(1.1));
  }
}
