package limbeck.engine.op.nn;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.nn.Attention.Keys;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Contexts live as long as their threads: what they keep for ops must not hold a model. */
class KeptObjectsTest {
  private final OpContext context = new OpContext(Workers.inline());

  static Stream<Op> ops() {
    return Stream.of(new Attention(2, true, Keys.ALL), new Lstm(false));
  }

  @ParameterizedTest
  @MethodSource("ops")
  void operandsAndResultsAreGivenUp(Op op) {
    List<WeakReference<Tensor>> tensors = run(op);
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          while (tensors.stream().anyMatch(t -> t.get() != null)) {
            System.gc();
            Thread.sleep(10);
          }
        },
        () -> "still held: " + tensors.stream().map(WeakReference::get).toList());
  }

  private List<WeakReference<Tensor>> run(Op op) {
    Shape[] shapes =
        op instanceof Lstm
            ? shapes(new int[][] {{2, 3, 4}, {20, 4}, {20, 5}, {20}, {20}})
            : shapes(new int[][] {{2, 3, 4}, {2, 3, 4}, {2, 3, 4}});
    Tensor[] in = zeros(shapes);
    Tensor[] gradients = zeros(shapes);
    Tensor saved = Tensor.zeros(DType.F32, op.saved(shapes));
    Tensor out = Tensor.zeros(DType.F32, op.infer(shapes));
    context.saved(saved);
    op.forward(context, in, out);
    op.backward(context, in, out, out, gradients);
    context.saved(null);
    context.workspace().reset();
    return Stream.of(Arrays.stream(in), Arrays.stream(gradients), Stream.of(saved, out))
        .flatMap(tensors -> tensors)
        .map(WeakReference::new)
        .toList();
  }

  private static Shape[] shapes(int[][] axes) {
    return Arrays.stream(axes).map(Shape::of).toArray(Shape[]::new);
  }

  private static Tensor[] zeros(Shape[] shapes) {
    return Arrays.stream(shapes)
        .map(shape -> Tensor.zeros(DType.F32, shape))
        .toArray(Tensor[]::new);
  }
}
