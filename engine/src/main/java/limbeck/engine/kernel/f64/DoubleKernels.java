package limbeck.engine.kernel.f64;

import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.Kernels;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.Winograd;

/**
 * The kernels for doubles, in plain loops: the oracle that the float kernels are verified against.
 */
public final class DoubleKernels implements Kernels {
  private final Rows rows = new DoubleRows();
  private final Winograd winograd = new DoubleWinograd();

  @Override
  public String name() {
    return "f64";
  }

  @Override
  public int width() {
    return 0;
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
    return new DoubleGemm();
  }
}
