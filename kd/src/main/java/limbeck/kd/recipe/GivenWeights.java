package limbeck.kd.recipe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.NarrowWeights;
import limbeck.engine.io.NonFinite;
import limbeck.engine.io.Safetensors;
import limbeck.engine.io.TensorFile;
import limbeck.engine.io.WeightHash;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Weights that an arm has without training: a safetensors file with the network's tensors by name,
 * from here, then its checksum is verified, or from elsewhere. It is read when they are first asked
 * for, so that a recipe can name a file that the user replaces by one of his own; every later read
 * finds the same weights or fails.
 */
public final class GivenWeights {
  private final Path file;
  private String hash;

  /** Those of a file, which is not read yet. */
  public GivenWeights(Path file) {
    this.file = file;
  }

  /** Returns the file. */
  public Path file() {
    return file;
  }

  /**
   * Returns the hash of the file's tensors: what the arm is, wherever the file lies.
   *
   * @throws UncheckedIOException if it cannot be read, is damaged, or has changed since the first
   *     read
   */
  public synchronized String hash() {
    try {
      read();
      return hash;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * Gives them to a network.
   *
   * @throws FormatException if they are not those of such a network, or the file has changed
   * @throws IOException if it cannot be read or is damaged
   */
  public void loadInto(Module network) throws IOException {
    Map<String, Tensor> tensors = read();
    try {
      network.load(tensors);
    } catch (ShapeException e) {
      throw new FormatException(
          file + ": its tensors are not those of this network: " + e.getMessage(), e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GivenWeights w && w.file.equals(file);
  }

  @Override
  public int hashCode() {
    return file.hashCode();
  }

  @Override
  public String toString() {
    return file.toString();
  }

  private synchronized Map<String, Tensor> read() throws IOException {
    TensorFile content = Safetensors.read(file, NonFinite.WARN);
    boolean ours = content.metadata().containsKey(Checkpoints.KEY);
    TensorFile checked = ours ? Checkpoints.loadOnly(file) : content;
    Map<String, Tensor> tensors = NarrowWeights.widen(checked).tensors();
    String found = WeightHash.of(tensors);
    if (hash != null && !hash.equals(found)) {
      throw new FormatException(file + ": has changed since this run was planned");
    }
    hash = found;
    return tensors;
  }
}
