package limbeck.engine.io.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;

/**
 * An ONNX file as it is: nodes, weights, inputs and outputs. {@link OnnxImport} makes a program of
 * it.
 *
 * @param source where it comes from, for messages
 * @param irVersion version of the format
 * @param producer what wrote it
 * @param opset version of ONNX's own operators
 * @param opsets of all domains, ONNX's own under the empty name
 * @param metadata further entries
 * @param nodes in an order in which they can be computed
 * @param weights tensors by name
 * @param inputs of the graph, those that weights give left out
 * @param outputs of the graph
 */
public record OnnxModel(
    String source,
    long irVersion,
    String producer,
    long opset,
    Map<String, Long> opsets,
    Map<String, String> metadata,
    List<OnnxNode> nodes,
    Map<String, OnnxTensor> weights,
    List<OnnxValue> inputs,
    List<OnnxValue> outputs) {

  /**
   * Reads a model. Weights in files beside it are read too, if they lie in its folder.
   *
   * @throws FormatException if it is damaged, or breaks a limit
   */
  public static OnnxModel read(Path file) throws IOException {
    return OnnxReader.read(file);
  }

  /**
   * Reads a model that is in memory; it has no files beside it.
   *
   * @param source what errors begin with
   * @throws FormatException if it is damaged, or breaks a limit
   */
  public static OnnxModel read(byte[] bytes, String source) throws IOException {
    return OnnxReader.read(bytes, source, null);
  }

  /** The numbers of all weights. */
  public long parameters() {
    return weights.values().stream().mapToLong(t -> t.value().size()).sum();
  }
}
