package limbeck.engine.kernel.scalar;

import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.Kernels;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.Winograd;

/** The float kernels in plain loops: they run everywhere, with the bits of the vector kernels. */
public final class ScalarKernels implements Kernels {
  private final Rows rows = new ScalarRows();
  private final Winograd winograd = new ScalarWinograd();

  @Override
  public String name() {
    return "scalar";
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
    return new ScalarGemm();
  }
}
