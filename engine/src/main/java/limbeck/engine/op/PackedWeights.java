package limbeck.engine.op;

import limbeck.engine.kernel.Gemm;
import limbeck.engine.tensor.Tensor;

/**
 * Constant weights that were packed or transformed once for many products, found by the tensor they
 * were made from.
 */
@FunctionalInterface
public interface PackedWeights {
  /** No packed weights. */
  PackedWeights NONE =
      new PackedWeights() {
        @Override
        public Gemm.Packed find(Tensor b, boolean transB) {
          return null;
        }
      };

  /** The packed form of op(b), or null if there is none. */
  Gemm.Packed find(Tensor b, boolean transB);

  /** Weights of a convolution as its forward pass transforms them, or null if there are none. */
  default Tensor transformed(Tensor w) {
    return null;
  }
}
