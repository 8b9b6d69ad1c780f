package limbeck.engine.op;

import limbeck.engine.kernel.Gemm;
import limbeck.engine.tensor.Tensor;

/**
 * Constant matrices that were packed once for many products, found by the tensor they were packed
 * from.
 */
@FunctionalInterface
public interface PackedWeights {
  /** No packed weights. */
  PackedWeights NONE = (b, transB) -> null;

  /** The packed form of op(b), or null if there is none. */
  Gemm.Packed find(Tensor b, boolean transB);
}
