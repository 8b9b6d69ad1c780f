package limbeck.engine.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.LongToDoubleFunction;
import limbeck.engine.exec.AllocatedBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Philox} against the published vectors and, bit for bit, against its definition. */
class PhiloxTest {
  private static final Philox P = new Philox(0x0123456789ABCDEFL, 0xFEDCBA9876543210L);

  /**
   * The known answers for philox4x32, 10 rounds, that are published with the paper's own library.
   */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0000000000000000, 0000000000000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
    "ffffffffffffffff, ffffffffffffffff, ffffffffffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
    "85a308d3243f6a88, 0370734413198a2e, 299f31d0a4093822, d16cfe09 94fdcceb 5001e420 24126ea1"
  })
  void givesTheKnownAnswers(String block, String stream, String seed, String expected) {
    int[] words = new int[4];
    long number = Long.parseUnsignedLong(block, 16);
    Philox p = new Philox(Long.parseUnsignedLong(seed, 16), Long.parseUnsignedLong(stream, 16));
    p.fill(words, 0, 4, number);
    assertEquals(expected, hex(words));
    assertEquals(
        expected,
        hex(PhiloxReference.block(p.seed(), p.stream(), number)),
        "the reference of these tests");
  }

  private static String hex(int[] words) {
    StringBuilder s = new StringBuilder();
    for (int word : words) {
      s.append(s.length() == 0 ? "" : " ").append(HexFormat.of().toHexDigits(word));
    }
    return s.toString();
  }

  @Test
  void drawsBitsByTheDefinition() {
    for (long first : new long[] {0, (1L << 34) - 20, Long.MAX_VALUE - 10, -41}) {
      for (long i = first; i != first + 50; i++) { // past the largest long and past -1
        assertEquals(PhiloxReference.word(P, i), P.bits(i));
        assertEquals((PhiloxReference.word(P, i) >>> 8) / 16777216f, P.uniform(i));
      }
    }
  }

  @Test
  void drawsPairsByTheDefinition() {
    for (long i = 0; i < 200; i++) {
      BigInteger pair = PhiloxReference.pair(P, i);
      assertEquals(Math.scalb(pair.shiftRight(11).doubleValue(), -53), P.uniformDouble(i));
      for (int bound : new int[] {1, 2, 3, 10, 60_000, (1 << 30) + 1, Integer.MAX_VALUE}) {
        BigInteger expected = pair.multiply(BigInteger.valueOf(bound)).shiftRight(64);
        assertEquals(expected.intValueExact(), P.below(i, bound));
      }
    }
  }

  /**
   * Bit for bit, by the rounded arithmetic of {@link RoundedArithmetic} rather than the JVM's own:
   * so the hash is the same on every JVM on which this passes.
   */
  @Test
  void drawsNormalsByTheDefinitionOnEveryJvm() {
    int n = 1000;
    assertEquals(hash(n, PhiloxTest::normalByDefinition), hash(n, P::normal));
  }

  private static double normalByDefinition(long i) {
    double u = 1 - Math.scalb(PhiloxReference.pair(P, i & ~1L).shiftRight(11).doubleValue(), -53);
    double v = Math.scalb(PhiloxReference.pair(P, i | 1L).shiftRight(11).doubleValue(), -53);
    double radius = StrictMath.sqrt(-2 * StrictMath.log(u));
    return radius * RoundedArithmetic.sineOfTurn(v, i % 2 == 0 ? 1 : 0);
  }

  private static String hash(int n, LongToDoubleFunction values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * n);
    for (long i = 0; i < n; i++) {
      bytes.putLong(Double.doubleToRawLongBits(values.applyAsDouble(i)));
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Sizes around a block of 4 words and a tile of 1024. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 7, 1023, 1024, 1025, 1026, 1027, 2047, 2048, 5000})
  void fillsWhatBitsDraws(int n) {
    for (long counter : new long[] {0, 7, (1L << 32) - 100}) {
      int[] out = new int[n + 5];
      P.fill(out, 2, n, counter);
      int[] expected = new int[n + 5];
      for (int i = 0; i < n; i++) {
        expected[2 + i] = P.bits(4 * counter + i);
      }
      assertArrayEquals(expected, out);
    }
  }

  @Test
  void fillsAcrossTheEndOfTheCounter() {
    int[] out = new int[2048];
    P.fill(out, 0, 2048, -256);
    assertArrayEquals(
        PhiloxReference.block(P.seed(), P.stream(), -1),
        new int[] {out[1020], out[1021], out[1022], out[1023]});
    assertEquals(P.bits(0), out[1024]);
  }

  @Test
  void rejectsSenselessArguments() {
    assertThrows(IllegalArgumentException.class, () -> P.below(0, 0));
    assertThrows(IllegalArgumentException.class, () -> P.below(0, -1));
    assertThrows(IndexOutOfBoundsException.class, () -> P.fill(new int[4], 1, 4, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> P.fill(new int[4], -1, 1, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> P.fill(new int[4], 0, -1, 0));
  }

  @Test
  void derivesStreamsByTheDefinition() {
    for (long sub = -3; sub < 3; sub++) {
      int[] block = PhiloxReference.block(~P.seed(), P.stream(), sub);
      long expected = Integer.toUnsignedLong(block[1]) << 32 | Integer.toUnsignedLong(block[0]);
      assertEquals(new Philox(P.seed(), expected), P.stream(sub));
    }
    assertEquals(new Philox(5, 0), new Philox(5));
  }

  @Test
  void derivesDifferentStreamsForDifferentPaths() {
    Set<Long> streams = new HashSet<>();
    Philox root = new Philox(42);
    for (long a = 0; a < 60; a++) {
      streams.add(root.stream(a).stream());
      for (long b = 0; b < 60; b++) {
        streams.add(root.stream(a).stream(b).stream());
      }
    }
    assertEquals(60 + 60 * 60, streams.size());
    assertNotEquals(root.stream(1).stream(2), root.stream(2).stream(1));
  }

  @Test
  void permutesByTheDefinition() {
    for (int n : new int[] {0, 1, 2, 3, 10, 1000}) {
      int[] expected = new int[n];
      for (int i = 0; i < n; i++) {
        expected[i] = i;
      }
      for (int i = n - 1; i > 0; i--) {
        int j =
            PhiloxReference.pair(P, i)
                .multiply(BigInteger.valueOf(i + 1))
                .shiftRight(64)
                .intValueExact();
        int swapped = expected[i];
        expected[i] = expected[j];
        expected[j] = swapped;
      }
      int[] out = new int[n];
      P.permutation(out);
      assertArrayEquals(expected, out);
    }
  }

  @Test
  void allocatesNothing() {
    long me = Thread.currentThread().getId();
    int[] words = new int[3000];
    drawOften(words, 5_000);
    long before = AllocatedBytes.of(me);
    drawOften(words, 5_000);
    long bytes = AllocatedBytes.of(me) - before;
    // asking allocates; one object of 16 bytes per draw would make 80,000
    assertTrue(bytes < 10_000, bytes + " bytes");
  }

  private static double drawOften(int[] words, int times) {
    double sum = 0;
    for (int i = 0; i < times; i++) {
      sum += P.bits(i) + P.uniform(i) + P.uniformDouble(i) + P.normal(i) + P.below(i, 10);
      P.fill(words, 0, i % 2 == 0 ? 7 : 1030, i);
    }
    P.permutation(words);
    return sum;
  }
}
