package limbeck.engine.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import limbeck.engine.tensor.Shape;

/**
 * The JSON header of a safetensors file: which tensor lies where. Parsed token by token into
 * exactly what it may contain, so that no other structure, however large or deep, is ever built.
 */
final class SafetensorsHeader {
  /** The most bytes of header that the format allows. */
  static final int MAX_BYTES = 100_000_000;

  /** The most tensors, and the most metadata entries, that are read. */
  static final int MAX_ENTRIES = 1_000_000;

  /** The key that holds the metadata instead of a tensor. */
  static final String METADATA = "__metadata__";

  /** A tensor in the file; begin and end count from the end of the header. */
  record Entry(String name, StoredType type, Shape shape, long begin, long end) {}

  /** A class: to link a lambda would cost the first file that a process reads milliseconds. */
  private static final Comparator<Entry> POSITION =
      new Comparator<>() {
        @Override
        public int compare(Entry a, Entry b) {
          int order = Long.compare(a.begin, b.begin);
          return order != 0 ? order : Long.compare(a.end, b.end);
        }
      };

  private final JsonTokens tokens;
  private final String source;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final List<Entry> entries = new ArrayList<>();

  private SafetensorsHeader(byte[] json, String source) {
    this.tokens = new JsonTokens(json, json.length, source + ": header");
    this.source = source;
  }

  /**
   * Parses and checks a header.
   *
   * @param json the header's bytes
   * @param dataBytes how many bytes of the file follow the header
   * @param source what errors begin with
   */
  static SafetensorsHeader parse(byte[] json, long dataBytes, String source)
      throws FormatException {
    if (json.length == 0 || json[0] != '{') {
      throw new FormatException(
          source + ": the header does not begin with '{':" + " not a safetensors file");
    }
    SafetensorsHeader header = new SafetensorsHeader(json, source);
    header.parse();
    header.checkSpans(dataBytes);
    return header;
  }

  Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  /** The tensors in the order of the header. */
  List<Entry> entries() {
    return Collections.unmodifiableList(entries);
  }

  /** The tensors in the order of their data. */
  List<Entry> byPosition() {
    List<Entry> sorted = new ArrayList<>(entries);
    sorted.sort(POSITION);
    return sorted;
  }

  private void parse() throws FormatException {
    Set<String> names = new HashSet<>();
    tokens.expect('{');
    while (tokens.more(names.isEmpty(), '}')) {
      String name = tokens.key();
      if (!names.add(name)) {
        throw tokens.error("name " + FormatException.quote(name) + " appears twice");
      }
      if (name.equals(METADATA)) {
        parseMetadata();
      } else if (entries.size() == MAX_ENTRIES) {
        throw tokens.error("more than " + MAX_ENTRIES + " tensors, the limit");
      } else {
        entries.add(parseEntry(name));
      }
    }
    tokens.end();
  }

  private void parseMetadata() throws FormatException {
    tokens.expect('{');
    while (tokens.more(metadata.isEmpty(), '}')) {
      String key = tokens.key();
      if (metadata.put(key, tokens.string()) != null) {
        throw tokens.error("metadata key " + FormatException.quote(key) + " appears twice");
      }
      if (metadata.size() > MAX_ENTRIES) {
        throw tokens.error("more than " + MAX_ENTRIES + " metadata entries, the limit");
      }
    }
  }

  private Entry parseEntry(String name) throws FormatException {
    StoredType type = null;
    long[] axes = null;
    long[] span = null;
    int members = 0;
    tokens.expect('{');
    while (tokens.more(members == 0, '}')) {
      String key = tokens.key();
      switch (key) {
        case "dtype" -> type = once(name, key, type, type(name));
        case "shape" -> axes = once(name, key, axes, integers(name, key, Shape.MAX_AXES));
        case "data_offsets" -> span = once(name, key, span, integers(name, key, 2));
        default -> throw error(name, "has the unknown key " + FormatException.quote(key));
      }
      members++;
    }
    if (members != 3 || span.length != 2) {
      throw error(name, "needs dtype, shape and data_offsets [begin, end]");
    }
    return entry(name, type, axes, span[0], span[1]);
  }

