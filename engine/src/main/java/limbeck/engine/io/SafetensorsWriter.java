package limbeck.engine.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.tensor.Tensor;

/** Writes tensors in the safetensors format. */
final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;

  private final List<Tensor> tensors = new ArrayList<>();
  private final List<StoredType> types = new ArrayList<>();
  private final byte[] header;

  /**
   * A writer.
   *
   * @param types those of tensors that are not written as their own, to which they have been
   *     rounded ({@link Narrowing})
   */
  SafetensorsWriter(
      Map<String, Tensor> tensors, Map<String, StoredType> types, Map<String, String> metadata) {
    Map<String, Object> members = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      members.put(SafetensorsHeader.METADATA, metadata);
    }
    long at = 0;
    for (Map.Entry<String, Tensor> entry : MapOrder.entries(tensors)) {
      if (entry.getKey().equals(SafetensorsHeader.METADATA)) {
        throw new IllegalArgumentException(
            "safetensors: no tensor can be called "
                + SafetensorsHeader.METADATA
                + "; the format uses that name");
      }
      Tensor tensor = entry.getValue();
      StoredType other = types.get(entry.getKey());
      StoredType type = other == null ? StoredType.of(tensor.dtype()) : other;
      long end = at + (long) tensor.size() * type.bytes;
      members.put(entry.getKey(), member(tensor, type, at, end));
      this.tensors.add(tensor);
      this.types.add(type);
      at = end;
    }
    header = padded(Json.write(members).getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, Object> member(Tensor tensor, StoredType type, long begin, long end) {
    Map<String, Object> member = new LinkedHashMap<>();
    member.put("dtype", type.name());
    member.put("shape", Arrays.stream(tensor.shape().toArray()).boxed().toList());
    member.put("data_offsets", List.of(begin, end));
    return member;
  }

  private static byte[] padded(byte[] json) {
    int length = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (length > SafetensorsHeader.MAX_BYTES) {
      throw new IllegalArgumentException(
          "safetensors: a header of "
              + length
              + " bytes; the limit is "
              + SafetensorsHeader.MAX_BYTES);
    }
    byte[] padded = Arrays.copyOf(json, length);
    Arrays.fill(padded, json.length, length, (byte) ' ');
    return padded;
  }

  void write(OutputStream out) throws IOException {
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.write(length.putLong(header.length).array());
    out.write(header);
    for (int i = 0; i < tensors.size(); i++) {
      TensorBytes.write(tensors.get(i), types.get(i), out);
    }
  }
}
