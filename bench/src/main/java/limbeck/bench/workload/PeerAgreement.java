package limbeck.bench.workload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.engine.io.Safetensors;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;

/**
 * Shows that our workloads are the peers': with PyTorch's weights, each gives PyTorch's output. The
 * files come from {@code bench/peers/export.py}. Fails if an output is further away than float32
 * explains.
 */
public final class PeerAgreement {
  /** Of the largest output: a few hundred roundings in each of some twenty layers. */
  private static final double TOLERANCE = 1e-4;

  private PeerAgreement() {}

  /**
   * @param args the folder of the exported networks
   */
  public static void main(String[] args) throws IOException {
    boolean all = true;
    for (Workload w : Workloads.ALL) {
      double distance = distance(w, Path.of(args[0]));
      all &= distance <= TOLERANCE;
      System.out.printf(
          Locale.ROOT,
          "%-12s %s: %.1e of the largest output away from PyTorch's%n",
          w.name(),
          distance <= TOLERANCE ? "agrees" : "DIFFERS",
          distance);
    }
    if (!all) {
      System.exit(1);
    }
  }

  /** The largest difference of outputs, relative to the largest output. */
  private static double distance(Workload w, Path folder) throws IOException {
    Map<String, Tensor> tensors =
        new LinkedHashMap<>(Safetensors.read(folder.resolve(w.name() + ".safetensors")).tensors());
    Tensor x = tensors.remove("reference.x");
    Tensor expected = tensors.remove("reference.y");
    Module network = w.network().get();
    network.load(tensors);
    Tensor actual = network.infer(x, new OpContext());
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.size(); i++) {
      largest = Math.max(largest, Math.abs(expected.get(i)));
      difference = Math.max(difference, Math.abs(expected.get(i) - actual.get(i)));
    }
    return difference / largest;
  }
}
