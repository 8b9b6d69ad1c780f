package limbeck.engine.io;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import limbeck.engine.tensor.Tensor;

/**
 * The safetensors format: named tensors in one file, readable by any framework and without running
 * anything.
 *
 * <pre>
 * 8 bytes   length of the header, unsigned, little-endian; at most 100,000,000
 * header    {"__metadata__": {"key": "value", …},
 *            "name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, …}
 *            in UTF-8, padded with spaces
 * data      row-major, little-endian; data_offsets count from here, and cover all of it exactly
 * </pre>
 *
 * <p>Reading is strict. Rejected with a {@link FormatException}: a header longer than the file or
 * not beginning with a brace, names or keys that appear twice, unknown keys and types, shapes whose
 * bytes are not those of their offsets, tensors that overlap, leave holes or end beyond the file,
 * more than 8 axes or 2³¹−1 elements, more than a million tensors. No memory is taken for a size
 * that the file only claims: what is loaded is at most four times as large as the file, where its
 * elements have one byte each and become F32 or I32, plus its header in memory. NaN and infinities
 * pass, unless a policy is given (see {@link NonFinite}).
 *
 * <p>All types are read but C64 and F8_E8M0, each into the tensor type that holds it exactly (see
 * {@link StoredType}). A tensor that cannot be loaded does not hide the others: who asks for it is
 * told why.
 */
public final class Safetensors {
  private Safetensors() {}

  /**
   * Reads a file into memory; NaN and infinities pass.
   *
   * @throws FormatException naming file and tensor, if it is not such a file, is damaged or breaks
   *     a limit
   * @throws IOException if it cannot be read
   */
  public static TensorFile read(Path file) throws IOException {
    if (Files.notExists(file)) {
      throw new NoSuchFileException(file.toString(), null, "no such file");
    }
    String source = "safetensors: " + file;
    // a pipe or device would have no length to check against
    if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
      throw new FormatException(source + ": is not a regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new SafetensorsReader(in, Files.size(file), source).read();
    }
  }

  /**
   * Reads a file into memory, and searches it for NaN and infinities.
   *
   * @param nonFinite what to do about the first one
   * @throws FormatException as {@link #read(Path)}, and naming tensor, element and value where the
   *     policy is {@link NonFinite#REJECT}
   * @throws IOException if it cannot be read
   */
  public static TensorFile read(Path file, NonFinite nonFinite) throws IOException {
    return read(file).check(nonFinite);
  }

  /**
   * Reads a file that is in memory already, for example a resource of a jar.
   *
   * @param name what errors call it
   * @throws FormatException naming file and tensor, if it is not such a file, is damaged or breaks
   *     a limit
   */
  public static TensorFile parse(byte[] file, String name) throws FormatException {
    try {
      var in = new ByteArrayInputStream(file);
      return new SafetensorsReader(in, file.length, "safetensors: " + name).read();
    } catch (FormatException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory", e);
    }
  }

  /**
   * Writes a file, complete or not at all (see {@link AtomicFile}). Equal arguments give equal
   * bytes: tensors and metadata are written in the order of their maps, or sorted by name where a
   * map has no order of its own ({@code HashMap}, {@code Map.of}).
   *
   * @throws IllegalArgumentException if a tensor is called {@code __metadata__}, a name has a lone
   *     surrogate, or the header exceeds 100,000,000 bytes
   * @throws IOException if the file cannot be written; what was there before is then unchanged
   */
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    write(file, tensors, Map.of(), metadata);
  }

  /**
   * Writes a file in which some tensors have other types.
   *
   * @param types by name, of tensors that are not written as their own type: F16 or BF16 of F32,
   *     rounded to the nearest, ties to even, or I8 of I32
   * @throws IllegalArgumentException as {@link #write(Path, Map, Map)}, and if a type has no
   *     tensor, a tensor cannot be written as its type, or one of its finite numbers is beyond the
   *     type's range
   * @throws IOException if the file cannot be written; what was there before is then unchanged
   */
  public static void write(
      Path file,
      Map<String, Tensor> tensors,
      Map<String, StoredType> types,
      Map<String, String> metadata)
      throws IOException {
    SafetensorsWriter writer =
        new SafetensorsWriter(Narrowing.all(tensors, types), types, metadata);
    AtomicFile.write(file, writer::write);
  }
}
