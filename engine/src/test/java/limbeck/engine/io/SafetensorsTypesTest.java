package limbeck.engine.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each type of the format: what its elements become, and which are refused. */
class SafetensorsTypesTest {
  private static TensorFile file(StoredType type, int elements, byte[] data) throws Exception {
    String entry = StFile.tensor("t", type.name(), "" + elements, 0, data.length);
    byte[] header = ("{" + entry + "}").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + header.length + data.length);
    file.order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header).put(data);
    return Safetensors.parse(file.array(), "x.st");
  }

  /** A file of these elements, each of as many bytes as the type has, the lowest first. */
  private static TensorFile file(StoredType type, long... elements) throws Exception {
    ByteBuffer data = ByteBuffer.allocate(elements.length * type.bytes());
    for (long e : elements) {
      for (int b = 0; b < type.bytes(); b++) {
        data.put((byte) (e >> 8 * b));
      }
    }
    return file(type, elements.length, data.array());
  }

  private static void assertInts(StoredType type, long[] elements, int... expected)
      throws Exception {
    TensorFile file = file(type, elements);
    assertEquals(type, file.stored("t"));
    assertEquals(Shape.of(elements.length), file.shape("t"));
    assertEquals(DType.I32, file.tensor("t").dtype());
    assertArrayEquals(expected, file.tensor("t").ints());
  }

  @Test
  void wholeNumbersBecomeI32() throws Exception {
    long[] bits = {0, 1, 0x7f, 0x80, 0xff};
    assertInts(StoredType.I8, bits, 0, 1, 127, -128, -1);
    assertInts(StoredType.U8, bits, 0, 1, 127, 128, 255);
    assertInts(StoredType.BOOL, new long[] {0, 1, 1, 0}, 0, 1, 1, 0);
    long[] pairs = {0x7fff, 0x8000, 0xffff, 0x0102};
    assertInts(StoredType.I16, pairs, 32767, -32768, -1, 258);
    assertInts(StoredType.U16, pairs, 32767, 32768, 65535, 258);
    assertInts(StoredType.I32, new long[] {-1, Integer.MIN_VALUE}, -1, Integer.MIN_VALUE);
    assertInts(StoredType.U32, new long[] {5, Integer.MAX_VALUE}, 5, Integer.MAX_VALUE);
    assertInts(
        StoredType.I64,
        new long[] {Integer.MIN_VALUE, Integer.MAX_VALUE},
        Integer.MIN_VALUE,
        Integer.MAX_VALUE);
    assertInts(StoredType.U64, new long[] {0, Integer.MAX_VALUE}, 0, Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource({
    "U32, 2147483648, 2147483648",
    "U32, -1, 4294967295",
    "I64, 2147483648, 2147483648",
    "I64, -2147483649, -2147483649",
    "I64, -9223372036854775808, -9223372036854775808",
    "U64, 2147483648, 2147483648",
    "U64, -1, 18446744073709551615",
    "U64, -2147483648, 18446744071562067968",
    "U64, -9223372036854775808, 9223372036854775808"
  })
  void whatDoesNotFitIsNamed(StoredType type, long bits, String shown) throws Exception {
    assertTells(
        file(type, 7, bits, bits),
        "is of type " + type + ", and element 1 is " + shown + ", beyond the range of I32");
  }

  @Test
  void aBoolIsZeroOrOne() throws Exception {
    assertTells(
        file(StoredType.BOOL, 1, 0, 255), "is of type BOOL, and element 2 is 255, neither 0 nor 1");
  }

  /** Far behind the first slice of bytes, where numbers of elements are those of the tensor. */
  @Test
  void elementsAreCountedFromTheFirst() throws Exception {
    byte[] many = new byte[200_001];
    many[200_000] = 2;
    assertTells(
        file(StoredType.BOOL, many.length, many),
        "is of type BOOL, and element 200000 is 2, neither 0 nor 1");
    many[70_000] = 9;
    Tensor t = file(StoredType.U8, many.length, many).tensor("t");
    assertEquals(9, t.get(70_000));
    assertEquals(2, t.get(200_000));
  }

  @Test
  void whatIsNotReadSaysWhyAndHidesNothingElse() throws Exception {
    assertTells(
        file(StoredType.C64, 1, 2),
        "is of type C64, which is not read: complex numbers; store their parts as F32");
    assertTells(
        file(StoredType.F8_E8M0, 1, 2),
        "is of type F8_E8M0, which is not read: powers of two by which other tensors are scaled;"
            + " multiply them in and store F32");
    TensorFile both =
        Safetensors.parse(
            StFile.of(
                "{"
                    + StFile.tensor("c", "C64", "1", 0, 8)
                    + ","
                    + StFile.tensor("h", "BF16", "2", 8, 12)
                    + "}",
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0x80,
                0x3f,
                0x00,
                0xc0),
            "x.st");
    assertEquals(List.of("c", "h"), both.names());
    assertEquals(StoredType.C64, both.stored("c"));
    assertArrayEquals(new float[] {1, -2}, both.tensor("h").floats());
    assertThrows(FormatException.class, both::tensors);
  }

  private static void assertTells(TensorFile file, String problem) {
    var e = assertThrows(FormatException.class, () -> file.tensor("t"));
    assertEquals("safetensors: x.st: tensor \"t\" " + problem, e.getMessage());
  }

  /** The value of a floating type by its definition, in double, which holds all of them. */
  private static double defined(int bits, int exponentBits, int fractionBits) {
    int bias = (1 << exponentBits - 1) - 1;
    int exponent = bits >> fractionBits & (1 << exponentBits) - 1;
    int fraction = bits & (1 << fractionBits) - 1;
    double unit = Math.scalb(1.0, -fractionBits);
    double size =
        exponent == 0
            ? Math.scalb(fraction * unit, 1 - bias)
            : Math.scalb(1 + fraction * unit, exponent - bias);
    return (bits >> exponentBits + fractionBits & 1) == 0 ? size : -size;
  }

  private static void assertFloat(double expected, float found, int bits) {
    assertEquals(
        Float.floatToRawIntBits((float) expected),
        Float.floatToRawIntBits(found),
        Integer.toHexString(bits));
  }

  @Test
  void allBytesAsE4M3() throws Exception {
    float[] found = allBytes(StoredType.F8_E4M3);
    int nans = 0;
    for (int bits = 0; bits < 256; bits++) {
      if ((bits & 0x7f) == 0x7f) {
        assertTrue(Float.isNaN(found[bits]));
        nans++;
      } else {
        assertFloat(defined(bits, 4, 3), found[bits], bits);
      }
    }
    assertEquals(2, nans);
    assertEquals(448, found[0x7e]);
    assertEquals(0x1p-9f, found[1]);
  }

  @Test
  void allBytesAsE5M2() throws Exception {
    float[] found = allBytes(StoredType.F8_E5M2);
    for (int bits = 0; bits < 256; bits++) {
      int size = bits & 0x7f;
      if (size > 0x7c) {
        assertTrue(Float.isNaN(found[bits]));
      } else {
        double infinite = bits < 128 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        assertFloat(size == 0x7c ? infinite : defined(bits, 5, 2), found[bits], bits);
      }
    }
    assertEquals(57344, found[0x7b]);
    assertEquals(0x1p-16f, found[1]);
  }

  private static float[] allBytes(StoredType type) throws Exception {
    byte[] all = new byte[256];
    for (int i = 0; i < 256; i++) {
      all[i] = (byte) i;
    }
    Tensor t = file(type, 256, all).tensor("t");
    assertEquals(DType.F32, t.dtype());
    return t.floats();
  }

  @Test
  void allPairsOfBytesAsF16AndBf16() throws Exception {
    long[] all = new long[1 << 16];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    float[] half = file(StoredType.F16, all).tensor("t").floats();
    float[] brain = file(StoredType.BF16, all).tensor("t").floats();
    for (int bits = 0; bits < all.length; bits++) {
      assertEquals(bits << 16, Float.floatToRawIntBits(brain[bits]));
      if ((bits & 0x7c00) != 0x7c00) {
        assertFloat(defined(bits, 5, 10), half[bits], bits);
      } else {
        assertEquals((bits & 0x3ff) != 0, Float.isNaN(half[bits]));
        assertEquals((bits & 0x3ff) == 0, Float.isInfinite(half[bits]));
        assertEquals(bits >> 15, Float.floatToRawIntBits(half[bits]) >>> 31);
      }
    }
  }
}
