package limbeck.engine.program;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.Json;
import limbeck.engine.io.MapOrder;
import limbeck.engine.io.NarrowWeights;
import limbeck.engine.io.TensorFile;
import limbeck.engine.io.WeightType;
import limbeck.engine.op.Op;
import limbeck.engine.tensor.Tensor;

/**
 * Programs in safetensors files: constants are tensors under their names, the steps are JSON in the
 * metadata entry {@value #KEY}. Any safetensors reader can read the weights. The content is
 * checksummed.
 */
final class ProgramFile {
  /** Metadata entry of the steps. */
  static final String KEY = "limbeck.program";

  /** What this build writes. */
  private static final int VERSION = 3;

  /** What it writes of plain programs, so that builds that know no more read them. */
  private static final int PLAIN = 2;

  private static final int MAX_STEPS = 10_000;

  private ProgramFile() {}

  static void save(Program program, Path file, Map<String, String> metadata, WeightType weights)
      throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    for (Program.Constant c : program.constants()) {
      tensors.put(c.name(), c.value());
      names.add(c.name());
    }
    List<Object> steps = new ArrayList<>();
    for (Program.Step s : program.steps()) {
      Map<String, Object> step = OpCodec.write(s.op());
      step.put("in", s.operands());
      steps.add(step);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    boolean plain = isPlain(program);
    json.put("version", plain ? PLAIN : VERSION);
    json.put("inputs", program.inputs().stream().map(InputCodec::write).toList());
    json.put("constants", names);
    json.put("steps", steps);
    if (!plain) {
      json.put("outputs", program.outputs());
    }
    Map<String, String> all = MapOrder.copy(metadata);
    all.put(KEY, Json.write(json));
    NarrowWeights.save(file, tensors, Matrices.of(program), weights, all);
  }

  /** Whether its output is the last result, and its inputs are batches: all that 2 can hold. */
  private static boolean isPlain(Program program) {
    for (Input input : program.inputs()) {
      if (!input.batched()) {
        return false;
      }
    }
    return program.outputs().equals(List.of(program.values() - 1));
  }

  static Program load(TensorFile stored, String name) throws IOException {
    TensorFile file = NarrowWeights.widen(stored);
    String text = file.metadata().get(KEY);
    if (text == null) {
      throw new FormatException(
          name
              + ": holds weights but no program (metadata \""
              + KEY
              + "\" is missing); load it into a model instead");
    }
    String where = name + ": program";
    Map<String, Object> json = Field.object(parse(text, where), where);
    try {
      return read(file, json, where);
    } catch (IllegalArgumentException e) { // what the builder and the ops refuse
      throw new FormatException(where + ": " + e.getMessage(), e);
    }
  }

  private static Object parse(String text, String where) throws FormatException {
    try {
      return Json.parse(text);
    } catch (FormatException e) { // which says line and column, but not of what
      throw new FormatException(where + ": " + e.getMessage(), e);
    }
  }

  private static Program read(TensorFile file, Map<String, Object> json, String where)
      throws IOException {
    Program.Builder builder = Program.builder(inputs(json, where));
    for (Object constant : Field.list(json, "constants", where)) {
      if (!(constant instanceof String s)) {
        throw new FormatException(where + ": a constant's name is not a string");
      }
      builder.constant(s, file.tensor(s));
    }
    List<?> steps = Field.list(json, "steps", where);
    if (steps.isEmpty() || steps.size() > MAX_STEPS) {
      throw new FormatException(
          where + ": " + steps.size() + " steps, 1 to " + MAX_STEPS + " expected");
    }
    for (int i = 0; i < steps.size(); i++) {
      addStep(builder, steps.get(i), where + " step " + i);
    }
    if (Field.number(json, "version", where) < VERSION) {
      return builder.build();
    }
    return builder.build(numbers(json, "outputs", where));
  }

  private static int[] numbers(Map<String, Object> json, String key, String where)
      throws FormatException {
    List<?> list = Field.list(json, key, where);
    int[] numbers = new int[list.size()];
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = Field.integer(list.get(k), key, where);
    }
    return numbers;
  }

  private static Input[] inputs(Map<String, Object> json, String where) throws FormatException {
    double version = Field.number(json, "version", where);
    if (version == 1) {
      return new Input[] {InputCodec.readFirst(json, where)};
    }
    if (version == PLAIN || version == VERSION) {
      return InputCodec.read(json, where);
    }
    throw new FormatException(
        where + ": version " + json.get("version") + ", this build reads 1 to " + VERSION);
  }

  private static void addStep(Program.Builder builder, Object json, String where)
      throws FormatException {
    Map<String, Object> step = Field.object(json, where);
    Op op = OpCodec.read(step, where);
    builder.step(op, numbers(step, "in", where));
  }
}
