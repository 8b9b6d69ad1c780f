package limbeck.kd.train;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Batch;
import limbeck.kd.CachedTeacher;
import limbeck.kd.LiveTeacher;
import limbeck.kd.Network;
import limbeck.kd.Outputs;
import limbeck.kd.TapShapes;
import limbeck.kd.data.Dataset;

/**
 * A network's logits for every example of a data set, in evaluation mode. Examples of different
 * lengths are asked about in the order of their lengths: what is said of one does not depend on the
 * batch. The longest come first, so that memory for activations is taken once and not, larger and
 * larger, again and again.
 */
public final class Evaluation {
  private static final int BATCH = 500;

  /** Of examples that differ in length, whose activations take far more room than an image's. */
  private static final int BATCH_OF_LENGTHS = 64;

  /** Of very long ones: some networks read no more than their beginning. */
  private static final int BATCH_OF_LONGEST = 8;

  /** Lengths that a batch of more than these may have together: about 2,000 words of text. */
  private static final int LENGTHS = 10_240;

  private final Dataset data;
  private final int[] order;
  private final boolean alike;

  private Evaluation(Dataset data) {
    this.data = data;
    this.alike = data.ofOneLength();
    this.order =
        alike
            ? IntStream.range(0, data.size()).toArray()
            : IntStream.range(0, data.size())
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(data::length).reversed()) // stable
                .mapToInt(Integer::intValue)
                .toArray();
  }

  /** Is told what was said of some examples; tensors live until it returns. */
  private interface Listener {
    void said(int[] examples, Outputs outputs);
  }

  private void ask(LiveTeacher network, OpContext context, Listener listener) {
    InputReader reader = new InputReader(data, BATCH);
    int from = 0;
    while (from < order.length) {
      int[] some = Arrays.copyOfRange(order, from, Math.min(from + batch(from), order.length));
      listener.said(some, network.outputs(new Batch(reader.read(some), null, some), context));
      context.workspace().reset();
      from += some.length;
    }
  }

  /** How many examples are asked about at once, the longest of which is at a place of the order. */
  private int batch(int from) {
    return alike
        ? BATCH
        : Math.max(
            BATCH_OF_LONGEST,
            Math.min(BATCH_OF_LENGTHS, LENGTHS / Math.max(1, data.length(order[from]))));
  }

  /**
   * Logits and activations of every example, as a teacher. The context's workspace is reset.
   *
   * @param shapes of the network's activations
   * @param taps whose are wanted
   */
  static CachedTeacher teacher(
      Network network, Dataset data, TapShapes shapes, List<String> taps, OpContext context) {
    int classes = shapes.classes();
    Tensor logits = Tensor.zeros(DType.F32, Shape.of(data.size(), classes));
    Map<String, Tensor> features = new LinkedHashMap<>();
    for (String tap : taps) {
      features.put(tap, Tensor.zeros(DType.F32, withAxis(data.size(), shapes.of(tap))));
    }
    new Evaluation(data)
        .ask(
            new LiveTeacher(network, classes, taps),
            context,
            (some, says) -> {
              put(says.logits().value(), some, logits);
              features.forEach((tap, all) -> put(says.feature(tap).value(), some, all));
            });
    return new CachedTeacher(logits, features);
  }

  /** Rows of some examples into the rows of all. */
  private static void put(Tensor rows, int[] some, Tensor all) {
    for (int i = 0; i < some.length; i++) {
      all.slice(some[i], some[i] + 1).copyFrom(rows.slice(i, i + 1));
    }
  }

  private static Shape withAxis(int n, Shape example) {
    return Shape.of(IntStream.concat(IntStream.of(n), Arrays.stream(example.toArray())).toArray());
  }

  /** Logits, row-major [examples, classes]. The context's workspace is reset. */
  public static float[] logits(Network network, Dataset data, int classes, OpContext context) {
    float[] all = new float[Math.multiplyExact(data.size(), classes)];
    Tensor rows = Tensor.view(all, 0, Shape.of(data.size(), classes));
    new Evaluation(data)
        .ask(
            new LiveTeacher(network, classes),
            context,
            (some, says) -> put(says.logits().value(), some, rows));
    return all;
  }
}
