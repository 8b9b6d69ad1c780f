package limbeck.engine.io.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import limbeck.engine.io.FormatException;

/**
 * The fields of one protobuf message, in the order of the bytes. A message within a message is a
 * reader on the same bytes: nothing is copied, and nothing is believed that the bytes do not hold.
 *
 * <p>Google's "Protocol Buffers: Encoding": a field is a tag, number · 8 + wire type, and a value;
 * wire types are 0 varint, 1 eight bytes, 2 a length and as many bytes, 5 four bytes. 3 and 4 are
 * groups, which ONNX does not use.
 */
final class ProtoReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  /** A varint has seven bits a byte: 64 of them fit in ten. */
  private static final int MOST_VARINT_BYTES = 10;

  private final ByteBuffer bytes;
  private final String source;
  private int field;
  private int wire;

  private ProtoReader(ByteBuffer bytes, String source) {
    this.bytes = bytes;
    this.source = source;
  }

  /**
   * A reader of a whole file.
   *
   * @param source what errors begin with
   */
  static ProtoReader of(byte[] bytes, String source) {
    return new ProtoReader(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), source);
  }

  /** Goes to the next field; false at the end. Its value must be read, or skipped, next. */
  boolean next() throws FormatException {
    if (!bytes.hasRemaining()) {
      return false;
    }
    long tag = varint();
    if (tag >>> 3 == 0 || tag >>> 3 >= 1 << 29) {
      throw error("a field has the number " + (tag >>> 3));
    }
    field = (int) (tag >>> 3);
    wire = (int) tag & 7;
    return true;
  }

  /** The number of the field. */
  int field() {
    return field;
  }

  /** The value of a field of whole numbers. */
  long integer() throws FormatException {
    require(VARINT);
    return varint();
  }

  /** The value of a field of one float. */
  float number() throws FormatException {
    require(FIXED32);
    requireRemaining(Float.BYTES);
    return bytes.getFloat();
  }

  /** The bytes of a field, little-endian, as a view. */
  ByteBuffer bytes() throws FormatException {
    require(BYTES);
    long length = varint();
    requireRemaining(length);
    ByteBuffer part = bytes.slice(bytes.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(bytes.position() + (int) length);
    return part;
  }

  /** The text of a field. */
  String string() throws FormatException {
    ByteBuffer part = bytes();
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(part)
          .toString();
    } catch (CharacterCodingException e) {
      throw error("field " + field + " is no UTF-8 text");
    }
  }

  /** The message in a field. */
  ProtoReader message() throws FormatException {
    return new ProtoReader(bytes(), source);
  }

  /** Adds the whole numbers of a repeated field, packed into one value or one by one. */
  void integers(LongList to) throws FormatException {
    if (wire != BYTES) {
      add(integer(), to);
      return;
    }
    ProtoReader packed = message();
    while (packed.bytes.hasRemaining()) {
      add(packed.varint(), to);
    }
  }

  /** Adds the floats of a repeated field, packed into one value or one by one, as their bits. */
  void numbers(LongList to) throws FormatException {
    if (wire != BYTES) {
      add(Float.floatToRawIntBits(number()), to);
      return;
    }
    ByteBuffer packed = bytes();
    if (packed.remaining() % Float.BYTES != 0) {
      throw error("packed floats of " + packed.remaining() + " bytes in field " + field);
    }
    while (packed.hasRemaining()) {
      add(packed.getInt(), to);
    }
  }

  /** Adds the doubles of a repeated field, packed into one value or one by one, as their bits. */
  void doubles(LongList to) throws FormatException {
    if (wire == FIXED64) {
      requireRemaining(Long.BYTES);
      add(bytes.getLong(), to);
      return;
    }
    ByteBuffer packed = bytes();
    if (packed.remaining() % Long.BYTES != 0) {
      throw error("packed doubles of " + packed.remaining() + " bytes in field " + field);
    }
    while (packed.hasRemaining()) {
      add(packed.getLong(), to);
    }
  }

  private void add(long value, LongList to) throws FormatException {
    if (to.isFull()) {
      throw error(
          "field " + field + " has more than " + to.size() + " numbers; raise the heap with -Xmx");
    }
    to.add(value);
  }

  /** Goes past the value of a field that is not wanted. */
  void skip() throws FormatException {
    switch (wire) {
      case VARINT -> varint();
      case FIXED64 -> pass(Long.BYTES);
      case BYTES -> bytes();
      case FIXED32 -> pass(Integer.BYTES);
      default -> throw error("field " + field + " has the unknown wire type " + wire);
    }
  }

  private void pass(int n) throws FormatException {
    requireRemaining(n);
    bytes.position(bytes.position() + n);
  }

  private long varint() throws FormatException {
    long value = 0;
    for (int i = 0; i < MOST_VARINT_BYTES; i++) {
      requireRemaining(1);
      byte next = bytes.get();
      value |= (next & 0x7fL) << 7 * i;
      if (next >= 0) {
        if (i == MOST_VARINT_BYTES - 1 && next > 1) {
          throw error("a varint has more than 64 bits");
        }
        return value;
      }
    }
    throw error("a varint has more than " + MOST_VARINT_BYTES + " bytes");
  }

  private void require(int expected) throws FormatException {
    if (wire != expected) {
      throw error("field " + field + " has wire type " + wire + ", " + expected + " expected");
    }
  }

  private void requireRemaining(long n) throws FormatException {
    if (n < 0 || n > bytes.remaining()) {
      throw error(
          "field "
              + field
              + " wants "
              + Long.toUnsignedString(n)
              + " bytes, "
              + bytes.remaining()
              + " are left; the file is cut short or damaged");
    }
  }

  private FormatException error(String problem) {
    return new FormatException(source + ": " + problem);
  }
}
