package limbeck.engine.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * The elements of tensors as little-endian bytes, moved in slices of {@value #SLICE} bytes; bits
 * unchanged but where the type in the file is another one.
 */
final class TensorBytes {
  private static final int SLICE = 1 << 16;

  private TensorBytes() {}

  /** A slice of bytes and the same memory as a buffer. */
  private static ByteBuffer slice(long bytes) {
    return ByteBuffer.allocate((int) Math.min(SLICE, bytes)).order(ByteOrder.LITTLE_ENDIAN);
  }

  static void write(Tensor t, OutputStream out) throws IOException {
    write(t, StoredType.of(t.dtype()), out);
  }

  /**
   * Writes a tensor as another type.
   *
   * @param type its own, or one that it has been rounded to ({@link Narrowing})
   */
  static void write(Tensor t, StoredType type, OutputStream out) throws IOException {
    int width = type.bytes;
    ByteBuffer slice = slice((long) t.size() * width);
    int n;
    for (int i = 0; i < t.size(); i += n) {
      n = Math.min(SLICE / width, t.size() - i);
      put(t, type, t.offset() + i, n, slice);
      out.write(slice.array(), 0, n * width);
    }
  }

  private static void put(Tensor t, StoredType type, int from, int n, ByteBuffer slice) {
    switch (type) {
      case F32 -> slice.asFloatBuffer().put(t.floats(), from, n);
      case F64 -> slice.asDoubleBuffer().put(t.doubles(), from, n);
      case I32 -> slice.asIntBuffer().put(t.ints(), from, n);
      case F16 -> {
        for (int i = 0; i < n; i++) {
          slice.putShort(2 * i, HalfFloats.toFloat16(t.floats()[from + i]));
        }
      }
      case BF16 -> {
        for (int i = 0; i < n; i++) {
          slice.putShort(2 * i, HalfFloats.toBfloat16(t.floats()[from + i]));
        }
      }
      case I8 -> {
        for (int i = 0; i < n; i++) {
          slice.put(i, (byte) t.ints()[from + i]);
        }
      }
      default -> throw new AssertionError(type);
    }
  }

  /**
   * The next tensor of a stream.
   *
   * @param type a type with a loaded type
   * @throws EOFException if the stream ends early
   * @throws ArithmeticException if a whole number does not fit; the tensor's bytes are consumed
   *     nonetheless
   */
  static Tensor read(InputStream in, StoredType type, Shape shape) throws IOException {
    Tensor t = Tensor.zeros(type.loaded, shape);
    ByteBuffer slice = slice((long) t.size() * type.bytes);
    ArithmeticException misfit = null;
    int n;
    for (int i = 0; i < t.size(); i += n) {
      n = Math.min(SLICE / type.bytes, t.size() - i);
      fill(in, slice.array(), n * type.bytes);
      try {
        get(t, type, i, n, slice);
      } catch (ArithmeticException e) {
        misfit = misfit == null ? e : misfit;
      }
    }
    if (misfit != null) {
      throw misfit;
    }
    return t;
  }

  private static void fill(InputStream in, byte[] bytes, int n) throws IOException {
    if (in.readNBytes(bytes, 0, n) < n) {
      throw new EOFException();
    }
  }

  private static void get(Tensor t, StoredType type, int i, int n, ByteBuffer slice) {
    switch (type) {
      case F32 -> slice.asFloatBuffer().get(t.floats(), i, n);
      case F64 -> slice.asDoubleBuffer().get(t.doubles(), i, n);
      case I32 -> slice.asIntBuffer().get(t.ints(), i, n);
      case F16, BF16, F8_E4M3, F8_E5M2 -> Widening.floats(slice, type, t.floats(), i, n);
      default -> Widening.ints(slice, type, t.ints(), i, n);
    }
  }
}
