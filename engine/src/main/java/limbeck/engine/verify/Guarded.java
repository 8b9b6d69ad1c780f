package limbeck.engine.verify;

import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** A tensor inside a longer array whose other elements nobody may write. */
final class Guarded {
  /** Odd, so that the tensor starts at no vector's border, and longer than the widest vector. */
  private static final int MARGIN = 37;

  private static final int GUARD = 123_456_789;

  private final Tensor all;
  private final Tensor inner;

  /** A tensor of NaN (I32: of the guard's value). */
  Guarded(DType type, Shape shape) {
    all = Tensor.zeros(type, Shape.of(shape.size() + 2 * MARGIN));
    all.fill(GUARD);
    inner = all.slice(MARGIN, MARGIN + shape.size()).reshape(shape);
    if (type.isFloating()) {
      inner.fill(Double.NaN);
    }
  }

  /** A copy of a tensor. */
  Guarded(Tensor source) {
    this(source.dtype(), source.shape());
    inner.copyFrom(source);
  }

  Tensor tensor() {
    return inner;
  }

  /** Whether element {@code i} is as it was at first: NaN, or the guard's value. */
  boolean isUnwritten(int i) {
    return inner.dtype().isFloating() ? Double.isNaN(inner.get(i)) : inner.get(i) == GUARD;
  }

  /** Whether the neighbours are as they were. */
  boolean isIntact() {
    double guard = all.dtype() == DType.F32 ? (float) GUARD : GUARD;
    for (int i = 0; i < MARGIN; i++) {
      if (all.get(i) != guard || all.get(all.size() - 1 - i) != guard) {
        return false;
      }
    }
    return true;
  }
}
