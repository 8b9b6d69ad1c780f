package limbeck.engine.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Safetensors files put together from a header's text, for tests of the reader. */
final class StFile {
  private StFile() {}

  /** A file of this header, with its true length before it, and this data. */
  static byte[] of(String header, int... data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return of(json.length, json, data);
  }

  /** A file of this header, with any length before it, and this data. */
  static byte[] of(long declared, byte[] json, int... data) {
    ByteBuffer file =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(declared).put(json);
    for (int b : data) {
      file.put((byte) b);
    }
    return file.array();
  }

  /** A header's entry for one tensor. */
  static String tensor(String name, String dtype, String shape, long begin, long end) {
    return "\""
        + name
        + "\":{\"dtype\":\""
        + dtype
        + "\",\"shape\":["
        + shape
        + "],\"data_offsets\":["
        + begin
        + ","
        + end
        + "]}";
  }
}
