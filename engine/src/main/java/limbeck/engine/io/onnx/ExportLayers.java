package limbeck.engine.io.onnx;

import static limbeck.engine.io.onnx.GraphWriter.set;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.Linear;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.nn.AvgPool;
import limbeck.engine.op.nn.BatchNormInference;
import limbeck.engine.op.nn.Conv;
import limbeck.engine.op.nn.ConvTranspose;
import limbeck.engine.op.nn.Embedding;
import limbeck.engine.op.nn.GlobalAvgPool;
import limbeck.engine.op.nn.LayerNorm;
import limbeck.engine.op.nn.MaxPool;

/** Products, convolutions, pools and norms. */
final class ExportLayers {
  private ExportLayers() {}

  /** The result's name; null if the op is none of these. */
  static String export(Exporter e) {
    String x = e.in(0);
    if (e.op() instanceof Linear) {
      if (e.rank(0) == 2) {
        return e.graph().node("Gemm", e.all(), set("transB", true));
      }
      return e.add(e.node("MatMul", x, e.transpose(e.in(1), 1, 0)), e.in(2));
    }
    if (e.op() instanceof MatMul op) {
      String a = op.transA() ? e.matrixTransposed(x, e.rank(0)) : x;
      String b = op.transB() ? e.matrixTransposed(e.in(1), e.rank(1)) : e.in(1);
      return e.node("MatMul", a, b);
    }
    if (e.op() instanceof Embedding) {
      return e.with("Gather", set("axis", 0), e.in(1), x);
    }
    if (e.op() instanceof LayerNorm op) {
      return e.graph()
          .node("LayerNormalization", e.all(), set("axis", -1), set("epsilon", op.epsilon()));
    }
    if (e.op() instanceof BatchNormInference op) {
      return e.graph().node("BatchNormalization", e.all(), set("epsilon", op.epsilon()));
    }
    if (e.op() instanceof GlobalAvgPool) {
      return e.with("Flatten", set("axis", 1), e.node("GlobalAveragePool", x));
    }
    return windowed(e);
  }

  private static String windowed(Exporter e) {
    List<GraphWriter.Setting> settings = new ArrayList<>();
    if (e.op() instanceof Conv op) {
      settings.add(set("group", op.groups()));
      return windowed(e, "Conv", op.windows(), settings);
    }
    if (e.op() instanceof ConvTranspose op) {
      settings.add(set("group", op.groups()));
      settings.add(set("output_padding", op.extra()));
      return windowed(e, "ConvTranspose", op.windows(), settings);
    }
    if (e.op() instanceof MaxPool op) {
      return windowed(e, "MaxPool", op.windows(), settings);
    }
    if (e.op() instanceof AvgPool op) {
      settings.add(set("count_include_pad", op.countIncludePad()));
      return windowed(e, "AveragePool", op.windows(), settings);
    }
    return null;
  }

  private static String windowed(
      Exporter e, String operator, List<Window> windows, List<GraphWriter.Setting> settings) {
    List<Integer> pads = new ArrayList<>(numbers(windows, Window::padding));
    pads.addAll(numbers(windows, Window::padding));
    settings.add(set("kernel_shape", numbers(windows, Window::size)));
    settings.add(set("strides", numbers(windows, Window::stride)));
    settings.add(set("pads", pads));
    if (!operator.equals("AveragePool")) { // which got dilations late, and has none here
      settings.add(set("dilations", numbers(windows, Window::dilation)));
    }
    return e.graph().node(operator, e.all(), settings.toArray(GraphWriter.Setting[]::new));
  }

  private static List<Integer> numbers(List<Window> windows, ToIntFunction<Window> number) {
    return windows.stream().map(number::applyAsInt).toList();
  }
}
