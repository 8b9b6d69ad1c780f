package limbeck.nlp.text;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the table of class {@link Unicode} from that of a JVM whose Unicode is 13.0: JDK 15 to 18.
 * Run once: {@code java … limbeck.nlp.text.UnicodeTableWriter FILE}.
 */
final class UnicodeTableWriter {
  private static final int UPPER = 0x10;
  private static final int COMPOSED = 0x20;
  private static final int HANGUL = 0xac00;
  private static final int HANGUL_END = 0xd7a4;

  private UnicodeTableWriter() {}

  /** Writes it to the file that is named. */
  public static void main(String[] args) throws IOException {
    Files.write(Path.of(args[0]), table());
  }

  /** The table by this JVM. */
  static byte[] table() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    classes(out);
    List<int[]> cases = new ArrayList<>();
    List<int[]> decompositions = new ArrayList<>();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (lower(c) != c) {
        cases.add(new int[] {c, lower(c)});
      }
      if (isComposed(c)) {
        decompositions.add(new int[] {c});
      }
    }
    out.writeShort(cases.size());
    for (int[] pair : cases) {
      out.writeInt(pair[0]);
      out.writeInt(pair[1]);
    }
    out.writeShort(decompositions.size());
    for (int[] d : decompositions) {
      int[] parts = parts(d[0]);
      out.writeInt(d[0]);
      out.writeByte(parts.length);
      for (int part : parts) {
        out.writeInt(part);
      }
    }
    return bytes.toByteArray();
  }

  private static void classes(DataOutputStream out) throws IOException {
    List<int[]> runs = new ArrayList<>();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      int bits = type(c);
      if (runs.isEmpty() || runs.get(runs.size() - 1)[1] != bits) {
        runs.add(new int[] {c, bits});
      }
      runs.get(runs.size() - 1)[0] = c + 1;
    }
    out.writeShort(runs.size());
    for (int[] run : runs) {
      out.writeInt(run[0]);
      out.writeByte(run[1]);
    }
  }

  /** The class of a code point by this JVM. */
  private static int type(int c) {
    int category = Integer.numberOfTrailingZeros(category(c));
    return category | (lower(c) != c ? UPPER : 0) | (isComposed(c) ? COMPOSED : 0);
  }

  /** The category of a code point by this JVM. */
  static int category(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> Unicode.CONTROL;
      case Character.FORMAT -> Unicode.FORMAT;
      case Character.PRIVATE_USE, Character.SURROGATE -> Unicode.PRIVATE;
      case Character.UNASSIGNED -> Unicode.UNASSIGNED;
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          Unicode.SEPARATOR;
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          Unicode.PUNCTUATION;
      case Character.NON_SPACING_MARK -> Unicode.MARK;
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER ->
          Unicode.LETTER;
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
          Unicode.NUMBER;
      default -> 1;
    };
  }

  /** The lower case of a code point by this JVM. */
  static int lower(int c) {
    return Character.toLowerCase(c);
  }

  private static boolean isComposed(int c) {
    boolean hangul = c >= HANGUL && c < HANGUL_END;
    return !hangul && Character.getType(c) != Character.SURROGATE && parts(c).length > 0;
  }

  /** The full canonical decomposition by this JVM; empty if the code point is its own. */
  static int[] parts(int c) {
    String s = Character.toString(c);
    String parts = Normalizer.normalize(s, Normalizer.Form.NFD);
    return parts.equals(s) ? new int[0] : parts.codePoints().toArray();
  }
}
