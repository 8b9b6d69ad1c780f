package limbeck.engine.op;

import java.util.concurrent.atomic.AtomicReferenceArray;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Kernels;

/**
 * The lanes that no chunk holds at the moment, kept for the chunks to come. Every worker has a
 * place of its own and finds the lane there that it gave back last: scratch that another one has
 * written would have to come from the other processor's cache, a line at a time.
 */
final class Lanes {
  /** Lanes that an op holds itself while its chunks have theirs. */
  private static final int OPS_LANES = 2;

  private final Kernels f32;
  private final Kernels f64;
  private final boolean poison;

  /** A place for each worker; then some that are nobody's. */
  private final AtomicReferenceArray<Lane> free;

  private final int workers;

  Lanes(Kernels f32, Kernels f64, boolean poison, int workers) {
    this.f32 = f32;
    this.f64 = f64;
    this.poison = poison;
    this.workers = workers;
    free = new AtomicReferenceArray<>(workers + OPS_LANES);
  }

  /**
   * A free lane. The look for one takes no lock and may miss a lane that is given back meanwhile;
   * one more is made then, and kept if there is a place for it.
   */
  Lane take() {
    int own = own();
    Lane lane = free.getAndSet(own, null);
    for (int i = free.length() - 1; lane == null && i >= 0; i--) { // nobody's come first
      lane = free.getAndSet(i, null);
    }
    return lane != null ? lane : new Lane(f32, f64, poison);
  }

  void giveBack(Lane lane) {
    boolean kept = free.compareAndSet(own(), null, lane);
    for (int i = free.length() - 1; !kept && i >= 0; i--) {
      kept = free.compareAndSet(i, null, lane);
    }
  }

  private int own() {
    int slot = Workers.slot();
    return slot < workers ? slot : 0;
  }
}
