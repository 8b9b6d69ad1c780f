package limbeck.engine.kernel.simd;

import java.util.concurrent.atomic.AtomicReferenceArray;
import limbeck.engine.exec.Workers;

/**
 * A {@link Piece} for each thread that works on a product. Threads look first where they gave one
 * back last: what another one has packed would have to come from the other processor's cache.
 */
final class Pieces {
  private final Operands o;
  private AtomicReferenceArray<Piece> free = new AtomicReferenceArray<>(0);

  Pieces(Operands operands) {
    o = operands;
  }

  /** Makes one for each of so many threads. */
  void reserve(int threads) {
    int have = free.length();
    if (have < threads) {
      AtomicReferenceArray<Piece> more = new AtomicReferenceArray<>(threads);
      for (int i = 0; i < threads; i++) {
        more.set(i, i < have ? free.get(i) : new Piece(o));
      }
      free = more;
    }
  }

  /** One that no other thread has, to be given back. The look for it takes no lock. */
  Piece take() {
    for (int i = own(); ; i = i + 1 < free.length() ? i + 1 : 0) {
      Piece piece = free.getAndSet(i, null);
      if (piece != null) {
        return piece;
      }
    }
  }

  void giveBack(Piece piece) {
    for (int i = own(); !free.compareAndSet(i, null, piece); ) {
      i = i + 1 < free.length() ? i + 1 : 0;
    }
  }

  private int own() {
    int slot = Workers.slot();
    return slot < free.length() ? slot : 0;
  }
}
