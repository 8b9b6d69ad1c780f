package limbeck.bench.workload;

import java.util.Arrays;
import java.util.List;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.Shape;

/**
 * Something to be timed: a workload, trained or run, at one shape of its input.
 *
 * @param workload name of the network
 * @param training a training step (forward, loss, backward, optimizer), or inference
 * @param input shape of the input, batch first
 */
public record Case(String workload, boolean training, int... input) {
  /** All training steps. */
  public static final List<Case> TRAIN =
      List.of(
          new Case("mlp-teacher", true, 100, 784),
          new Case("mlp-student", true, 100, 784),
          new Case("mlp-tiny", true, 32, 64),
          new Case("bert-mini", true, 16, 128, 256),
          new Case("bert-tiny", true, 32, 128, 128),
          new Case("bert-tiny", true, 1, 32, 128),
          new Case("bilstm", true, 50, 32, 300),
          new Case("resnet20", true, 64, 3, 32, 32),
          new Case("plain-cnn", true, 64, 3, 32, 32));

  /** All runs of inference. */
  public static final List<Case> INFER =
      List.of(
          new Case("mlp-teacher", false, 1, 784),
          new Case("mlp-teacher", false, 100, 784),
          new Case("bert-mini", false, 1, 32, 256),
          new Case("minilm-shape", false, 1, 32, 384),
          new Case("minilm-shape", false, 1, 128, 384),
          new Case("minilm-shape", false, 32, 32, 384),
          new Case("bilstm", false, 1, 32, 300),
          new Case("bilstm", false, 50, 32, 300),
          new Case("resnet20", false, 1, 3, 32, 32),
          new Case("resnet20", false, 64, 3, 32, 32));

  /** The network and the input's shape: {@code resnet20 64x3x32x32}. */
  public String title() {
    StringBuilder s = new StringBuilder(workload).append(' ');
    for (int i = 0; i < input.length; i++) {
      s.append(i == 0 ? "" : "x").append(input[i]);
    }
    return s.toString();
  }

  /** {@code train} or {@code infer}. */
  public String phase() {
    return training ? "train" : "infer";
  }

  /** Elements of the input. */
  public int size() {
    return Arrays.stream(input).reduce(1, (a, b) -> a * b);
  }

  /** The inputs, the same for everybody: normal numbers. */
  public float[] values() {
    Philox random = new Philox(2015);
    float[] x = new float[size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.normal(i);
    }
    return x;
  }

  /** The shape of the input without its batch. */
  public Shape example() {
    return Shape.of(Arrays.copyOfRange(input, 1, input.length));
  }
}
