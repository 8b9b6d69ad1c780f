package limbeck.bench;

import java.util.Arrays;
import java.util.List;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.Add;
import limbeck.engine.op.Dropout;
import limbeck.engine.op.Gelu;
import limbeck.engine.op.Linear;
import limbeck.engine.op.LogSoftmax;
import limbeck.engine.op.Op;
import limbeck.engine.op.Relu;
import limbeck.engine.op.Softmax;
import limbeck.engine.op.Tanh;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.op.loss.SoftTargets;
import limbeck.engine.op.nn.Attention;
import limbeck.engine.op.nn.BatchNorm;
import limbeck.engine.op.nn.BatchNormInference;
import limbeck.engine.op.nn.BiLstm;
import limbeck.engine.op.nn.Conv;
import limbeck.engine.op.nn.GlobalAvgPool;
import limbeck.engine.op.nn.LayerNorm;
import limbeck.engine.op.nn.Lstm;
import limbeck.engine.op.nn.MaxPool;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * An op as a workload of {@link limbeck.bench.workload.Workloads} uses it: its settings, the shapes
 * of its operands and the workload's batch. Together they are what the workloads spend their time
 * in.
 */
public enum OpCase {
  /** The first hidden layer of mlp-teacher. */
  LINEAR_MLP(100, 100, 784, new Linear(), examples(784), weights(1200, 784), weights(1200)),
  /** The classes of mlp-teacher. */
  LINEAR_CLASSES(100, 100, 1200, new Linear(), examples(1200), weights(10, 1200), weights(10)),
  /** The way up in a feed-forward part of bert-mini. */
  LINEAR_UP(16, 1, 256, new Linear(), examples(128, 256), weights(1024, 256), weights(1024)),
  /** The way down. */
  LINEAR_DOWN(16, 1, 1024, new Linear(), examples(128, 1024), weights(256, 1024), weights(256)),
  /** The rectifier of mlp-teacher. */
  RELU(100, 100, 1, new Relu(), examples(1200)),
  /** GELU of bert-mini. */
  GELU(16, 1, 8, new Gelu(), examples(128, 1024)),
  /** The pooler's tanh of minilm-shape. */
  TANH(32, 32, 8, new Tanh(), examples(384)),
  /** A residual connection of bert-mini. */
  ADD(16, 1, 1, new Add(), examples(128, 256), examples(128, 256)),
  /** Dropout in training an mlp-teacher as the paper does. */
  DROPOUT(100, 100, 2, new Dropout(0.5, 1, 2), examples(1200)),
  /** Softmax of long rows. */
  SOFTMAX(256, 8, 4096, new Softmax(), examples(4096)),
  /** Logarithms of probabilities, ten classes. */
  LOG_SOFTMAX(100, 100, 10, new LogSoftmax(), examples(10)),
  /** A norm of bert-mini. */
  LAYER_NORM(16, 1, 256, new LayerNorm(1e-5), examples(128, 256), weights(256), weights(256)),
  /** Attention of bert-mini: four heads of 64. */
  ATTENTION_MINI(
      16, 1, 128, attention(4), examples(128, 256), examples(128, 256), examples(128, 256)),
  /** Attention of bert-tiny: two heads of 64. */
  ATTENTION_TINY(
      32, 2, 128, attention(2), examples(128, 128), examples(128, 128), examples(128, 128)),
  /** Attention of minilm-shape: twelve heads of 32, short sentences. */
  ATTENTION_SHORT(
      32, 4, 128, attention(12), examples(32, 384), examples(32, 384), examples(32, 384)),
  /** A direction of bilstm. */
  LSTM(
      50,
      8,
      450,
      new Lstm(false),
      examples(32, 300),
      weights(600, 300),
      weights(600, 150),
      weights(600),
      weights(600)),
  /** Both directions of bilstm, of which the ends are wanted. */
  BI_LSTM(
      50,
      8,
      450,
      new BiLstm(false, true),
      examples(32, 300),
      weights(600, 300),
      weights(600, 150),
      weights(600),
      weights(600),
      weights(600, 300),
      weights(600, 150),
      weights(600),
      weights(600)),
  /** The first convolution of resnet20. */
  CONV_COLOURS(64, 2, 576, conv(3, 1, 1), examples(3, 32, 32), weights(16, 3, 3, 3)),
  /** A convolution of the first stage of resnet20. */
  CONV_16(64, 2, 576, conv(3, 1, 1), examples(16, 32, 32), weights(16, 16, 3, 3)),
  /** The step to the second stage. */
  CONV_HALVING(64, 2, 576, conv(3, 2, 1), examples(16, 32, 32), weights(32, 16, 3, 3)),
  /** Its shortcut. */
  CONV_SHORTCUT(64, 2, 576, conv(1, 2, 0), examples(16, 32, 32), weights(32, 16, 1, 1)),
  /** A convolution of the second stage. */
  CONV_32(64, 2, 576, conv(3, 1, 1), examples(32, 16, 16), weights(32, 32, 3, 3)),
  /** A convolution of the third stage. */
  CONV_64(64, 4, 576, conv(3, 1, 1), examples(64, 8, 8), weights(64, 64, 3, 3)),
  /** The last convolution of plain-cnn. */
  CONV_128(64, 4, 576, conv(3, 1, 1), examples(64, 8, 8), weights(128, 64, 3, 3)),
  /** Batch norm of the first stage of resnet20. */
  BATCH_NORM(64, 4, 4096, new BatchNorm(1e-5), examples(16, 32, 32), weights(16), weights(16)),
  /** Batch norm of the third stage. */
  BATCH_NORM_SMALL(64, 8, 4096, new BatchNorm(1e-5), examples(64, 8, 8), weights(64), weights(64)),
  /** Batch norm in inference. */
  BATCH_NORM_INFERENCE(
      64,
      4,
      4096,
      new BatchNormInference(1e-5),
      examples(16, 32, 32),
      weights(16),
      weights(16),
      weights(16),
      variances(16)),
  /** Pooling of plain-cnn. */
  MAX_POOL(
      64,
      4,
      4,
      new MaxPool(List.of(Window.of(2).withStride(2), Window.of(2).withStride(2))),
      examples(32, 32, 32)),
  /** The mean over space of resnet20. */
  GLOBAL_AVG_POOL(64, 8, 64, new GlobalAvgPool(), examples(64, 8, 8)),
  /** The loss of all workloads. */
  CROSS_ENTROPY(100, 100, 100, new CrossEntropy(), examples(10), labels(10)),
  /** The loss of distillation. */
  SOFT_TARGETS(100, 100, 100, new SoftTargets(4), examples(10), examples(10));

