package limbeck.engine.kernel.f64;

import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.Kernels;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.Winograd;

/**
 * The kernels for doubles, in plain loops: the oracle that the float kernels are verified against.
 */
public final class DoubleKernels implements Kernels {
  /** Made when first asked for: most processes never compute in doubles, or not at their start. */
  private static final class Loops {
    static final Rows ROWS = new DoubleRows();
    static final Winograd WINOGRAD = new DoubleWinograd();
  }

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
    return Loops.ROWS;
  }

  @Override
  public Winograd winograd() {
    return Loops.WINOGRAD;
  }

  @Override
  public Gemm newGemm() {
    return new DoubleGemm();
  }
}
