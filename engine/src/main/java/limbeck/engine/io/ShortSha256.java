package limbeck.engine.io;

/**
 * SHA-256 (FIPS 180-4) in plain Java, for content of some kilobytes in a JVM that has just started.
 * The first hash of 100 KB by the platform's {@code MessageDigest} takes 40 to 60 ms, as it loads
 * providers, links method handles and is interpreted at first; this takes 4 to 7. Once compiled,
 * the platform is six times faster.
 *
 * <p>It is written for the interpreter and for the first compiler: rotations as two shifts instead
 * of calls, and eight rounds to a turn of the loop, so that 100 KB have too few turns to be worth
 * the work of the optimizing compiler, which would last longer than all the hashing.
 */
final class ShortSha256 {
  /** Bytes of a block. */
  private static final int BLOCK = 64;

  /** What follows the content in the last block: a one bit, zeros, and the length in bits. */
  private static final int LEAST_PADDING = 1 + Long.BYTES;

  /** K of section 4.2.2: 32 bits of the fractions of the cube roots of the first 64 primes. */
  private static final int[] K = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
  };

  /** H of section 5.3.3: 32 bits of the fractions of the square roots of the first 8 primes. */
  private final int[] state = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
  };

  /** W of section 6.2.2: the words of the block at work. */
  private final int[] w = new int[K.length];

  private ShortSha256() {}

  /** The 32 bytes of the hash of the first {@code length} bytes. */
  static byte[] of(byte[] content, int length) {
    ShortSha256 hash = new ShortSha256();
    int whole = length / BLOCK * BLOCK;
    for (int at = 0; at < whole; at += BLOCK) {
      hash.block(content, at);
    }
    byte[] end = padded(content, whole, length);
    for (int at = 0; at < end.length; at += BLOCK) {
      hash.block(end, at);
    }
    return hash.bytes();
  }

  /** What is left from {@code whole} on, with the padding of section 5.1.1: one block or two. */
  private static byte[] padded(byte[] content, int whole, int length) {
    int rest = length - whole;
    byte[] end = new byte[rest + LEAST_PADDING <= BLOCK ? BLOCK : 2 * BLOCK];
    System.arraycopy(content, whole, end, 0, rest);
    end[rest] = (byte) 0x80;
    long bits = (long) length * Byte.SIZE;
    for (int i = 1; i <= Long.BYTES; i++) {
      end[end.length - i] = (byte) bits;
      bits >>>= Byte.SIZE;
    }
    return end;
  }

  /**
   * Section 6.2.2 for the block that starts at {@code at}. Instead of moving a to h one place on in
   * each round, the names of eight rounds are moved.
   */
  private void block(byte[] m, int at) {
    schedule(m, at);
    int a = state[0];
    int b = state[1];
    int c = state[2];
    int d = state[3];
    int e = state[4];
    int f = state[5];
    int g = state[6];
    int h = state[7];
    int[] w = this.w;
    int[] k = K;
    for (int t = 0; t < 64; t += 8) {
      h += upper1(e) + (e & f ^ ~e & g) + k[t] + w[t];
      d += h;
      h += upper0(a) + (a & b ^ a & c ^ b & c);
      g += upper1(d) + (d & e ^ ~d & f) + k[t + 1] + w[t + 1];
      c += g;
      g += upper0(h) + (h & a ^ h & b ^ a & b);
      f += upper1(c) + (c & d ^ ~c & e) + k[t + 2] + w[t + 2];
      b += f;
      f += upper0(g) + (g & h ^ g & a ^ h & a);
      e += upper1(b) + (b & c ^ ~b & d) + k[t + 3] + w[t + 3];
      a += e;
      e += upper0(f) + (f & g ^ f & h ^ g & h);
      d += upper1(a) + (a & b ^ ~a & c) + k[t + 4] + w[t + 4];
      h += d;
      d += upper0(e) + (e & f ^ e & g ^ f & g);
      c += upper1(h) + (h & a ^ ~h & b) + k[t + 5] + w[t + 5];
      g += c;
      c += upper0(d) + (d & e ^ d & f ^ e & f);
      b += upper1(g) + (g & h ^ ~g & a) + k[t + 6] + w[t + 6];
      f += b;
      b += upper0(c) + (c & d ^ c & e ^ d & e);
      a += upper1(f) + (f & g ^ ~f & h) + k[t + 7] + w[t + 7];
      e += a;
      a += upper0(b) + (b & c ^ b & d ^ c & d);
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
  }

  private void schedule(byte[] m, int at) {
    int[] w = this.w;
    for (int t = 0; t < 16; t += 4) {
      w[t] = word(m, at + 4 * t);
      w[t + 1] = word(m, at + 4 * t + 4);
      w[t + 2] = word(m, at + 4 * t + 8);
      w[t + 3] = word(m, at + 4 * t + 12);
    }
    for (int t = 16; t < 64; t += 8) {
      w[t] = w[t - 16] + lower0(w[t - 15]) + w[t - 7] + lower1(w[t - 2]);
      w[t + 1] = w[t - 15] + lower0(w[t - 14]) + w[t - 6] + lower1(w[t - 1]);
      w[t + 2] = w[t - 14] + lower0(w[t - 13]) + w[t - 5] + lower1(w[t]);
      w[t + 3] = w[t - 13] + lower0(w[t - 12]) + w[t - 4] + lower1(w[t + 1]);
      w[t + 4] = w[t - 12] + lower0(w[t - 11]) + w[t - 3] + lower1(w[t + 2]);
      w[t + 5] = w[t - 11] + lower0(w[t - 10]) + w[t - 2] + lower1(w[t + 3]);
      w[t + 6] = w[t - 10] + lower0(w[t - 9]) + w[t - 1] + lower1(w[t + 4]);
      w[t + 7] = w[t - 9] + lower0(w[t - 8]) + w[t] + lower1(w[t + 5]);
    }
  }

  private static int word(byte[] m, int i) {
    return m[i] << 24 | (m[i + 1] & 0xff) << 16 | (m[i + 2] & 0xff) << 8 | m[i + 3] & 0xff;
  }

  /** Σ0 of section 4.1.2. */
  private static int upper0(int x) {
    return (x >>> 2 | x << 30) ^ (x >>> 13 | x << 19) ^ (x >>> 22 | x << 10);
  }

  /** Σ1. */
  private static int upper1(int x) {
    return (x >>> 6 | x << 26) ^ (x >>> 11 | x << 21) ^ (x >>> 25 | x << 7);
  }

  /** σ0. */
  private static int lower0(int x) {
    return (x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3;
  }

  /** σ1. */
  private static int lower1(int x) {
    return (x >>> 17 | x << 15) ^ (x >>> 19 | x << 13) ^ x >>> 10;
  }

  /** The hash, each word with its high byte first. */
  private byte[] bytes() {
    byte[] bytes = new byte[state.length * Integer.BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (state[i / 4] >>> 24 - i % 4 * 8);
    }
    return bytes;
  }
}
