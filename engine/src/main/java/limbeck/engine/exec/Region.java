package limbeck.engine.exec;

/**
 * The parallel region of a pool: the work of one {@link Workers#forEach} call. One object serves
 * all calls, one after the other.
 */
final class Region {
  private final Gate gate;
  private final WorkRanges ranges;

  // written while the gate is closed
  private int units;
  private int unitsPerChunk;
  private RangeBody body;

  private volatile Throwable failure;

  Region(Gate gate, int slots) {
    this.gate = gate;
    this.ranges = new WorkRanges(slots);
  }

  /** Sets up the work and opens the gate. */
  void open(int units, int unitsPerChunk, int chunks, int owners, RangeBody body) {
    this.units = units;
    this.unitsPerChunk = unitsPerChunk;
    this.body = body;
    ranges.share(chunks, owners);
    gate.open();
  }

  /** Runs chunks until none is left to claim. Throws nothing that a body throws. */
  void takePart(int slot) {
    int turn = 0;
    while (!ranges.exhausted() && gate.isOpen()) {
      int chunk = ranges.claim(slot);
      if (chunk >= 0) {
        runChunk(chunk);
      } else {
        Spin.turn(turn++); // a stolen range is about to come back in sight
      }
    }
  }

  private void runChunk(int chunk) {
    if (failure != null) {
      return; // claimed and skipped
    }
    try {
      runChunk(chunk, units, unitsPerChunk, body);
    } catch (Throwable e) {
      fail(e);
    }
  }

  /** Runs one chunk of {@code unitsPerChunk} units; the last chunk may be shorter. */
  static void runChunk(int chunk, int units, int unitsPerChunk, RangeBody body) {
    int from = chunk * unitsPerChunk;
    body.run(from, from + Math.min(unitsPerChunk, units - from));
  }

  /** Keeps the first failure; later ones are added to it as suppressed. */
  @SuppressWarnings("ReferenceEquality") // the same object must not suppress itself
  synchronized void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    } else if (failure != e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * Waits for all who take part, forgets the body, and throws the first failure if there was one.
   */
  void close(long spinNanos) {
    gate.closeAndWait(spinNanos);
    body = null;
    Throwable thrown = failure;
    failure = null;
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
    if (thrown != null) {
      throw new IllegalStateException("a body threw a checked exception: " + thrown, thrown);
    }
  }
}
