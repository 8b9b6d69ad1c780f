package limbeck.engine.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import limbeck.engine.tensor.ShapeException;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Values that live together never share memory; others do. */
class MemoryPlanProps {
  @Property(tries = 300)
  void livingValuesLieApart(
      @ForAll @Size(12) int[] seeds, @ForAll @IntRange(min = 1, max = 12) int n) {
    int[] sizes = new int[n];
    int[] from = new int[n];
    int[] to = new int[n];
    long sum = 0;
    for (int i = 0; i < n; i++) {
      sizes[i] = Math.floorMod(seeds[i], 100);
      from[i] = Math.floorMod(seeds[i] >> 8, 10);
      to[i] = from[i] + Math.floorMod(seeds[i] >> 16, 6);
      sum += (sizes[i] + 15L) / 16 * 16;
    }
    MemoryPlan plan = new MemoryPlan(sizes, from, to);
    assertTrue(plan.size() <= sum, plan.size() + " of " + sum);
    for (int i = 0; i < n; i++) {
      assertEquals(sizes[i] == 0, plan.offset(i) < 0);
      assertTrue(plan.offset(i) + sizes[i] <= plan.size());
      for (int k = 0; k < i; k++) {
        boolean together = from[i] <= to[k] && from[k] <= to[i];
        boolean apart =
            plan.offset(i) + sizes[i] <= plan.offset(k)
                || plan.offset(k) + sizes[k] <= plan.offset(i);
        assertTrue(!together || apart || sizes[i] == 0 || sizes[k] == 0, i + " and " + k);
      }
    }
  }

  /** A chain needs room for two neighbours, however long it is. */
  @Example
  void aChainTakesTurns() {
    int n = 50;
    int[] sizes = new int[n];
    int[] from = new int[n];
    int[] to = new int[n];
    for (int i = 0; i < n; i++) {
      sizes[i] = 32;
      from[i] = i;
      to[i] = i + 1;
    }
    assertEquals(64, new MemoryPlan(sizes, from, to).size());
  }

  @Example
  void moreThanAnArrayHolds() {
    int[] sizes = {1 << 30, 1 << 30, 1 << 30};
    ShapeException e =
        assertThrows(
            ShapeException.class, () -> new MemoryPlan(sizes, new int[3], new int[] {1, 1, 1}));
    assertTrue(e.getMessage().contains("run a smaller batch"), e.getMessage());
  }
}
