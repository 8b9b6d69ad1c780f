package limbeck.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.Kernels;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.DType;

/** The kernels that are watched for cliffs, by name, each ready to be run. */
final class CliffKernels {
  /** A row that stays in the first-level cache. */
  private static final int ROW = 2000;

  private static final List<String> PRODUCTS =
      List.of(
          "nn:128:128:128",
          "nt:128:128:128",
          "tn:128:128:128",
          "tt:128:128:128",
          "np:128:128:128",
          "nt:100:10:1200",
          "nn:100:1200:10",
          "tn:10:1200:100",
          "nt:32:64:64",
          "nt:128:128:64",
          "nn:128:64:128",
          "nt:8:600:150",
          "nt:1:1200:784",
          "nt:2:1200:784",
          "np:1:1200:784",
          "np:4:256:256",
          "tn:16:144:4096",
          "nt:37:53:71");

  private CliffKernels() {}

  /** All of them, in one thread: products, row loops, ops forward and backward. */
  static Map<String, Runnable> of(Kernels kernels) {
    Map<String, Runnable> all = new LinkedHashMap<>();
    Gemm gemm = kernels.newGemm();
    for (String text : PRODUCTS) {
      Product product = new Product(text);
      all.put(text, () -> product.run(gemm, Workers.inline()));
    }
    Rows rows = kernels.rows();
    for (RowLoop loop : RowLoop.values()) {
      RowLoop.Operands operands = new RowLoop.Operands(DType.F32, ROW);
      all.put("rows:" + loop, () -> loop.run(rows, operands));
    }
    for (OpCase op : OpCase.values()) {
      for (OpPass pass : List.of(OpPass.FORWARD, OpPass.BACKWARD)) {
        String name = "op:" + op + ":" + pass;
        all.put(name, new OpRun(op, pass, op.quickBatch(), DType.F32, kernels, Workers.inline()));
      }
    }
    return all;
  }
}
