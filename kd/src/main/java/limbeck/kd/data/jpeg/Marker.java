package limbeck.kd.data.jpeg;

/** Second bytes of markers (T.81, table B.1); the first is 255. */
final class Marker {
  static final int SOF0 = 0xc0;
  static final int SOF1 = 0xc1;
  static final int SOF15 = 0xcf;
  static final int DHT = 0xc4;
  static final int RST0 = 0xd0;
  static final int SOI = 0xd8;
  static final int EOI = 0xd9;
  static final int SOS = 0xda;
  static final int DQT = 0xdb;
  static final int DNL = 0xdc;
  static final int DRI = 0xdd;
  static final int APP0 = 0xe0;
  static final int APP14 = 0xee;
  static final int APP15 = 0xef;
  static final int COM = 0xfe;

  private Marker() {}

  /** Whether it starts a frame of a kind that is not read here, or its arithmetic conditioning. */
  static boolean isOtherFrame(int marker) {
    return marker > SOF1 && marker <= SOF15 && marker != DHT;
  }

  /** What such a frame is, in words, with what to do about it. */
  static String otherFrame(int marker) {
    String kind =
        switch (marker) {
          case 0xc2 -> "a progressive";
          case 0xc3 -> "a lossless";
          case 0xc5, 0xc6, 0xc7 -> "a hierarchical";
          default -> "an arithmetic-coded";
        };
    return "it is " + kind + " JPEG file; only baseline files are read, save it as one";
  }

  /** As it is written in messages, for example {@code FFDA}. */
  static String text(int marker) {
    return "FF"
        + Character.toUpperCase(Character.forDigit(marker >> 4, 16))
        + Character.toUpperCase(Character.forDigit(marker & 15, 16));
  }
}
