package limbeck.nlp.text;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * What characters are, by Unicode 13.0, whatever the JVM: JDKs come with tables of different
 * versions, and a tokenizer that followed them would give a text other numbers on each. The table
 * is a resource of this package; code points are those of UTF-16 strings, 0 to 0x10ffff.
 */
public final class Unicode {
  /** The version of the table. */
  public static final String VERSION = "13.0";

  /** Category Cc. */
  static final int CONTROL = 1 << 1;

  /** Category Cf: joiners, marks of direction, and the like. */
  static final int FORMAT = 1 << 2;

  /** Categories Co and Cs: for private use, and surrogates. */
  static final int PRIVATE = 1 << 3;

  /** Categories Zs, Zl, Zp. */
  static final int SEPARATOR = 1 << 4;

  /** A category that begins with P. */
  static final int PUNCTUATION = 1 << 5;

  /** Category Mn: marks that take no room of their own, such as accents. */
  static final int MARK = 1 << 6;

  /** A category that begins with L. */
  static final int LETTER = 1 << 7;

  /** A category that begins with N. */
  static final int NUMBER = 1 << 8;

  /** Category Cn: not a character in this version. */
  static final int UNASSIGNED = 1 << 9;

  /** The part of a class that is the place of the category's bit; 0: none of those above. */
  private static final int CATEGORY = 0x0f;

  /** Has another lower case. */
  private static final int UPPER = 0x10;

  /** Has a canonical decomposition other than a Hangul syllable's. */
  private static final int COMPOSED = 0x20;

  private static final int PAGE = 256;
  private static final int CODE_POINTS = Character.MAX_CODE_POINT + 1;
  private static final int LETTERS =
      0x250; // Latin with its extensions, looked up without searching
  private static final Unicode TABLE = read();

  private final byte[][] pages = new byte[CODE_POINTS / PAGE][];
  private final int[] upper;
  private final int[] lower;
  private final int[] composed;
  private final int[][] parts;
  private final int[] lowerLetters = new int[LETTERS];
  private final int[][] letterParts = new int[LETTERS][];

  private Unicode(DataInputStream in) throws IOException {
    readClasses(in);
    int pairs = in.readUnsignedShort();
    upper = new int[pairs];
    lower = new int[pairs];
    for (int i = 0; i < pairs; i++) {
      upper[i] = in.readInt();
      lower[i] = in.readInt();
    }
    int decompositions = in.readUnsignedShort();
    composed = new int[decompositions];
    parts = new int[decompositions][];
    for (int i = 0; i < decompositions; i++) {
      composed[i] = in.readInt();
      parts[i] = new int[in.readUnsignedByte()];
      for (int j = 0; j < parts[i].length; j++) {
        parts[i][j] = in.readInt();
      }
    }
    indexLetters();
  }

  /** Runs of code points of one class; equal pages are kept once. */
  private void readClasses(DataInputStream in) throws IOException {
    byte[] all = new byte[CODE_POINTS];
    int runs = in.readUnsignedShort();
    for (int i = 0, from = 0; i < runs; i++) {
      int to = in.readInt();
      Arrays.fill(all, from, to, in.readByte());
      from = to;
    }
    for (int p = 0; p < pages.length; p++) {
      byte[] page = Arrays.copyOfRange(all, p * PAGE, (p + 1) * PAGE);
      pages[p] = p > 0 && Arrays.equals(page, pages[p - 1]) ? pages[p - 1] : page;
    }
  }

  private void indexLetters() {
    for (int c = 0; c < LETTERS; c++) {
      int l = Arrays.binarySearch(upper, c);
      lowerLetters[c] = l < 0 ? c : lower[l];
      int p = Arrays.binarySearch(composed, c);
      letterParts[c] = p < 0 ? null : parts[p];
    }
  }

  private static Unicode read() {
    try (InputStream file = Unicode.class.getResourceAsStream("unicode-13.bin")) {
      if (file == null) {
        throw new IllegalStateException("unicode: the table is not beside class " + Unicode.class);
      }
      byte[] content = file.readAllBytes();
      return new Unicode(new DataInputStream(new ByteArrayInputStream(content)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int type(int codePoint) {
    return TABLE.pages[codePoint >> 8][codePoint & 0xff];
  }

  /** The category of a code point as one of the bits above, or another. */
  static int category(int codePoint) {
    return 1 << (type(codePoint) & CATEGORY);
  }

  /** Whether the category is Zs, Zl or Zp. */
  public static boolean isSeparator(int codePoint) {
    return category(codePoint) == SEPARATOR;
  }

  /** Whether the category is one of punctuation: Pc, Pd, Ps, Pe, Pi, Pf, Po. */
  public static boolean isPunctuation(int codePoint) {
    return category(codePoint) == PUNCTUATION;
  }

  /** Whether the category is Mn: accents, vowel signs and other marks that take no room. */
  public static boolean isMark(int codePoint) {
    return category(codePoint) == MARK;
  }

  /**
   * The lower case of a code point, by itself: a Greek sigma at the end of a word is as any other.
   * The one letter whose lower case is two, U+0130, becomes its first: i.
   */
  public static int lower(int codePoint) {
    if ((type(codePoint) & UPPER) == 0) {
      return codePoint;
    }
    return codePoint < LETTERS
        ? TABLE.lowerLetters[codePoint]
        : TABLE.lower[Arrays.binarySearch(TABLE.upper, codePoint)];
  }

  /**
   * The full canonical decomposition, but for Hangul syllables, which are computed; null if the
   * code point is its own.
   */
  static int[] parts(int codePoint) {
    if ((type(codePoint) & COMPOSED) == 0) {
      return null;
    }
    return codePoint < LETTERS
        ? TABLE.letterParts[codePoint]
        : TABLE.parts[Arrays.binarySearch(TABLE.composed, codePoint)];
  }
}
