package limbeck.bench.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import limbeck.bench.workload.GrowthNetwork.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link Growth} counts grows as it must. */
class GrowthTest {
  private static final Growth GROWTH = new Growth(true);

  private static Size small(GrowthNetwork network) {
    return network == GrowthNetwork.CNN ? new Size(2, 8, 8, 2, 1) : new Size(2, 8, 64, 2, 1);
  }

  @ParameterizedTest
  @EnumSource
  void twiceTheBatchIsTwiceTheArithmetic(GrowthNetwork network) {
    Size size = small(network);
    Growth.Cost one = GROWTH.cost(network, size);
    Growth.Cost two = GROWTH.cost(network, size.with("batch", 2 * size.batch()));
    assertEquals(2 * one.multiplyAdds(), two.multiplyAdds());
    assertTrue(two.inferBytes() > 1.3 * one.inferBytes(), one + " " + two);
    assertTrue(one.trainMs() > 0 && one.inferMs() > 0 && one.trainBytes() > 0, one.toString());
  }

  /** Scores of attention grow with the square of the length, all else with the length. */
  @Test
  void attentionIsQuadratic() {
    Size size = small(GrowthNetwork.TRANSFORMER);
    long once = GROWTH.cost(GrowthNetwork.TRANSFORMER, size).multiplyAdds();
    long twice = GROWTH.cost(GrowthNetwork.TRANSFORMER, size.with("length", 16)).multiplyAdds();
    assertTrue(twice > 2 * once, once + " " + twice);
  }

  @Test
  void tablesHaveALineForEachSize() {
    List<String> lines = GROWTH.table(GrowthNetwork.MLP);
    assertEquals(3 + 2 + 2 + 2 + 2, lines.size(), () -> String.join("\n", lines));
    assertTrue(lines.get(3).startsWith("| batch 32 | "), lines.get(3));
  }
}
