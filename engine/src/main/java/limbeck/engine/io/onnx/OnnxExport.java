package limbeck.engine.io.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import limbeck.engine.io.AtomicFile;
import limbeck.engine.program.Input;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;

/**
 * Writes programs as ONNX files, of operator set {@value #OPSET}: float32 weights, integers as
 * INT32, free axes under names. What the op table of a program cannot say in ONNX is refused, all
 * ops at once.
 */
public final class OnnxExport {
  /** The version of ONNX's operators that is written: that of ONNX 1.13. */
  public static final int OPSET = 18;

  /** The version of the format that belongs to it. */
  private static final int IR_VERSION = 8;

  private final Program program;
  private final GraphWriter graph = new GraphWriter();
  private final Map<String, Integer> unknown = new TreeMap<>();

  private OnnxExport(Program program) {
    this.program = program;
  }

  /**
   * Writes a program.
   *
   * @param file replaced in one step; see {@link AtomicFile}
   * @param outputs names for the outputs, in order
   * @param metadata kept in the file: classes, how the model was made
   * @throws IllegalArgumentException if the program computes in F64, the names are not as many as
   *     outputs, or ops cannot be exported; the message names all of them
   */
  public static void write(
      Program program, Path file, List<String> outputs, Map<String, String> metadata)
      throws IOException {
    ProtoWriter model = new OnnxExport(program).model(outputs, metadata);
    AtomicFile.write(file, model::writeTo);
  }

  /**
   * A program as the bytes of an ONNX file.
   *
   * @param outputs names for the outputs, in order
   * @param metadata kept in the file
   * @throws IllegalArgumentException as {@link #write}
   */
  public static byte[] bytes(Program program, List<String> outputs, Map<String, String> metadata) {
    return new OnnxExport(program).model(outputs, metadata).toByteArray();
  }

  private ProtoWriter model(List<String> outputs, Map<String, String> metadata) {
    if (outputs.size() != program.outputs().size()) {
      throw new IllegalArgumentException(
          "onnx: " + outputs.size() + " names for " + program.outputs().size() + " outputs");
    }
    for (DType type : program.outputTypes()) {
      requireFloat(type);
    }
    String[] names =
        new String[program.inputs().size() + program.constants().size() + program.steps().size()];
    List<ProtoWriter> inputs = inputs(names);
    constants(names);
    steps(names);
    List<ProtoWriter> results = results(names, outputs);
    ProtoWriter model =
        new ProtoWriter()
            .integer(1, IR_VERSION)
            .string(2, "limbeck")
            .message(7, graph.graph("limbeck", inputs, results))
            .message(8, new ProtoWriter().string(1, "").integer(2, OPSET));
    new TreeMap<>(metadata)
        .forEach(
            (key, value) -> model.message(14, new ProtoWriter().string(1, key).string(2, value)));
    return model;
  }

  private static void requireFloat(DType type) {
    if (type == DType.F64) {
      throw new IllegalArgumentException("onnx: the program computes in F64; F32 is exported");
    }
  }

  private List<ProtoWriter> inputs(String[] names) {
    FreeAxes axes = new FreeAxes(program);
    List<ProtoWriter> inputs = new ArrayList<>();
    for (int k = 0; k < program.inputs().size(); k++) {
      Input input = program.inputs().get(k);
      requireFloat(input.type());
      names[k] = input.name();
      inputs.add(GraphWriter.value(input.name(), input.type(), axes.of(k)));
    }
    return inputs;
  }

  private void constants(String[] names) {
    int first = program.inputs().size();
    for (int k = 0; k < program.constants().size(); k++) {
      Program.Constant c = program.constants().get(k);
      requireFloat(c.value().dtype());
      names[first + k] = graph.tensor("weight." + c.name(), c.value());
    }
  }

  private void steps(String[] names) {
    Shape[] shapes = program.shapes(1);
    DType[] types = program.types();
    int first = names.length - program.steps().size();
    for (int i = 0; i < program.steps().size(); i++) {
      Program.Step step = program.steps().get(i);
      List<String> in = step.operands().stream().map(k -> names[k]).toList();
      Shape[] of = step.operands().stream().map(k -> shapes[k]).toArray(Shape[]::new);
      DType[] as = step.operands().stream().map(k -> types[k]).toArray(DType[]::new);
      String made = in.contains(null) ? null : export(new Exporter(graph, step.op(), in, of, as));
      if (made == null && !in.contains(null)) {
        unknown.merge(step.op().spec().name(), 1, Integer::sum);
      }
      names[first + i] = made;
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "onnx: ops that have no form in ONNX here: " + unknown + " (with the number of steps)");
    }
  }

  private static String export(Exporter e) {
    String made = ExportLayers.export(e);
    made = made == null ? ExportSequences.export(e) : made;
    made = made == null ? ExportLayouts.export(e) : made;
    return made == null ? ExportElements.export(e) : made;
  }

  private List<ProtoWriter> results(String[] names, List<String> outputs) {
    Shape[] one = program.outputShapes(batches(1));
    Shape[] two = program.outputShapes(batches(2));
    List<ProtoWriter> results = new ArrayList<>();
    for (int k = 0; k < outputs.size(); k++) {
      graph.copy(names[program.outputs().get(k)], outputs.get(k));
      List<String> axes = new ArrayList<>();
      for (int i = 0; i < one[k].rank(); i++) {
        boolean fixed = one[k].axis(i) == two[k].axis(i) && !hasFreeAxes();
        axes.add(
            fixed
                ? Integer.toString(one[k].axis(i))
                : i == 0 ? "batch" : outputs.get(k) + "_axis" + i);
      }
      results.add(GraphWriter.value(outputs.get(k), program.outputTypes()[k], axes));
    }
    return results;
  }

  private boolean hasFreeAxes() {
    return program.inputs().stream().anyMatch(i -> !i.freeAxes().isEmpty());
  }

  private Shape[] batches(int n) {
    return program.inputs().stream().map(i -> i.batch(n)).toArray(Shape[]::new);
  }
}
