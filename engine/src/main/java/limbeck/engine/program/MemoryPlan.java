package limbeck.engine.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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

  private record Placed(int from, int to, int offset, int size) implements Comparable<Placed> {
    @Override
    public int compareTo(Placed other) {
      return Integer.compare(offset, other.offset);
    }
  }

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
    for (int i : largestFirst(sizes)) {
      if (sizes[i] > 0) {
        long padded = (sizes[i] + (ALIGNMENT - 1L)) / ALIGNMENT * ALIGNMENT;
        offsets[i] = lowestFree(placed, from[i], to[i], padded);
        placed.add(new Placed(from[i], to[i], offsets[i], (int) padded));
        size = Math.max(size, offsets[i] + (int) padded);
      }
    }
  }

  /** The numbers of the values, those of equal size in ascending order. */
  private static int[] largestFirst(int[] sizes) {
    Long[] keys = new Long[sizes.length]; // to sort a long[] links lambdas, on JDK 25
    for (int i = 0; i < keys.length; i++) {
      keys[i] = -((long) sizes[i] << 32) + i;
    }
    Arrays.sort(keys);
    int[] order = new int[keys.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = keys[i].intValue();
    }
    return order;
  }

  private static int lowestFree(List<Placed> placed, int from, int to, long size) {
    List<Placed> alive = new ArrayList<>();
    for (Placed p : placed) {
      if (p.from <= to && from <= p.to) {
        alive.add(p);
      }
    }
    Collections.sort(alive);
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
