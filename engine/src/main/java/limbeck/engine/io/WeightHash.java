package limbeck.engine.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.engine.tensor.Tensor;

/**
 * The hash of weights: equal exactly when names, types, shapes and all bits are equal, so two runs
 * can be compared by one line, across machines and JDKs. It tells +0 from −0 and one NaN from
 * another.
 *
 * <p>It is the {@link Sha256} of, for each tensor in order: name, type ({@code F32}, {@code F64},
 * {@code I32}), number of axes, axes, elements row-major. Texts are their number of bytes and their
 * bytes in UTF-8; whole numbers have 4 bytes; everything is little-endian. Before all of it is the
 * number of tensors.
 */
public final class WeightHash {
  private WeightHash() {}

  /**
   * The hash of tensors by name, in the order of the map, or sorted by name if that has none
   * (HashMap, Map.of).
   */
  public static String of(Map<String, Tensor> tensors) {
    return hex(out -> write(tensors, out));
  }

  /** The hash of tensors that are called {@code "0"}, {@code "1"} and so on. */
  public static String of(Tensor... tensors) {
    Map<String, Tensor> numbered = new LinkedHashMap<>();
    for (int i = 0; i < tensors.length; i++) {
      numbered.put(Integer.toString(i), tensors[i]);
    }
    return of(numbered);
  }

  /** The hash of tensors and then the number, keys and values of the metadata. */
  static String of(Map<String, Tensor> tensors, Map<String, String> metadata) {
    return hex(
        new AtomicFile.Writer() { // no lambda: many processes load a model before all else
          @Override
          public void write(OutputStream out) throws IOException {
            WeightHash.write(tensors, out);
            number(metadata.size(), out);
            for (Map.Entry<String, String> entry : MapOrder.entries(metadata)) {
              text(entry.getKey(), out);
              text(entry.getValue(), out);
            }
          }
        });
  }

  private static String hex(AtomicFile.Writer content) {
    try {
      return Sha256.hex(content);
    } catch (IOException e) {
      throw new IllegalStateException("writing to a digest", e);
    }
  }

  private static void write(Map<String, Tensor> tensors, OutputStream out) throws IOException {
    number(tensors.size(), out);
    for (Map.Entry<String, Tensor> entry : MapOrder.entries(tensors)) {
      Tensor tensor = entry.getValue();
      text(entry.getKey(), out);
      text(StoredType.of(tensor.dtype()).name(), out);
      number(tensor.shape().rank(), out);
      for (int axis : tensor.shape().toArray()) {
        number(axis, out);
      }
      TensorBytes.write(tensor, out);
    }
  }

  private static void text(String text, OutputStream out) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    number(utf8.length, out);
    out.write(utf8);
  }

  private static void number(int value, OutputStream out) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.write(bytes.putInt(value).array());
  }
}
