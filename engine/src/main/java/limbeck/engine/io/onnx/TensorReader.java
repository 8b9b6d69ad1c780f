package limbeck.engine.io.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.HalfFloats;
import limbeck.engine.io.HeapBudget;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Reads TensorProto messages: their elements lie in them, raw or as fields, or in a file beside.
 */
final class TensorReader {
  /** TensorProto.DataLocation. */
  private static final long EXTERNAL = 1;

  /**
   * Whole numbers so far out stand for "to the end" in slices; they become the largest or smallest
   * I32, which means the same there.
   */
  private static final long ENDLESS = 1L << 62;

  private final String source;
  private final Path folder;
  private final HeapBudget budget;

  /**
   * A reader.
   *
   * @param folder where external data may lie; null: nowhere
   */
  TensorReader(String source, Path folder) {
    this.source = source;
    this.folder = folder;
    this.budget = new HeapBudget(source);
  }

  OnnxTensor read(ProtoReader in) throws IOException {
    String name = "";
    long type = 0;
    long location = 0;
    LongList dims = new LongList();
    LongList values = new LongList();
    ByteBuffer raw = null;
    Map<String, String> external = new LinkedHashMap<>();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> in.integers(dims);
        case 2 -> type = in.integer();
        case 3 -> throw error(name, "is in segments, which are not read");
        case 4 -> in.numbers(values);
        case 5, 7, 11 -> in.integers(values);
        case 8 -> name = in.string();
        case 9 -> raw = in.bytes();
        case 10 -> in.doubles(values);
        case 13 -> {
          String[] entry = OnnxReader.entry(in.message());
          external.put(entry[0], entry[1]);
        }
        case 14 -> location = in.integer();
        default -> in.skip();
      }
    }
    OnnxType known = OnnxType.of(type);
    if (known == null) {
      throw error(name, "has the element type " + type + ", which is not read");
    }
    Shape shape = shape(name, dims.toArray());
    if (location == EXTERNAL) {
      long bytes = (long) shape.size() * known.bytes();
      raw = new ExternalData(source, folder).read(name, external, bytes);
    }
    Tensor value =
        raw == null
            ? fromFields(name, known, shape, values)
            : fromBytes(name, known, shape, raw.order(ByteOrder.LITTLE_ENDIAN));
    return new OnnxTensor(name, known, value);
  }

  private Shape shape(String name, long[] dims) throws FormatException {
    if (dims.length > Shape.MAX_AXES) {
      throw error(name, "has " + dims.length + " axes, at most " + Shape.MAX_AXES + " are read");
    }
    int[] axes = new int[dims.length];
    long size = 1;
    boolean fits = true;
    for (int i = 0; i < dims.length; i++) {
      fits &= dims[i] >= 0 && dims[i] <= Integer.MAX_VALUE;
      axes[i] = (int) dims[i];
      size = fits ? Math.min(size * dims[i], 1L << 31) : size;
    }
    if (!fits || size > Integer.MAX_VALUE) {
      throw error(
          name, "of shape " + Arrays.toString(dims) + " has axes below 0, or too many elements");
    }
    return Shape.of(axes);
  }

  private Tensor fromFields(String name, OnnxType type, Shape shape, LongList values)
      throws FormatException {
    if (values.size() != shape.size()) {
      throw error(name, "of shape " + shape + " has " + values.size() + " elements in the file");
    }
    long[] bits = values.toArray();
    Tensor t = zeros(type, shape);
    for (int i = 0; i < bits.length; i++) {
      if (type.isFloating()) {
        t.floats()[i] = toFloat(type, bits[i]);
      } else {
        t.ints()[i] = toInt(name, i, type, bits[i]);
      }
    }
    return t;
  }

  /** Room for elements that are there. */
  private Tensor zeros(OnnxType type, Shape shape) throws FormatException {
    budget.take((long) type.stored().bytes() * shape.size());
    return Tensor.zeros(type.stored(), shape);
  }

  private Tensor fromBytes(String name, OnnxType type, Shape shape, ByteBuffer raw)
      throws FormatException {
    long bytes = (long) shape.size() * type.bytes();
    if (raw.remaining() != bytes) {
      throw error(
          name,
          "of type "
              + type
              + " and shape "
              + shape
              + " has "
              + bytes
              + " bytes, but "
              + raw.remaining()
              + " are given");
    }
    Tensor t = zeros(type, shape);
    if (type == OnnxType.FLOAT) {
      raw.asFloatBuffer().get(t.floats());
      return t;
    }
    for (int i = 0; i < t.size(); i++) {
      long bits = next(raw, type.bytes());
      if (t.dtype() == DType.F32) {
        t.floats()[i] = toFloat(type, bits);
      } else {
        t.ints()[i] = toInt(name, i, type, signed(type, bits));
      }
    }
    return t;
  }

  /** The next element's bits, sign extended. */
  private static long next(ByteBuffer raw, int bytes) {
    return switch (bytes) {
      case 1 -> raw.get();
      case 2 -> raw.getShort();
      case 4 -> raw.getInt();
      default -> raw.getLong();
    };
  }

  private static long signed(OnnxType type, long bits) {
    return switch (type) {
      case UINT8, BOOL -> bits & 0xff;
      case UINT16 -> bits & 0xffff;
      case UINT32 -> bits & 0xffffffffL;
      default -> bits;
    };
  }

  private static float toFloat(OnnxType type, long bits) {
    return switch (type) {
      case FLOAT16 -> HalfFloats.fromFloat16((short) bits);
      case BFLOAT16 -> HalfFloats.fromBfloat16((short) bits);
      case DOUBLE -> (float) Double.longBitsToDouble(bits);
      default -> Float.intBitsToFloat((int) bits);
    };
  }

  private int toInt(String name, int i, OnnxType type, long value) throws FormatException {
    if (type == OnnxType.BOOL) {
      return value == 0 ? 0 : 1;
    }
    if (value != (int) value && Math.abs(value) < ENDLESS && value != Long.MIN_VALUE) {
      throw error(name, "element " + i + " is " + value + ", beyond the range of I32");
    }
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
  }

  private FormatException error(String tensor, String problem) {
    return new FormatException(
        source + ": tensor " + FormatException.quote(tensor) + " " + problem);
  }
}
