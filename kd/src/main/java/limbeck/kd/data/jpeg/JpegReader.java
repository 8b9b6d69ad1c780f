package limbeck.kd.data.jpeg;

import limbeck.engine.io.FormatException;
import limbeck.kd.data.Image;

/**
 * Takes a JPEG file apart into its segments (T.81, B.1 and B.2) and makes an image of the scans.
 */
final class JpegReader {
  private final JpegBytes in;
  private final JpegTables tables;
  private JpegFrame frame;
  private boolean jfif;
  private int adobeTransform = -1; // what an Adobe segment says of the colours; -1: there is none

  JpegReader(JpegBytes in) {
    this.in = in;
    this.tables = new JpegTables(in);
  }

  /** The marker that comes next, after any number of bytes 255 (B.1.1.2): its second byte. */
  static int marker(JpegBytes in) throws FormatException {
    int at = in.position();
    if (in.u8() != 0xff) {
      throw in.error("the file is damaged: a marker is expected here", at);
    }
    int code = 0xff;
    while (code == 0xff) {
      code = in.u8();
    }
    return code;
  }

  Image read() throws FormatException {
    if (in.left() < 2 || in.u8() != 0xff || in.u8() != Marker.SOI) {
      throw in.refused("it is not a JPEG file: it does not begin with FFD8");
    }
    int at = in.position();
    int marker = marker(in);
    while (marker != Marker.EOI) {
      take(marker, at);
      at = in.position();
      marker = marker(in);
    }
    checkComplete(at);
    checkColour();
    return image();
  }

  private void take(int marker, int at) throws FormatException {
    if (Marker.isOtherFrame(marker)) {
      throw in.refused(Marker.otherFrame(marker));
    }
    boolean segment =
        marker >= Marker.APP0 && marker <= Marker.APP15
            || marker >= Marker.SOS && marker <= Marker.DRI
            || marker == Marker.SOF0
            || marker == Marker.SOF1
            || marker == Marker.DHT
            || marker == Marker.COM;
    if (!segment) {
      throw in.error("marker " + Marker.text(marker) + " does not belong here", at);
    }
    in.enter();
    segment(marker, at);
  }

  private void segment(int marker, int at) throws FormatException {
    switch (marker) {
      case Marker.SOF0, Marker.SOF1 -> readFrame(at);
      case Marker.SOS -> readScan(at);
      case Marker.DHT -> tables.readHuffman();
      case Marker.DQT -> tables.readQuantization();
      case Marker.DRI -> tables.readRestart();
      case Marker.DNL -> throw in.error("a segment DNL is not read", at);
      case Marker.APP0 -> jfif |= in.startsWith("JFIF\0");
      case Marker.APP14 -> readAdobe();
      default -> {} // other applications' segments and comments
    }
    if (marker != Marker.SOS) {
      leave(marker);
    }
  }

  private void leave(int marker) throws FormatException {
    if (marker >= Marker.APP0) {
      in.leave();
    } else {
      in.leaveAtEnd();
    }
  }

  private void readFrame(int at) throws FormatException {
    if (frame != null) {
      throw in.error("there is a second frame header", at);
    }
    frame = JpegFrame.read(in);
  }

  private void readScan(int at) throws FormatException {
    if (frame == null) {
      throw in.error("a scan comes before the frame header", at);
    }
    ScanHeader header = ScanHeader.read(in, frame, tables);
    in.leaveAtEnd();
    new ScanDecoder(in, frame, header).decode();
  }

  /** Version, two words of flags, then the transform: 0 none, 1 YCbCr, 2 YCCK (T.872, 6.5.3). */
  private void readAdobe() throws FormatException {
    if (in.startsWith("Adobe") && in.left() >= 12) {
      in.position(in.position() + 11);
      adobeTransform = in.u8();
    }
  }

  private void checkComplete(int at) throws FormatException {
    if (frame == null) {
      throw in.error("the image ends without a frame", at);
    }
    for (Component c : frame.components()) {
      if (!c.decoded()) {
        throw in.error("the image ends without a scan of component " + c.id(), at);
      }
    }
  }

  /** JFIF means YCbCr; else an Adobe segment may say RGB, or the names of the components. */
  private void checkColour() throws FormatException {
    if (frame.components().size() == 3 && !jfif) {
      boolean named =
          frame.components().get(0).id() == 'R'
              && frame.components().get(1).id() == 'G'
              && frame.components().get(2).id() == 'B';
      if (adobeTransform == 0 || adobeTransform < 0 && named) {
        throw in.refused("its components are red, green and blue; only grey and YCbCr are read");
      }
    }
  }

  private Image image() {
    int width = frame.width();
    int height = frame.height();
    Component light = frame.components().get(0);
    if (frame.components().size() == 1) {
      byte[] grey = new byte[width * height];
      for (int y = 0; y < height; y++) {
        System.arraycopy(light.samples(), y * light.stride(), grey, y * width, width);
      }
      return new Image(width, height, 1, grey);
    }
    ChromaUpsampling blue = new ChromaUpsampling(frame.components().get(1));
    ChromaUpsampling red = new ChromaUpsampling(frame.components().get(2));
    byte[] cb = new byte[width + 1];
    byte[] cr = new byte[width + 1];
    byte[] rgb = new byte[3 * width * height];
    for (int y = 0; y < height; y++) {
      blue.row(y, cb);
      red.row(y, cr);
      YcbcrToRgb.row(light.samples(), y * light.stride(), cb, cr, rgb, 3 * y * width, width);
    }
    return new Image(width, height, 3, rgb);
  }
}
