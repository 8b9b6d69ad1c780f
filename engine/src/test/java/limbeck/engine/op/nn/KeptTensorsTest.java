package limbeck.engine.op.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** What lanes keep from one op to the next does not keep operands and results alive. */
class KeptTensorsTest {
  private static final Window WINDOW = Window.of(3);
  private static final List<Window> WINDOWS = List.of(WINDOW, WINDOW);

  private final OpContext context = new OpContext(Workers.inline());

  /** Runs an op forward and backward on tensors that nobody else has. */
  private List<WeakReference<Tensor>> run(Op op, Shape... shapes) {
    List<WeakReference<Tensor>> all = new ArrayList<>();
    Tensor[] in = new Tensor[shapes.length];
    Tensor[] gradients = new Tensor[shapes.length];
    for (int k = 0; k < in.length; k++) {
      in[k] = tracked(shapes[k], all);
      gradients[k] = op.differentiable(k) ? tracked(shapes[k], all) : null;
    }
    Tensor out = tracked(op.infer(shapes), all);
    Shape buffer = op.saved(shapes);
    Tensor saved = buffer == null ? null : Tensor.zeros(DType.F32, buffer);
    context.saved(saved);
    op.forward(context, in, out);
    op.backward(context, in, out, tracked(out.shape(), all), gradients);
    context.saved(null);
    return all;
  }

  private static Tensor tracked(Shape shape, List<WeakReference<Tensor>> all) {
    Tensor t = Tensor.zeros(DType.F32, shape);
    all.add(new WeakReference<>(t));
    return t;
  }

  private static long alive(List<WeakReference<Tensor>> tensors) {
    return tensors.stream().filter(t -> t.get() != null).count();
  }

  private void assertKeepsNone(Op op, Shape... shapes) throws InterruptedException {
    List<WeakReference<Tensor>> all = run(op, shapes);
    for (int i = 0; i < 50 && alive(all) > 0; i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertEquals(0, alive(all), op.toString());
  }

  @Test
  void lanesKeepNoTensors() throws InterruptedException {
    Shape x = Shape.of(2, 3, 5, 5);
    Shape channels = Shape.of(3);
    assertKeepsNone(new Conv(WINDOWS, 1, true), x, Shape.of(3, 3, 3, 3), channels);
    assertKeepsNone(new Conv(WINDOWS, 3, true), x, Shape.of(3, 1, 3, 3), channels);
    assertKeepsNone(new MaxPool(WINDOWS), x);
    assertKeepsNone(new AvgPool(WINDOWS, false), x);
    assertKeepsNone(new BatchNorm(1e-5), x, channels, channels);
    assertKeepsNone(new BatchNormInference(1e-5), x, channels, channels, channels, channels);
  }
}
