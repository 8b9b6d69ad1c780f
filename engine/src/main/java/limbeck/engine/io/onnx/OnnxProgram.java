package limbeck.engine.io.onnx;

import java.util.List;
import java.util.Map;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.Tensor;

/**
 * What an ONNX model becomes.
 *
 * @param program computes the outputs that depend on inputs; null if there are none
 * @param outputs their names, in the program's order
 * @param types their types in ONNX, in the same order
 * @param known outputs that depend on nothing, by name
 */
public record OnnxProgram(
    Program program, List<String> outputs, List<OnnxType> types, Map<String, Tensor> known) {}
