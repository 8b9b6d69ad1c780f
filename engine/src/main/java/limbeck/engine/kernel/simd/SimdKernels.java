package limbeck.engine.kernel.simd;

import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.Kernels;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.Winograd;

/** The float kernels on the Vector API. */
public final class SimdKernels implements Kernels {
  private final Rows rows = new VectorRows();
  private final Winograd winograd = new VectorWinograd();

  /** Loaded by name, so that nothing touches the Vector API before it is known to be there. */
  public SimdKernels() {}

  @Override
  public String name() {
    return "simd";
  }

  @Override
  public int width() {
    return Width.S.vectorBitSize();
  }

  @Override
  public Rows rows() {
    return rows;
  }

  @Override
  public Winograd winograd() {
    return winograd;
  }

  @Override
  public Gemm newGemm() {
    return new VectorGemm();
  }
}
