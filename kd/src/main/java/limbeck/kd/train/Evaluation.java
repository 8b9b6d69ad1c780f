package limbeck.kd.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Batch;
import limbeck.kd.CachedTeacher;
import limbeck.kd.LiveTeacher;
import limbeck.kd.Outputs;
import limbeck.kd.TapShapes;
import limbeck.kd.data.Dataset;

/** A network's logits for every example of a data set, in evaluation mode. */
public final class Evaluation {
  private static final int BATCH = 500;

  private Evaluation() {}

  /**
   * Logits and activations of every example, as a teacher. The context's workspace is reset.
   *
   * @param shapes of the network's activations
   * @param taps whose are wanted
   */
  static CachedTeacher teacher(
      Module network, Dataset data, TapShapes shapes, List<String> taps, OpContext context) {
    LiveTeacher live = new LiveTeacher(network, shapes.classes(), taps);
    Tensor logits = Tensor.zeros(DType.F32, Shape.of(data.size(), shapes.classes()));
    Map<String, Tensor> features = new LinkedHashMap<>();
    for (String tap : taps) {
      features.put(tap, Tensor.zeros(DType.F32, Batches.batchOf(data.size(), shapes.of(tap))));
    }
    int each = data.example().size();
    float[] inputs = new float[BATCH * each + 16];
    for (int from = 0; from < data.size(); from += BATCH) {
      int n = Math.min(BATCH, data.size() - from);
      for (int i = 0; i < n; i++) {
        data.read(from + i, inputs, i * each);
      }
      Tensor x = Tensor.view(inputs, 0, Batches.batchOf(n, data.example()));
      Outputs says = live.outputs(new Batch(x, null, null), context);
      logits.slice(from, from + n).copyFrom(says.logits().value());
      int at = from;
      features.forEach((tap, all) -> all.slice(at, at + n).copyFrom(says.feature(tap).value()));
      context.workspace().reset();
    }
    return new CachedTeacher(logits, features);
  }

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