  private static final long SEED = 12;

  /**
   * What an operand holds.
   *
   * @param examples whether its leading axis is the batch
   * @param classes above 0: labels below this
   * @param low smallest number
   * @param high largest number
   * @param axes without the batch
   */
  private record Operand(boolean examples, int classes, double low, double high, int... axes) {
    Shape shape(int batch) {
      int[] all = new int[axes.length + 1];
      all[0] = batch;
      System.arraycopy(axes, 0, all, 1, axes.length);
      return examples ? Shape.of(all) : Shape.of(axes);
    }

    Tensor tensor(DType type, int batch, Philox random) {
      Tensor t = Tensor.zeros(classes > 0 ? DType.I32 : type, shape(batch));
      for (int i = 0; i < t.size(); i++) {
        double x = (float) (low + (high - low) * random.uniformDouble(i));
        t.set(i, classes > 0 ? random.below(i, classes) : x);
      }
      return t;
    }
  }

  private final int batch;
  private final int quickBatch;
  private final int terms;

  @SuppressWarnings("ImmutableEnumChecker") // ops are
  private final Op op;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Operand> operands;

  /**
   * @param batch of the workload
   * @param quickBatch for checks that have little time
   * @param terms of the longest sum in a result or a gradient
   */
  OpCase(int batch, int quickBatch, int terms, Op op, Operand... operands) {
    this.batch = batch;
    this.quickBatch = quickBatch;
    this.terms = terms;
    this.op = op;
    this.operands = List.of(operands);
  }

  private static Operand examples(int... axes) {
    return new Operand(true, 0, -1, 1, axes);
  }

  /** As large as initial weights are: 1/√(fan-in). */
  private static Operand weights(int... axes) {
    int fan = Arrays.stream(axes).skip(1).reduce(1, (a, b) -> a * b);
    double bound = 1 / Math.sqrt(fan);
    return new Operand(false, 0, -bound, bound, axes);
  }

  private static Operand variances(int n) {
    return new Operand(false, 0, 0.5, 1.5, n);
  }

  private static Operand labels(int classes) {
    return new Operand(true, classes, 0, 0);
  }

  private static Attention attention(int heads) {
    return new Attention(heads, false, Attention.Keys.ALL);
  }

  private static Conv conv(int size, int stride, int padding) {
    Window w = Window.of(size).withStride(stride).withPadding(padding);
    return new Conv(List.of(w, w), 1, false);
  }

  /** The op with its settings. */
  public Op op() {
    return op;
  }

  /** Examples that the workload trains on at once. */
  public int batch() {
    return batch;
  }

  /** So few examples that a run takes about a millisecond. */
  public int quickBatch() {
    return quickBatch;
  }

  /** Terms of the longest sum that an element of a result or gradient is made of, about. */
  public int terms() {
    return terms;
  }

  /** Operands for {@code examples} examples: the same float values in both types. */
  Tensor[] tensors(DType type, int examples) {
    Tensor[] in = new Tensor[operands.size()];
    for (int k = 0; k < in.length; k++) {
      in[k] = operands.get(k).tensor(type, examples, new Philox(SEED, k));
    }
    return in;
  }
}
