package limbeck.engine.op;

import java.util.concurrent.atomic.AtomicReferenceArray;
import limbeck.engine.kernel.Kernels;

/** The lanes that no chunk holds at the moment, kept for the chunks to come. */
final class Lanes {
  /** Lanes that an op holds itself while its chunks have theirs. */
  private static final int OPS_LANES = 2;

  private final Kernels f32;
  private final Kernels f64;
  private final boolean poison;
  private final AtomicReferenceArray<Lane> free;

  Lanes(Kernels f32, Kernels f64, boolean poison, int workers) {
    this.f32 = f32;
    this.f64 = f64;
    this.poison = poison;
    free = new AtomicReferenceArray<>(workers + OPS_LANES);
  }

  /**
   * A free lane. The look for one takes no lock and may miss a lane that is given back meanwhile;
   * one more is made then, and kept if there is a place for it.
   */
  Lane take() {
    for (int i = 0; i < free.length(); i++) {
      Lane lane = free.getAndSet(i, null);
      if (lane != null) {
        return lane;
      }
    }
    return new Lane(f32, f64, poison);
  }

  void giveBack(Lane lane) {
    for (int i = 0; i < free.length(); i++) {
      if (free.compareAndSet(i, null, lane)) {
        return;
      }
    }
  }
}