  private <T> T once(String name, String key, T before, T value) throws FormatException {
    if (before != null) {
      throw error(name, "has " + key + " twice");
    }
    return value;
  }

  private StoredType type(String name) throws FormatException {
    String text = tokens.string();
    StoredType type = StoredType.named(text);
    if (type == null) {
      throw error(name, "has the unknown dtype " + FormatException.quote(text));
    }
    return type;
  }

  private long[] integers(String name, String key, int most) throws FormatException {
    long[] values = new long[most];
    int count = 0;
    tokens.expect('[');
    while (tokens.more(count == 0, ']')) {
      if (count == most) {
        throw error(name, key + " has more than " + most + " numbers, the limit");
      }
      if (!(integer(name, key) instanceof Long value) || value < 0) {
        throw error(name, key + " must be whole numbers from 0 to 9223372036854775807");
      }
      values[count++] = value;
    }
    return Arrays.copyOf(values, count);
  }

  private Number integer(String name, String key) throws FormatException {
    int next = tokens.peek();
    if (next != '-' && (next < '0' || next > '9')) {
      throw error(name, key + " must be whole numbers, but found " + tokens.found());
    }
    return tokens.number();
  }

  private Entry entry(String name, StoredType type, long[] axes, long begin, long end)
      throws FormatException {
    if (begin > end) {
      throw error(name, "begins at byte " + begin + ", after its end at " + end);
    }
    Shape shape = shape(name, axes);
    long bytes = (long) shape.size() * type.bytes;
    if (bytes != end - begin) {
      throw error(
          name,
          "of shape "
              + Arrays.toString(axes)
              + " and dtype "
              + type
              + " has "
              + bytes
              + " bytes, but its data_offsets "
              + begin
              + ".."
              + end
              + " span "
              + (end - begin));
    }
    return new Entry(name, type, shape, begin, end);
  }

  private Shape shape(String name, long[] axes) throws FormatException {
    int[] checked = new int[axes.length];
    long size = 1;
    boolean fits = true;
    for (int i = 0; i < axes.length; i++) {
      fits &= axes[i] <= Integer.MAX_VALUE;
      checked[i] = (int) axes[i];
      // cut at 2³¹, so that no product overflows, and an axis of 0 still makes it 0
      size = fits ? Math.min(size * axes[i], 1L << 31) : size;
    }
    if (!fits || size > Integer.MAX_VALUE) {
      throw error(
          name,
          "of shape "
              + Arrays.toString(axes)
              + " is too large; at most 2147483647 elements are supported");
    }
    return Shape.of(checked);
  }

  /** Checks that the tensors cover the data exactly: inside it, no overlap, no hole. */
  private void checkSpans(long dataBytes) throws FormatException {
    long covered = 0;
    String previous = "what is before it";
    for (Entry e : byPosition()) {
      if (e.end > dataBytes) {
        throw error(
            e.name,
            "spans bytes "
                + e.begin
                + ".."
                + e.end
                + " but the file has "
                + dataBytes
                + " bytes of data; it is cut short or damaged");
      }
      if (e.begin != covered) {
        throw error(
            e.name,
            "begins at byte "
                + e.begin
                + " but "
                + previous
                + " ends at "
                + covered
                + (e.begin < covered ? ": they overlap" : ": holes are not allowed"));
      }
      covered = e.end;
      previous = "tensor " + FormatException.quote(e.name);
    }
    if (covered != dataBytes) {
      throw new FormatException(
          source
              + ": the tensors end at byte "
              + covered
              + " of the data but the file has "
              + dataBytes
              + "; the rest belongs to no tensor");
    }
  }

  private FormatException error(String tensor, String problem) {
    return new FormatException(
        source + ": tensor " + FormatException.quote(tensor) + " " + problem);
  }
}
