package limbeck.engine.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a safetensors file once, from front to back, straight into the tensors' arrays. */
final class SafetensorsReader {
  /** What a tensor takes beside its elements: its name, its entry and where it is in maps. */
  private static final long ENTRY_BYTES = 400;

  /** As much of a header of the shortest entries, for each byte. */
  private static final long ENTRY_SHARE = 16;

  private final InputStream in;
  private final long length;
  private final String source;

  /**
   * @param length the real number of bytes of {@code in}
   */
  SafetensorsReader(InputStream in, long length, String source) {
    this.in = in;
    this.length = length;
    this.source = source;
  }

  TensorFile read() throws IOException {
    try {
      int headerBytes = headerBytes();
      byte[] json = in.readNBytes(headerBytes);
      if (json.length < headerBytes) {
        throw new EOFException();
      }
      SafetensorsHeader header =
          SafetensorsHeader.parse(json, length - Long.BYTES - headerBytes, source);
      checkHeap(header);
      return new TensorFile(source, header.metadata(), tensors(header));
    } catch (EOFException e) {
      throw new FormatException(
          source + ": ends before the " + length + " bytes it had when it was opened", e);
    }
  }

  private int headerBytes() throws IOException {
    if (length < Long.BYTES) {
      throw new FormatException(
          source + ": has " + length + " bytes; a safetensors file has at least 8");
    }
    byte[] first = in.readNBytes(Long.BYTES);
    if (first.length < Long.BYTES) {
      throw new EOFException();
    }
    long declared = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (declared < 0 || declared > SafetensorsHeader.MAX_BYTES) {
      throw new FormatException(
          source
              + ": declares a header of "
              + Long.toUnsignedString(declared)
              + " bytes; the limit is "
              + SafetensorsHeader.MAX_BYTES
              + "; is it a safetensors file?");
    }
    if (declared > length - Long.BYTES) {
      throw new FormatException(
          source
              + ": declares a header of "
              + declared
              + " bytes but the file has "
              + length
              + "; it is cut short or damaged");
    }
    checkHeap(ENTRY_SHARE * declared);
    return (int) declared;
  }

  /** A clear error instead of running out of memory half way. */
  private void checkHeap(SafetensorsHeader header) throws FormatException {
    long needed = ENTRY_BYTES * header.entries().size();
    for (SafetensorsHeader.Entry e : header.entries()) {
      needed += e.type().loaded == null ? 0 : (long) e.shape().size() * e.type().loaded.bytes();
    }
    checkHeap(needed);
  }

  private void checkHeap(long needed) throws FormatException {
    long heap = Runtime.getRuntime().maxMemory();
    if (needed > heap - heap / 8) { // the rest is for whoever reads
      throw new FormatException(
          source
              + ": its tensors need "
              + (needed >> 20)
              + " MiB of heap, and there are "
              + (heap >> 20)
              + "; raise it with -Xmx");
    }
  }

  private Map<String, StoredTensor> tensors(SafetensorsHeader header) throws IOException {
    Map<String, StoredTensor> byName = new HashMap<>();
    for (SafetensorsHeader.Entry entry : header.byPosition()) {
      byName.put(entry.name(), new StoredTensor(entry.type(), entry.shape(), tensor(entry)));
    }
    Map<String, StoredTensor> ordered = new LinkedHashMap<>();
    for (SafetensorsHeader.Entry entry : header.entries()) {
      ordered.put(entry.name(), byName.get(entry.name()));
    }
    return ordered;
  }

  /** The tensor, or why it cannot be loaded. */
  private Object tensor(SafetensorsHeader.Entry entry) throws IOException {
    if (entry.type().loaded == null) {
      in.skipNBytes(entry.end() - entry.begin());
      return "is of type " + entry.type() + ", which is not read: " + entry.type().refusal;
    }
    try {
      return TensorBytes.read(in, entry.type(), entry.shape());
    } catch (ArithmeticException misfit) {
      return "is of type " + entry.type() + ", and " + misfit.getMessage();
    }
  }
}
