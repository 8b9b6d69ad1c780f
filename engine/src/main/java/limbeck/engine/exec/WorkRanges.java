package limbeck.engine.exec;

/**
 * The chunks of one region, shared out among workers. Each worker has a slot: a range of chunk
 * numbers in one atomic long. It takes from the front; with an empty slot it steals the back half
 * of another worker's range. A slot's value says everything about it, so a compare-and-set that
 * succeeds is right whatever happened in between.
 */
final class WorkRanges {
  private static final int UNCLAIMED = 0;
  private static final int FIRST_SLOT = 1;
  private static final int NONE = -1;

  private final int slots;
  private final PaddedLongs longs;

  WorkRanges(int slots) {
    this.slots = slots;
    longs = new PaddedLongs(FIRST_SLOT + slots);
  }

  /** Splits {@code chunks} evenly among the first {@code owners} slots. No worker may be active. */
  void share(int chunks, int owners) {
    for (int i = 0; i < slots; i++) {
      int from = (int) ((long) chunks * Math.min(i, owners) / owners);
      int to = (int) ((long) chunks * Math.min(i + 1, owners) / owners);
      longs.set(FIRST_SLOT + i, pack(from, to));
    }
    longs.set(UNCLAIMED, chunks);
  }

  /** Whether every chunk has been claimed, though maybe not finished. */
  boolean exhausted() {
    return longs.get(UNCLAIMED) <= 0;
  }

  /**
   * Claims a chunk for the worker of this slot.
   *
   * @return −1 if none was seen; stolen chunks are out of sight for a moment, so only {@link
   *     #exhausted} tells the end
   */
  int claim(int slot) {
    int chunk = takeFront(slot);
    for (int i = 1; i < slots && chunk == NONE; i++) {
      int victim = slot + i;
      chunk = stealBack(slot, victim < slots ? victim : victim - slots);
    }
    if (chunk != NONE) {
      longs.add(UNCLAIMED, -1);
    }
    return chunk;
  }

  private int takeFront(int slot) {
    while (true) {
      long range = longs.get(FIRST_SLOT + slot);
      int from = from(range);
      if (from >= to(range)) {
        return NONE;
      }
      if (longs.compareAndSet(FIRST_SLOT + slot, range, pack(from + 1, to(range)))) {
        return from;
      }
    }
  }

  /**
   * Moves the larger half of the victim's range to the thief's empty slot, less the first chunk.
   */
  private int stealBack(int thief, int victim) {
    while (true) {
      long range = longs.get(FIRST_SLOT + victim);
      int from = from(range);
      int to = to(range);
      if (from >= to) {
        return NONE;
      }
      int middle = from + (to - from) / 2;
      if (longs.compareAndSet(FIRST_SLOT + victim, range, pack(from, middle))) {
        longs.set(FIRST_SLOT + thief, pack(middle + 1, to)); // nobody else writes an empty slot
        return middle;
      }
    }
  }

  private static long pack(int from, int to) {
    return ((long) from << 32) | to;
  }

  private static int from(long range) {
    return (int) (range >>> 32);
  }

  private static int to(long range) {
    return (int) range;
  }
}
