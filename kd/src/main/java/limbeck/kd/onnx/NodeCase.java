package limbeck.kd.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import limbeck.engine.exec.Workers;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.onnx.OnnxImport;
import limbeck.engine.io.onnx.OnnxModel;
import limbeck.engine.io.onnx.OnnxProgram;
import limbeck.engine.io.onnx.OnnxTensor;
import limbeck.engine.io.onnx.OnnxUnknownInput;
import limbeck.engine.io.onnx.OnnxValue;
import limbeck.engine.program.Input;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** One test case: a model, and sets of inputs with the outputs that they must give. */
final class NodeCase {
  private static final String SET = "test_data_set_";

  private final String name;
  private final SortedMap<String, byte[]> files;
  private final Tolerance tolerance;

  NodeCase(String name, SortedMap<String, byte[]> files, Tolerance tolerance) {
    this.name = name;
    this.files = files;
    this.tolerance = tolerance;
  }

  /** What comes out: passed if there is nothing to say. */
  NodeResult run() {
    OnnxModel model;
    try {
      model = OnnxModel.read(files.get("model.onnx"), name);
    } catch (IOException e) {
      return new NodeResult(name, NodeResult.Kind.UNSUPPORTED, e.getMessage());
    }
    try {
      Set<String> sets = sets();
      if (sets.isEmpty()) {
        return new NodeResult(name, NodeResult.Kind.FAILED, "no inputs and outputs to test with");
      }
      for (String set : sets) {
        NodeResult result = run(model, set);
        if (result.kind() != NodeResult.Kind.PASSED) {
          return result;
        }
      }
      return new NodeResult(name, NodeResult.Kind.PASSED, "");
    } catch (IOException | RuntimeException e) {
      return new NodeResult(name, NodeResult.Kind.FAILED, e.toString());
    }
  }

  private Set<String> sets() {
    Set<String> sets = new TreeSet<>();
    for (String path : files.keySet()) {
      if (path.startsWith(SET)) {
        sets.add(path.substring(0, path.indexOf('/') + 1));
      }
    }
    return sets;
  }

  private List<OnnxTensor> tensors(String prefix) throws IOException {
    List<OnnxTensor> tensors = new ArrayList<>();
    for (byte[] b = files.get(prefix + 0 + ".pb");
        b != null;
        b = files.get(prefix + tensors.size() + ".pb")) {
      tensors.add(OnnxTensor.read(b, name + "/" + prefix + tensors.size() + ".pb"));
    }
    return tensors;
  }

  private NodeResult run(OnnxModel model, String set) throws IOException {
    List<OnnxTensor> in = tensors(set + "input_");
    List<OnnxTensor> expected = tensors(set + "output_");
    if (in.size() != model.inputs().size() || expected.size() != model.outputs().size()) {
      return new NodeResult(
          name,
          NodeResult.Kind.FAILED,
          in.size() + " inputs and " + expected.size() + " outputs in " + set);
    }
    OnnxImport importing = OnnxImport.of(model);
    for (int k = 0; k < in.size(); k++) {
      importing.shape(model.inputs().get(k).name(), in.get(k).value().shape());
    }
    OnnxProgram made;
    try {
      made = lowered(importing, model, in);
    } catch (FormatException e) {
      return new NodeResult(name, NodeResult.Kind.UNSUPPORTED, e.getMessage());
    }
    List<Tensor> found = outputs(made, model, in);
    for (int k = 0; k < expected.size(); k++) {
      String difference = tolerance.difference(expected.get(k).value(), found.get(k));
      if (!difference.isEmpty()) {
        String output = model.outputs().get(k).name();
        return new NodeResult(
            name, NodeResult.Kind.FAILED, set + " output " + output + ": " + difference);
      }
    }
    return new NodeResult(name, NodeResult.Kind.PASSED, "");
  }

  /** Inputs that say the shapes of others are taken as known, where that is needed. */
  private static OnnxProgram lowered(OnnxImport importing, OnnxModel model, List<OnnxTensor> in)
      throws FormatException {
    while (true) {
      try {
        return importing.lower();
      } catch (OnnxUnknownInput e) {
        if (e.inputs().isEmpty()) {
          throw e;
        }
        for (int k = 0; k < in.size(); k++) {
          String input = model.inputs().get(k).name();
          if (e.inputs().contains(input)) {
            importing.with(input, in.get(k).value());
          }
        }
      }
    }
  }

  private static List<Tensor> outputs(OnnxProgram made, OnnxModel model, List<OnnxTensor> in) {
    Tensor[] computed = {};
    if (made.program() != null) {
      List<Tensor> operands = new ArrayList<>();
      for (Input input : made.program().inputs()) {
        operands.add(tensor(input.name(), model, in));
      }
      Tensor[] all = operands.toArray(Tensor[]::new);
      Shape[] shapes = operands.stream().map(Tensor::shape).toArray(Shape[]::new);
      Shape[] results = made.program().outputShapes(shapes);
      computed = new Tensor[results.length];
      for (int k = 0; k < computed.length; k++) {
        computed[k] = Tensor.zeros(made.program().outputTypes()[k], results[k]);
      }
      made.program().runner(Workers.inline()).run(all, computed);
    }
    List<Tensor> outputs = new ArrayList<>();
    for (OnnxValue output : model.outputs()) {
      int at = made.outputs().indexOf(output.name());
      outputs.add(at < 0 ? made.known().get(output.name()) : computed[at]);
    }
    return outputs;
  }

  private static Tensor tensor(String input, OnnxModel model, List<OnnxTensor> in) {
    for (int k = 0; k < in.size(); k++) {
      if (model.inputs().get(k).name().equals(input)) {
        return in.get(k).value();
      }
    }
    throw new IllegalStateException("no input " + input);
  }
}
