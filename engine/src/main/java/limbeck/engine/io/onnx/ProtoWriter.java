package limbeck.engine.io.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/** One protobuf message being written, field after field; see {@link ProtoReader}. */
final class ProtoWriter {
  private static final int FIXED32 = 5;
  private static final int BYTES = 2;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** A field of a whole number. */
  ProtoWriter integer(int field, long value) {
    varint((long) field << 3);
    varint(value);
    return this;
  }

  /** A field of a float. */
  ProtoWriter number(int field, float value) {
    varint((long) field << 3 | FIXED32);
    int bits = Float.floatToRawIntBits(value);
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      bytes.write(bits >> shift);
    }
    return this;
  }

  ProtoWriter string(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A message as a field of this one. */
  ProtoWriter message(int field, ProtoWriter value) {
    varint((long) field << 3 | BYTES);
    varint(value.bytes.size());
    bytes.writeBytes(value.bytes.toByteArray());
    return this;
  }

  private ProtoWriter bytes(int field, byte[] value) {
    varint((long) field << 3 | BYTES);
    varint(value.length);
    bytes.writeBytes(value);
    return this;
  }

  /** The elements of a tensor, little-endian, as a field of bytes. */
  ProtoWriter elements(int field, Tensor t) {
    ByteBuffer raw = ByteBuffer.allocate(4 * t.size()).order(ByteOrder.LITTLE_ENDIAN);
    if (t.dtype() == DType.I32) {
      raw.asIntBuffer().put(t.ints(), t.offset(), t.size());
    } else {
      raw.asFloatBuffer().put(t.floats(), t.offset(), t.size());
    }
    return bytes(field, raw.array());
  }

  private void varint(long value) {
    long rest = value;
    while (rest >>> 7 != 0) {
      bytes.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }

  void writeTo(OutputStream out) throws IOException {
    bytes.writeTo(out);
  }
}
