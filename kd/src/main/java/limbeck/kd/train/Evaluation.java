package limbeck.kd.train;

import limbeck.autograd.Module;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.data.Dataset;

/** A network's logits for every example of a data set, in evaluation mode. */
public final class Evaluation {
  private static final int BATCH = 500;

  private Evaluation() {}

  /** Logits, row-major [examples, classes]. The context's workspace is reset. */
  public static float[] logits(Module network, Dataset data, int classes, OpContext context) {
    network.evaluate();
    int each = data.example().size();
    float[] all = new float[Math.multiplyExact(data.size(), classes)];
    float[] inputs = new float[BATCH * each + 16];
    for (int from = 0; from < data.size(); from += BATCH) {
      int n = Math.min(BATCH, data.size() - from);
      for (int i = 0; i < n; i++) {
        data.read(from + i, inputs, i * each);
      }
      Tensor x = Tensor.view(inputs, 0, Batches.batchOf(n, data.example()));
      Tensor logits = network.infer(x, context);
      Tensor.view(all, from * classes, Shape.of(n, classes)).copyFrom(logits);
      context.workspace().reset();
    }
    return all;
  }
}
