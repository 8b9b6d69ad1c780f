package limbeck.kd.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import limbeck.engine.io.onnx.OnnxModel;
import limbeck.engine.io.onnx.OnnxTensor;
import limbeck.engine.io.onnx.OnnxValue;

/** What {@code limbeck inspect} shows of an ONNX model. */
record OnnxSummary(OnnxModel model, Path file) {
  private Map<String, Integer> operators() {
    Map<String, Integer> operators = new TreeMap<>();
    model.nodes().forEach(n -> operators.merge(n.operator(), 1, Integer::sum));
    return operators;
  }

  /** As JSON has it. */
  Map<String, Object> json() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("file", file.toString());
    all.put("producer", model.producer());
    all.put("opset", model.opset());
    all.put("numbers", model.parameters());
    all.put("inputs", lines(model.inputs()));
    all.put("outputs", lines(model.outputs()));
    all.put("operators", operators());
    return all;
  }

  private static List<String> lines(List<OnnxValue> values) {
    return values.stream().map(v -> v.name() + " " + v.describe()).toList();
  }

  void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: ONNX of %s, operators of version %d, %d nodes, %,d numbers%n",
        file,
        model.producer().isEmpty() ? "an unnamed producer" : model.producer(),
        model.opset(),
        model.nodes().size(),
        model.parameters());
    lines(model.inputs()).forEach(v -> out.println("  input  " + v));
    lines(model.outputs()).forEach(v -> out.println("  output " + v));
    out.println("  operators " + operators());
    for (OnnxTensor w : model.weights().values()) {
      out.printf(Locale.ROOT, "  %-24s %s %s%n", w.name(), w.type(), w.value().shape());
    }
    out.flush();
  }
}
