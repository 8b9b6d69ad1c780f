package limbeck.engine.io.onnx;

import limbeck.engine.tensor.Tensor;

/**
 * A tensor of an ONNX file.
 *
 * @param name may be empty
 * @param type as the file has it
 * @param value F32 or I32, see {@link OnnxType#stored}
 */
public record OnnxTensor(String name, OnnxType type, Tensor value) {}
