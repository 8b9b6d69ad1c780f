package limbeck.kd.data.jpeg;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.io.FormatException;

/**
 * The header of a scan (T.81, B.2.3), with the tables that it refers to as they are at that moment.
 *
 * @param parts the components of the scan, in the order of the frame
 * @param restart units between restart markers; 0: there are none
 */
record ScanHeader(List<Part> parts, int restart) {
  /** A component with its tables. */
  record Part(Component component, HuffmanTable dc, HuffmanTable ac, int[] quantization) {}

  /** Reads the content of the segment. */
  static ScanHeader read(JpegBytes in, JpegFrame frame, JpegTables tables) throws FormatException {
    int start = in.position();
    int count = in.u8();
    if (count < 1 || count > frame.components().size()) {
      throw in.error(
          "a scan of " + count + " components of " + frame.components().size() + " is damaged",
          start);
    }
    List<Part> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < count; i++) {
      int number = find(in, frame, from);
      int selected = in.u8();
      Component component = frame.components().get(number);
      parts.add(
          new Part(
              component,
              tables.huffman(0, selected >> 4),
              tables.huffman(1, selected & 15),
              tables.quantization(component.quantization())));
      from = number + 1;
    }
    int first = in.u8();
    int last = in.u8();
    int approximation = in.u8();
    if (first != 0 || last != 63 || approximation != 0) {
      throw in.error("a baseline scan has coefficients 0 to 63; this one says otherwise", start);
    }
    return new ScanHeader(List.copyOf(parts), tables.restart());
  }

  /** Components come in the order of the frame (B.2.3), each in one scan only. */
  private static int find(JpegBytes in, JpegFrame frame, int from) throws FormatException {
    int at = in.position();
    int id = in.u8();
    for (int i = from; i < frame.components().size(); i++) {
      Component c = frame.components().get(i);
      if (c.id() == id && !c.decoded()) {
        return i;
      }
    }
    throw in.error("component " + id + " of a scan is unknown, out of order or in two scans", at);
  }
}
