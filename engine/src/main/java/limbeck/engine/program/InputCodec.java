package limbeck.engine.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;

/**
 * Inputs as JSON objects: {@code {"name": "ids", "type": "I32", "example": [32], "free": [0]}}; in
 * version 3 {@code "batched": false} says that there is no batch axis. Version 1 of the format had
 * one input without a name, whose type and example stand among the program's own members.
 */
final class InputCodec {
  private static final int MOST = 1000;

  private InputCodec() {}

  static Map<String, Object> write(Input input) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", input.name());
    json.put("type", input.type().name());
    json.put("example", Arrays.stream(input.example().toArray()).boxed().toList());
    json.put("free", input.freeAxes());
    if (!input.batched()) {
      json.put("batched", false);
    }
    return json;
  }

  /** The inputs of a program, as versions 2 and 3 describe them. */
  static Input[] read(Map<String, Object> program, String where) throws FormatException {
    List<?> list = Field.list(program, "inputs", where);
    if (list.size() > MOST) {
      throw new FormatException(where + ": " + list.size() + " inputs, at most " + MOST);
    }
    Input[] inputs = new Input[list.size()];
    for (int k = 0; k < inputs.length; k++) {
      String here = where + " input " + k;
      Map<String, Object> json = Field.object(list.get(k), here);
      inputs[k] =
          new Input(
              Field.string(json, "name", here),
              type(json, "type", here),
              example(json, here),
              integers(json, "free", here),
              !json.containsKey("batched") || Field.flag(json, "batched", here));
    }
    return inputs;
  }

  /** The input of a program, as version 1 describes it. */
  static Input readFirst(Map<String, Object> program, String where) throws FormatException {
    return Input.of("x", type(program, "input", where), example(program, where));
  }

  private static DType type(Map<String, Object> json, String key, String where)
      throws FormatException {
    String name = Field.string(json, key, where);
    for (DType type : DType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw new FormatException(
        where + ": input type " + FormatException.quote(name) + " is none of F32, F64, I32");
  }

  private static Shape example(Map<String, Object> json, String where) throws FormatException {
    List<Integer> axes = integers(json, "example", where);
    int[] sizes = new int[axes.size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = axes.get(i);
    }
    return Shape.of(sizes);
  }

  private static List<Integer> integers(Map<String, Object> json, String key, String where)
      throws FormatException {
    List<Integer> numbers = new ArrayList<>();
    for (Object number : Field.list(json, key, where)) {
      numbers.add(Field.integer(number, key, where));
    }
    return numbers;
  }
}
