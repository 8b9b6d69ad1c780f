package limbeck.kd.recipe;

import java.io.IOException;
import java.nio.file.Path;
import limbeck.autograd.Module;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.TensorFile;
import limbeck.engine.io.WeightHash;
import limbeck.engine.tensor.ShapeException;

/**
 * Weights that an arm has without training.
 *
 * @param file a safetensors file with the network's tensors by name
 * @param hash of the file's tensors: what the arm is, wherever the file lies
 */
public record GivenWeights(Path file, String hash) {
  /**
   * Those of a file.
   *
   * @throws IOException if it cannot be read or is damaged
   */
  public static GivenWeights of(Path file) throws IOException {
    return new GivenWeights(file, WeightHash.of(Checkpoints.loadOnly(file).tensors()));
  }

  /**
   * Gives them to a network.
   *
   * @throws FormatException if they are not those of such a network, or the file has changed
   */
  public void loadInto(Module network) throws IOException {
    TensorFile content = Checkpoints.loadOnly(file);
    if (!WeightHash.of(content.tensors()).equals(hash)) {
      throw new FormatException(file + ": has changed since this run was planned");
    }
    try {
      network.load(content.tensors());
    } catch (ShapeException e) {
      throw new FormatException(
          file + ": its tensors are not those of this network: " + e.getMessage(), e);
    }
  }
}
