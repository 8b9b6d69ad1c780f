package limbeck.engine.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damages files: a function of the files and of a state of chance. */
final class Mutator {
  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    2,
    0x7f,
    0x80,
    0xff,
    0x7fff,
    0xffff,
    0x10000,
    1 << 24,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0xffffffffL,
    1L << 32,
    1L << 61,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private final SplittableRandom random;

  Mutator(SplittableRandom random) {
    this.random = random;
  }

  /** One of the files with one damage, or a few. */
  byte[] mutated(HostileReader.Form form, List<byte[]> seeds) {
    byte[] file = seeds.get(random.nextInt(seeds.size()));
    byte[] other = seeds.get(random.nextInt(seeds.size()));
    do {
      file = once(form, file, other);
    } while (random.nextInt(3) == 0);
    return file;
  }

  private byte[] once(HostileReader.Form form, byte[] file, byte[] other) {
    boolean blind = random.nextInt(4) == 0;
    return switch (form) {
      case TEXT -> blind ? binary(file, other) : new TextMutator(random).mutated(file);
      case PROTO -> blind ? binary(file, other) : new ProtoMutator(random, this).mutated(file);
      default -> binary(file, other);
    };
  }

  /** A damage that knows nothing of the format. */
  byte[] binary(byte[] file, byte[] other) {
    return switch (random.nextInt(9)) {
      case 0 -> flipped(file);
      case 1, 2 -> overwritten(file);
      case 3 -> joined(file, place(file), varint(), place(file));
      case 4 -> Arrays.copyOf(file, place(file));
      case 5 -> extended(file);
      case 6 -> chunks(file);
      case 7 -> joined(file, place(file), chunk(other), place(file));
      default -> joined(file, place(file), Arrays.copyOfRange(other, place(other), other.length));
    };
  }

  /** A place in a file, more often near its beginning. */
  private int place(byte[] file) {
    int most = random.nextInt(2) == 0 ? file.length : Math.min(file.length, 64);
    return random.nextInt(most + 1);
  }

  private byte[] flipped(byte[] file) {
    byte[] copy = file.clone();
    for (int i = random.nextInt(4); i >= 0 && copy.length > 0; i--) {
      copy[Math.min(copy.length - 1, place(copy))] ^= (byte) (1 << random.nextInt(8));
    }
    return copy;
  }

  private byte[] overwritten(byte[] file) {
    byte[] copy = file.clone();
    byte[] number = number();
    int at = place(copy);
    System.arraycopy(number, 0, copy, at, Math.min(number.length, copy.length - at));
    return copy;
  }

  /** An extreme number of one to eight bytes, in either order. */
  private byte[] number() {
    int bytes = 1 << random.nextInt(4);
    boolean little = random.nextInt(2) == 0;
    ByteBuffer whole = ByteBuffer.allocate(Long.BYTES);
    whole.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN).putLong(extreme());
    int from = little ? 0 : Long.BYTES - bytes;
    return Arrays.copyOfRange(whole.array(), from, from + bytes);
  }

  /** A number that readers may not have thought of. */
  long extreme() {
    long value = EXTREMES[random.nextInt(EXTREMES.length)];
    return random.nextInt(4) == 0 ? value + random.nextInt(7) - 3 : value;
  }

  /** A number of protobuf: as long as it may be, or longer. */
  private byte[] varint() {
    byte[] bytes = new byte[1 + random.nextInt(12)];
    Arrays.fill(bytes, (byte) (random.nextInt(2) == 0 ? 0xff : 0x80));
    bytes[bytes.length - 1] = (byte) random.nextInt(256);
    return bytes;
  }

  private byte[] extended(byte[] file) {
    byte[] copy = Arrays.copyOf(file, file.length + 1 + random.nextInt(1 << random.nextInt(13)));
    if (random.nextInt(2) == 0) {
      for (int i = file.length; i < copy.length; i++) {
        copy[i] = (byte) random.nextInt(256);
      }
    }
    return copy;
  }

  /** A chunk twice, not at all, or where another one was. */
  private byte[] chunks(byte[] file) {
    int[] at = {place(file), place(file), place(file), place(file)};
    Arrays.sort(at);
    byte[] a = Arrays.copyOfRange(file, at[0], at[1]);
    byte[] b = Arrays.copyOfRange(file, at[2], at[3]);
    byte[] between = Arrays.copyOfRange(file, at[1], at[2]);
    return switch (random.nextInt(3)) {
      case 0 -> joined(file, at[1], a, at[1]);
      case 1 -> joined(file, at[0], new byte[0], at[1]);
      default -> joined(file, at[0], concat(b, between, a), at[3]);
    };
  }

  private byte[] chunk(byte[] file) {
    int from = place(file);
    return Arrays.copyOfRange(file, from, from + random.nextInt(file.length - from + 1));
  }

  private static byte[] joined(byte[] file, int to, byte[] middle, int from) {
    return concat(Arrays.copyOf(file, to), middle, Arrays.copyOfRange(file, from, file.length));
  }

  private static byte[] joined(byte[] file, int to, byte[] end) {
    return concat(Arrays.copyOf(file, to), end);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
