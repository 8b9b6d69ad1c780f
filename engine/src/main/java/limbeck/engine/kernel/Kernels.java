package limbeck.engine.kernel;

/** One provider's row loops and matrix product for one element type. */
public interface Kernels {
  /** {@code scalar}, {@code simd} or {@code f64}. */
  String name();

  /** Vector width in bits: 0 for scalar loops. */
  int width();

  /** The row loops; stateless, for any thread. */
  Rows rows();

  /** The loops of Winograd's convolution; stateless, for any thread. */
  Winograd winograd();

  /** A new matrix product with its own buffers. */
  Gemm newGemm();
}
