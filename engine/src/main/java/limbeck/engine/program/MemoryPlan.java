package limbeck.engine.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import limbeck.engine.tensor.ShapeException;

/**
 * Where the values of a program lie in one slab, so that values which are never alive together
 * share memory. Intervals are placed greedily, largest first, each at the lowest offset that is
 * free for its whole life.
 */
final class MemoryPlan {
  private static final int ALIGNMENT = 16;

  /**
   * The largest slab: arrays have at most 2³¹ − 1 elements, and one vector is left past its end.
   */
  private static final int MOST = Integer.MAX_VALUE - 64;

  private record Placed(int from, int to, int offset, int size) {}

  private final int[] offsets;
  private int size;

  /**
   * Plans values.
   *
   * @param sizes elements of each value; 0 for values that need no place
   * @param from first step at which the value is alive
   * @param to last step at which it is alive
   * @throws ShapeException if no array is long enough
   */
  MemoryPlan(int[] sizes, int[] from, int[] to) {
    offsets = new int[sizes.length];
    Arrays.fill(offsets, -1);
    List<Placed> placed = new ArrayList<>();
    Integer[] order = new Integer[sizes.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingInt((Integer i) -> -sizes[i]).thenComparingInt(i -> i));
    for (int i : order) {
      if (sizes[i] > 0) {
        long padded = (sizes[i] + (ALIGNMENT - 1L)) / ALIGNMENT * ALIGNMENT;
        offsets[i] = lowestFree(placed, from[i], to[i], padded);
        placed.add(new Placed(from[i], to[i], offsets[i], (int) padded));
        size = Math.max(size, offsets[i] + (int) padded);
      }
    }
  }

  private static int lowestFree(List<Placed> placed, int from, int to, long size) {
    List<Placed> alive =
        placed.stream()
            .filter(p -> p.from <= to && from <= p.to)
            .sorted(Comparator.comparingInt(Placed::offset))
            .toList();
    int at = 0;
    for (Placed p : alive) {
      if (at + size <= p.offset) {
        break;
      }
      at = Math.max(at, p.offset + p.size);
    }
    if (at + size > MOST) {
      throw new ShapeException(
          "program: the values of a run need more than "
              + MOST
              + " elements at a time; run a smaller batch");
    }
    return at;
  }

  /** Where value {@code i} starts; −1 if it has no place. */
  int offset(int i) {
    return offsets[i];
  }

  /** Elements of the slab. */
  int size() {
    return size;
  }
}
