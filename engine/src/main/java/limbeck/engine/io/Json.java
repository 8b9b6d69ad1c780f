package limbeck.engine.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * JSON (RFC 8259), read strictly and written in one way only.
 *
 * <p>Values are plain Java: objects are {@code Map<String, Object>} in the order of the text,
 * arrays are {@code List<Object>}, and there are {@code String}, {@code Boolean} and {@code null}.
 * A number is a {@code Long} when it has neither fraction nor exponent and fits, else a {@code
 * Double} ({@code -0} is the double −0, whose sign a long cannot hold). Comments, trailing commas,
 * duplicate keys, lone surrogates, bytes that are not UTF-8, numbers beyond the range of double,
 * and anything after the value are errors.
 *
 * <p>Written text has the same bytes on every JDK. A floating number is written with the fewest
 * digits that read back as the same value, always with a {@code .0} or an exponent, so that reading
 * gives a {@code Double} again; the notation is that of Python's {@code repr}: {@code 0.1}, {@code
 * 3.0}, {@code 1e+16}, {@code 5e-324}. (The text of {@code Double.toString} changed in JDK 19.)
 */
public final class Json {
  private Json() {}

  /**
   * What a text may cost its reader.
   *
   * @param depth nested arrays and objects, 1 to 1000 (reading is recursive)
   * @param length bytes of UTF-8
   * @param values values in all, members and elements included
   */
  public record Limits(int depth, int length, int values) {
    private static final long HEAP = Runtime.getRuntime().maxMemory();

    /**
     * 64 levels, 64 MiB, about four million values; where the heap is below a gigabyte, less: an
     * eighth of the heap, and a value for each 256 bytes of it.
     */
    public static final Limits DEFAULT =
        new Limits(64, (int) Math.min(1 << 26, HEAP / 8), (int) Math.min(1 << 22, HEAP / 256));

    /** Checks the ranges. */
    public Limits {
      if (depth < 1 || depth > 1000 || length < 1 || values < 1) {
        throw new IllegalArgumentException(
            "json limits: depth "
                + depth
                + " (1 to 1000), length "
                + length
                + ", values "
                + values
                + " (at least 1)");
      }
    }
  }

  /**
   * The value of a text, within {@link Limits#DEFAULT}.
   *
   * @throws FormatException with line and column, if the text is not JSON or breaks a limit
   */
  public static Object parse(String text) throws FormatException {
    try {
      var bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      return JsonReader.read(bytes.array(), bytes.limit(), "json", Limits.DEFAULT);
    } catch (CharacterCodingException e) {
      throw new FormatException("json: the text has a lone surrogate and so no UTF-8 form", e);
    }
  }

  /**
   * The value of a text in UTF-8.
   *
   * @throws FormatException with line and column, if the bytes are not JSON or break a limit
   */
  public static Object parse(byte[] utf8, Limits limits) throws FormatException {
    return JsonReader.read(utf8, utf8.length, "json", limits);
  }

  /**
   * The value of a file in UTF-8, within {@link Limits#DEFAULT}.
   *
   * @throws FormatException with file, line and column, if the file is not JSON or breaks a limit
   * @throws IOException if the file cannot be read
   */
  public static Object read(Path file) throws IOException {
    String source = "json: " + file;
    try (InputStream in = Files.newInputStream(file)) {
      // one byte more than allowed: a file that is too long shows itself whatever size it claims
      byte[] bytes = in.readNBytes(Limits.DEFAULT.length() + 1);
      return JsonReader.read(bytes, bytes.length, source, Limits.DEFAULT);
    }
  }

  /**
   * A value as text without any white space. Takes what {@link #parse} gives, and {@code Float},
   * {@code Integer}, {@code Short} and {@code Byte} too. Members are in the order of the map; a map
   * without an order of its own ({@code HashMap}, {@code Map.of}) is sorted by key, so that equal
   * maps give equal bytes.
   *
   * @throws IllegalArgumentException for NaN, infinities, lone surrogates, keys that are not
   *     strings, values of other types, and more than 1000 levels
   */
  public static String write(Object value) {
    return new JsonWriter(false).write(value);
  }

  /**
   * A value as text for people: indented by two spaces, arrays without arrays or objects in them on
   * one line where that fits in 80 columns. No line break at the end. Otherwise as {@link #write}.
   */
  public static String pretty(Object value) {
    return new JsonWriter(true).write(value);
  }
}
