package limbeck.engine.io.onnx;

import java.io.IOException;
import limbeck.engine.io.FormatException;
import limbeck.engine.tensor.Tensor;

/**
 * A tensor of an ONNX file.
 *
 * @param name may be empty
 * @param type as the file has it
 * @param value F32 or I32, see {@link OnnxType#stored}
 */
public record OnnxTensor(String name, OnnxType type, Tensor value) {
  /**
   * Reads a file of one tensor, as the test cases of ONNX have them.
   *
   * @param source what errors begin with
   * @throws FormatException if it is damaged, or breaks a limit
   */
  public static OnnxTensor read(byte[] bytes, String source) throws IOException {
    return OnnxReader.tensor(bytes, source);
  }
}
