package limbeck.engine.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/**
 * The functions have the same bits on every CPU and JDK: checksums of their values at every
 * 100,003rd float. They change only with a formula or a coefficient.
 */
class GoldenBitsTest {
  private static final long STRIDE = 100_003; // prime

  @Test
  void checksums() {
    assertEquals("exp 16b38c6c", "exp " + checksum(Exp::exp));
    assertEquals("log 44be9de4", "log " + checksum(Log::log));
    assertEquals("tanh 4a3a5de6", "tanh " + checksum(Tanh::tanh));
    assertEquals("sigmoid 80da8057", "sigmoid " + checksum(Sigmoid::sigmoid));
    assertEquals("softplus b41d6119", "softplus " + checksum(Softplus::softplus));
    assertEquals("expm1 6ce87898", "expm1 " + checksum(Expm1::expm1));
    assertEquals("sin 628dc5cd", "sin " + checksum(Sine::sin));
    assertEquals("cos ecc29a27", "cos " + checksum(Sine::cos));
    assertEquals("pow 2cf0b536", "pow " + checksum(x -> Power.pow(x, 1.7f)));
    assertEquals("erf 9baca348", "erf " + checksum(Erf::erf));
  }

  private static String checksum(AccuracyTest.FloatFunction f) {
    ByteBuffer values = ByteBuffer.allocate((int) ((1L << 32) / STRIDE + 1) * Float.BYTES);
    for (long bits = 0; bits < 1L << 32; bits += STRIDE) {
      values.putInt(Float.floatToIntBits(f.apply(Float.intBitsToFloat((int) bits)))); // one NaN
    }
    CRC32C crc = new CRC32C();
    crc.update(values.flip());
    return Long.toHexString(crc.getValue());
  }
}
