package limbeck.kd.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ScalesTest {
  @Test
  void niceTicksAreRoundAndExact() {
    assertEquals(List.of(0.0, 0.2, 0.4, 0.6, 0.8, 1.0), Ticks.nice(0, 1, 5));
    assertEquals(List.of(-50.0, 0.0, 50.0, 100.0), Ticks.nice(-70, 130, 4));
    assertEquals(List.of(7.0), Ticks.nice(7, 7, 5));
    assertEquals(List.of(0.0, 1000.0, 2000.0), Ticks.nice(0, 2400, 2));
  }

  @Test
  void logTicksLieBetweenTheEnds() {
    assertEquals(List.of(0.03, 0.1, 0.3, 1.0), Ticks.log(0.02, 1.5, 1, 3));
    assertEquals(List.of(50.0, 100.0, 200.0), Ticks.log(50, 210, 1, 2, 5));
  }

  @Property
  void ticksAreFewAscendingAndInside(
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double low,
      @ForAll @DoubleRange(min = 0.01, max = 1e6) double extent) {
    List<Double> ticks = Ticks.nice(low, low + extent, 5);
    assertTrue(ticks.size() >= 2 && ticks.size() <= 12, ticks.toString());
    double slack = extent * 1e-6;
    assertTrue(ticks.get(0) >= low - slack && ticks.get(ticks.size() - 1) <= low + extent + slack);
    assertTrue(IntStream.range(1, ticks.size()).allMatch(i -> ticks.get(i) > ticks.get(i - 1)));
  }

  @Test
  void labelsOfTicks() {
    assertEquals("0.3", Ticks.label(0.3));
    assertEquals("\u22125", Ticks.label(-5));
    assertEquals("2000", Ticks.plain(2000));
    assertEquals("0.0010", Ticks.decimals(0.00099999, 4));
  }

  @Test
  void scalesReachTheirEnds() {
    Scale linear = Scale.linear(10, 20, 100, 0);
    assertEquals(100, linear.at(10), 0);
    assertEquals(25, linear.at(17.5), 0);
    assertEquals(50, Scale.linear(3, 3, 0, 100).at(3), 0);
    Scale log = Scale.log(1, 100, 0, 10);
    assertEquals(5, log.at(10), 1e-12);
    assertEquals(0, log.at(0), 0, "no errors lie at the lower end");
  }
}
