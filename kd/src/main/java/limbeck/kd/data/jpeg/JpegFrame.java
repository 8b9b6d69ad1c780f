package limbeck.kd.data.jpeg;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.io.FormatException;

/**
 * The header of a frame (T.81, B.2.2): size, components, and the units that scans go through, of 8
 * × 8 pixels times the largest sampling factors.
 *
 * @param across largest number of blocks a unit has side by side
 * @param down and one below the other
 */
record JpegFrame(int width, int height, int across, int down, List<Component> components) {
  /** Coded blocks take two bits at least: a code for the first coefficient and one for the rest. */
  private static final int BLOCKS_A_BYTE = 4;

  private static final int MOST_FACTOR = 4;

  /** Reads the content of the segment. */
  static JpegFrame read(JpegBytes in) throws FormatException {
    int bits = in.u8();
    if (bits != 8) {
      throw in.refused("it has " + bits + " bits a sample; only 8 are read");
    }
    int height = in.u16();
    int width = in.u16();
    checkSize(width, height, in);
    int count = in.u8();
    if (count != 1 && count != 3) {
      throw in.refused(
          "it has "
              + count
              + " components"
              + (count == 4 ? " (CMYK)" : "")
              + "; only grey and YCbCr, of 1 and 3, are read");
    }
    List<Component> components = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      components.add(component(in, components, count == 1));
    }
    JpegFrame frame = of(width, height, components);
    frame.checkSampling(in);
    frame.checkLength(in);
    frame.checkHeap(in);
    components.forEach(Component::allocate);
    return frame;
  }

  private static JpegFrame of(int width, int height, List<Component> components) {
    int across = components.stream().mapToInt(Component::across).max().orElseThrow();
    int down = components.stream().mapToInt(Component::down).max().orElseThrow();
    JpegFrame frame = new JpegFrame(width, height, across, down, List.copyOf(components));
    components.forEach(c -> c.place(frame));
    return frame;
  }

  private static void checkSize(int width, int height, JpegBytes in) throws FormatException {
    if (height == 0) {
      throw in.refused("it gives its height after the first scan (DNL), which is not read");
    }
    if (width == 0
        || width > Jpeg.MAX_SIDE
        || height > Jpeg.MAX_SIDE
        || (long) width * height > Jpeg.MAX_PIXELS) {
      throw in.refused(
          "it declares "
              + width
              + " x "
              + height
              + " pixels; sides from 1 to "
              + Jpeg.MAX_SIDE
              + " and at most "
              + Jpeg.MAX_PIXELS
              + " pixels are read");
    }
  }

  /** The factors of a component that is alone mean nothing (A.2.2). */
  private static Component component(JpegBytes in, List<Component> before, boolean alone)
      throws FormatException {
    int at = in.position();
    int id = in.u8();
    int factors = in.u8();
    int table = in.u8();
    int across = factors >> 4;
    int down = factors & 15;
    boolean repeated = before.stream().anyMatch(c -> c.id() == id);
    if (repeated
        || across < 1
        || across > MOST_FACTOR
        || down < 1
        || down > MOST_FACTOR
        || table > 3) {
      throw in.error(
          "component "
              + id
              + " is repeated, or its sampling "
              + across
              + "x"
              + down
              + " or quantization table "
              + table
              + " is not one that exists",
          at);
    }
    return new Component(id, alone ? 1 : across, alone ? 1 : down, table);
  }

  private void checkSampling(JpegBytes in) throws FormatException {
    StringBuilder factors = new StringBuilder();
    int blocks = 0;
    for (Component c : components) {
      factors.append(factors.isEmpty() ? "" : ", ").append(c.across()).append("x").append(c.down());
      blocks += c.across() * c.down();
    }
    boolean alone = components.size() == 1;
    if (!alone && (!isReadSampling() || blocks > ScanDecoder.MOST_BLOCKS)) {
      throw in.refused(
          "its components are sampled "
              + factors
              + "; only 4:4:4 (1x1, 1x1, 1x1), 4:2:2 (2x1, 1x1, 1x1) and 4:2:0 (2x2, 1x1, 1x1) are"
              + " read");
    }
  }

  /** Brightness in full; both colours alike, in full or of half width and, perhaps, height. */
  private boolean isReadSampling() {
    Component light = components.get(0);
    Component blue = components.get(1);
    Component red = components.get(2);
    boolean alike = blue.across() == red.across() && blue.down() == red.down();
    boolean tall = blue.down() == down;
    boolean full = blue.across() == across && tall;
    boolean half = 2 * blue.across() == across && (tall || 2 * blue.down() == down);
    return light.across() == across && light.down() == down && alike && (full || half);
  }

  /** What a header declares takes memory only if the file is long enough to hold it. */
  private void checkLength(JpegBytes in) throws FormatException {
    long blocks = 0;
    for (Component c : components) {
      blocks += (long) c.codedWide() * c.codedHigh();
    }
    if (blocks > (long) BLOCKS_A_BYTE * in.leftInFile()) {
      throw in.error(
          "the file is truncated: the "
              + in.leftInFile()
              + " bytes left cannot hold "
              + width
              + " x "
              + height
              + " pixels");
    }
  }

  /** Blocks of all components, and the image. */
  private void checkHeap(JpegBytes in) throws FormatException {
    long bytes = (long) components.size() * width * height;
    for (Component c : components) {
      bytes += 64L * c.across() * unitsWide() * c.down() * unitsHigh();
    }
    in.budget().take(bytes);
  }

  /** Units side by side. */
  int unitsWide() {
    return (width + 8 * across - 1) / (8 * across);
  }

  /** Units one below the other. */
  int unitsHigh() {
    return (height + 8 * down - 1) / (8 * down);
  }
}
