package limbeck.autograd.oracle;

import java.util.Map;
import java.util.function.UnaryOperator;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.AvgPool2d;
import limbeck.autograd.module.Conv1d;
import limbeck.autograd.module.Conv2d;
import limbeck.autograd.module.GlobalAvgPool;
import limbeck.autograd.module.MaxPool2d;
import limbeck.engine.kernel.composite.Window;
import org.junit.jupiter.api.Test;

/** Convolution and pooling against PyTorch. */
class ConvOracleTest {
  private static final Window THREE = Window.of(3);
  private static final Window PADDED = THREE.withPadding(1);

  private static void check(String file, String caseName, Module layer) {
    Oracle oracle = Oracle.of(file, caseName);
    oracle.load(layer, UnaryOperator.identity());
    Map<String, Var> inputs = Map.of("x", oracle.input("x"));
    oracle.check(layer, UnaryOperator.identity(), inputs, in -> layer.forward(in.get("x")));
  }

  @Test
  void images() {
    check("conv", "plain", new Conv2d(3, 4, 3));
    check("conv", "padded", new Conv2d(2, 3, PADDED, false));
    check("conv", "stride", new Conv2d(2, 3, PADDED.withStride(2), true));
    check("conv", "dilation", new Conv2d(2, 2, THREE.withPadding(2).withDilation(2), true));
    check("conv", "groups", new Conv2d(4, 6, PADDED, PADDED, 2, true));
    check("conv", "depthwise", new Conv2d(3, 6, PADDED, PADDED, 3, true));
    check("conv", "pointwise", new Conv2d(5, 4, 1));
    check("conv", "shortcut", new Conv2d(5, 4, Window.of(1).withStride(2), false));
    check(
        "conv",
        "everything",
        new Conv2d(4, 6, new Window(3, 2, 2, 1), new Window(2, 1, 1, 3), 2, true));
  }

  @Test
  void sequences() {
    check("conv", "sequence", new Conv1d(3, 4, PADDED, 1, true));
    check("conv", "sequence_everything", new Conv1d(4, 6, new Window(4, 3, 2, 2), 2, false));
  }

  /** Of equal elements the first takes the gradient there as well. */
  @Test
  void pooling() {
    Window down = PADDED.withStride(2);
    Window across = Window.of(5).withPadding(2);
    check("pool", "max", new MaxPool2d(2));
    check("pool", "max_ties", new MaxPool2d(2));
    check("pool", "max_overlap", new MaxPool2d(down, across));
    check("pool", "max_overlap_ties", new MaxPool2d(down, across));
    check("pool", "avg", new AvgPool2d(2));
    check("pool", "avg_padded", new AvgPool2d(down, across, true));
    check("pool", "avg_without_pad", new AvgPool2d(down, across, false));
    check("pool", "global", new GlobalAvgPool());
  }
}
