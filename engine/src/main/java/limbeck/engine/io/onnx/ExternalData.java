package limbeck.engine.io.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.HeapBudget;

/**
 * Elements of a tensor that lie in a file beside the model. Only a plain file within the model's
 * folder will do: no absolute path, no {@code ..}, no symbolic link on the way, so that a model
 * cannot read what does not belong to it.
 */
final class ExternalData {
  private final String source;
  private final Path folder;

  ExternalData(String source, Path folder) {
    this.source = source;
    this.folder = folder;
  }

  /**
   * Reads them.
   *
   * @param entries {@code location}, {@code offset}, {@code length}
   * @param bytes how many there are by type and shape
   */
  ByteBuffer read(String tensor, Map<String, String> entries, long bytes) throws IOException {
    Path file = file(tensor, entries.getOrDefault("location", ""));
    long offset = number(tensor, "offset", entries.getOrDefault("offset", "0"));
    long length = number(tensor, "length", entries.getOrDefault("length", Long.toString(bytes)));
    long size = Files.size(file);
    if (length != bytes || bytes > Integer.MAX_VALUE - 16 || offset > size - length) {
      throw error(
          tensor,
          "has "
              + bytes
              + " bytes, but bytes "
              + offset
              + " to "
              + offset
              + " + "
              + length
              + " of "
              + file.getFileName()
              + " with "
              + size
              + " bytes are named");
    }
    new HeapBudget(source).take(bytes); // beside the tensor, for as long as it is filled
    ByteBuffer buffer = ByteBuffer.allocate((int) bytes);
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(offset);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer) < 0) {
          throw error(tensor, "lies in " + file.getFileName() + ", which ends early");
        }
      }
    }
    return buffer.flip();
  }

  private Path file(String tensor, String location) throws IOException {
    if (folder == null) {
      throw error(tensor, "lies in another file, but this model comes from no folder");
    }
    Path at = folder;
    for (String part : location.split("/", -1)) {
      boolean plain =
          !part.isEmpty()
              && !part.equals(".")
              && !part.equals("..")
              && part.indexOf('\\') < 0
              && part.indexOf('\0') < 0
              && part.indexOf(':') < 0;
      if (!plain) {
        throw error(
            tensor,
            "lies in "
                + FormatException.quote(location)
                + "; only plain files in the model's folder are read");
      }
      at = at.resolve(part);
      if (Files.isSymbolicLink(at)) {
        throw error(
            tensor, "lies in " + FormatException.quote(location) + ", behind a symbolic link");
      }
    }
    if (!Files.isRegularFile(at, LinkOption.NOFOLLOW_LINKS)) {
      throw error(tensor, "lies in " + FormatException.quote(location) + ", which is no file");
    }
    return at;
  }

  private long number(String tensor, String key, String text) throws FormatException {
    try {
      long value = Long.parseLong(text);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw error(tensor, "has " + key + " " + FormatException.quote(text) + ", no number");
    }
    throw error(tensor, "has " + key + " " + FormatException.quote(text));
  }

  private FormatException error(String tensor, String problem) {
    return new FormatException(
        source + ": tensor " + FormatException.quote(tensor) + " " + problem);
  }
}
