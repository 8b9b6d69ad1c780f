package limbeck.engine.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Damages messages of protobuf field by field, so that the lengths around them stay right and what
 * is read of them is wrong.
 */
final class ProtoMutator {
  private static final int DEEPEST = 8;

  /** A field: a number, bytes, or a message where bytes can be read as one. */
  private static final class Field {
    int number;
    int wire;
    long value;
    byte[] bytes;
    List<Field> message;
  }

  private final SplittableRandom random;
  private final Mutator binary;
  private final List<Field> all = new ArrayList<>();
  private final List<List<Field>> lists = new ArrayList<>();

  ProtoMutator(SplittableRandom random, Mutator binary) {
    this.random = random;
    this.binary = binary;
  }

  byte[] mutated(byte[] file) {
    List<Field> fields = parsed(ByteBuffer.wrap(file), 0);
    if (fields == null) {
      return binary.binary(file, file);
    }
    collect(fields);
    if (!all.isEmpty()) {
      damage();
    }
    return written(fields);
  }

  private void collect(List<Field> fields) {
    for (Field f : fields) {
      all.add(f);
      lists.add(fields);
      if (f.message != null) {
        collect(f.message);
      }
    }
  }

  private void damage() {
    int k = random.nextInt(all.size());
    Field f = all.get(k);
    List<Field> list = lists.get(k);
    switch (random.nextInt(8)) {
      case 0 -> list.add(random.nextInt(list.size() + 1), copy(f));
      case 1 -> list.remove(f);
      case 2 -> list.add(copy(all.get(random.nextInt(all.size()))));
      case 3 -> f.number = 1 + random.nextInt(25);
      default -> change(f);
    }
  }

  private void change(Field f) {
    List<Field> alike = all.stream().filter(o -> o.number == f.number && o.wire == f.wire).toList();
    Field other = alike.get(random.nextInt(alike.size()));
    if (random.nextInt(2) == 0 && other != f) {
      Field copy = copy(other); // it may be one that this one is in
      f.value = copy.value;
      f.bytes = copy.bytes;
      f.message = null;
    } else if (f.wire != 2) {
      f.value = random.nextInt(2) == 0 ? binary.extreme() : f.value + random.nextInt(5) - 2;
    } else if (random.nextInt(8) == 0) {
      nest(f);
    } else if (f.message == null) {
      f.bytes = binary.binary(f.bytes, other.bytes == null ? f.bytes : other.bytes);
    }
  }

  private static Field copy(Field f) {
    Field copy = new Field();
    copy.number = f.number;
    copy.wire = f.wire;
    copy.value = f.value;
    copy.bytes = f.message == null ? f.bytes : written(f.message);
    return copy;
  }

  /** The field within itself, many times. */
  private void nest(Field f) {
    byte[] inner = f.message == null ? f.bytes : written(f.message);
    for (int i = 1 << random.nextInt(9); i > 0; i--) {
      Field outer = new Field();
      outer.number = f.number;
      outer.wire = 2;
      outer.bytes = inner;
      inner = written(List.of(outer));
    }
    f.bytes = inner;
    f.message = null;
  }

  /** The fields of a message; null if it is none. */
  private static List<Field> parsed(ByteBuffer in, int depth) {
    List<Field> fields = new ArrayList<>();
    while (in.hasRemaining()) {
      long tag = varint(in);
      Field f = new Field();
      f.number = (int) (tag >>> 3);
      f.wire = (int) tag & 7;
      if (tag <= 0 || tag >>> 3 > 1000 || !value(f, in, depth)) {
        return null;
      }
      fields.add(f);
    }
    return fields;
  }

  private static boolean value(Field f, ByteBuffer in, int depth) {
    if (f.wire == 0) {
      f.value = varint(in);
      return true;
    }
    int size = f.wire == 1 ? 8 : f.wire == 5 ? 4 : f.wire == 2 ? (int) varint(in) : -1;
    if (size < 0 || size > in.remaining()) {
      return false;
    }
    byte[] bytes = new byte[size];
    in.get(bytes);
    if (f.wire == 2) {
      f.bytes = bytes;
      f.message = depth < DEEPEST && size > 1 ? parsed(ByteBuffer.wrap(bytes), depth + 1) : null;
    } else {
      for (int i = size - 1; i >= 0; i--) {
        f.value = f.value << 8 | bytes[i] & 0xff;
      }
    }
    return true;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 70 && in.hasRemaining(); shift += 7) {
      byte b = in.get();
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    return -1;
  }

  private static byte[] written(List<Field> fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Field f : fields) {
      put((long) f.number << 3 | f.wire, out);
      switch (f.wire) {
        case 0 -> put(f.value, out);
        case 2 -> {
          byte[] bytes = f.message == null ? f.bytes : written(f.message);
          put(bytes.length, out);
          out.writeBytes(bytes);
        }
        default -> {
          byte[] little = ByteBuffer.allocate(8).putLong(Long.reverseBytes(f.value)).array();
          out.writeBytes(Arrays.copyOf(little, f.wire == 1 ? 8 : 4));
        }
      }
    }
    return out.toByteArray();
  }

  private static void put(long value, ByteArrayOutputStream out) {
    long rest = value;
    while (rest >>> 7 != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
