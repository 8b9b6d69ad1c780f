package limbeck.engine.io;

import java.nio.ByteBuffer;

/** Elements of files as those of tensors, for the stored types that tensors have not. */
final class Widening {
  private Widening() {}

  /**
   * Widens {@code n} floating elements, exactly.
   *
   * @param at where in {@code to} the first one goes
   */
  static void floats(ByteBuffer from, StoredType type, float[] to, int at, int n) {
    switch (type) {
      case F16 -> {
        for (int i = 0; i < n; i++) {
          to[at + i] = HalfFloats.fromFloat16(from.getShort(2 * i));
        }
      }
      case BF16 -> {
        for (int i = 0; i < n; i++) {
          to[at + i] = HalfFloats.fromBfloat16(from.getShort(2 * i));
        }
      }
      case F8_E4M3 -> {
        for (int i = 0; i < n; i++) {
          to[at + i] = ByteFloats.fromE4M3(from.get(i));
        }
      }
      case F8_E5M2 -> {
        for (int i = 0; i < n; i++) {
          to[at + i] = ByteFloats.fromE5M2(from.get(i));
        }
      }
      default -> throw new AssertionError(type);
    }
  }

  /**
   * Converts {@code n} whole numbers.
   *
   * @param at where in {@code to} the first one goes, and its number in messages
   * @throws ArithmeticException naming the first that does not fit
   */
  static void ints(ByteBuffer from, StoredType type, int[] to, int at, int n) {
    for (int i = 0; i < n; i++) {
      long value = integer(from, type, i);
      if (value != (int) value || type == StoredType.U64 && value < 0) {
        String shown = type == StoredType.U64 ? Long.toUnsignedString(value) : Long.toString(value);
        throw new ArithmeticException(
            "element " + (at + i) + " is " + shown + ", beyond the range of I32");
      }
      if (type == StoredType.BOOL && value > 1) {
        throw new ArithmeticException("element " + (at + i) + " is " + value + ", neither 0 nor 1");
      }
      to[at + i] = (int) value;
    }
  }

  /** The number at a place; of U64, its bits. */
  private static long integer(ByteBuffer from, StoredType type, int i) {
    return switch (type) {
      case I8 -> from.get(i);
      case U8, BOOL -> from.get(i) & 0xff;
      case I16 -> from.getShort(2 * i);
      case U16 -> from.getShort(2 * i) & 0xffff;
      case U32 -> from.getInt(4 * i) & 0xffffffffL;
      case I64, U64 -> from.getLong(8 * i);
      default -> throw new AssertionError(type);
    };
  }
}
