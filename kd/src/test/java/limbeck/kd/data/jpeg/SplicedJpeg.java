package limbeck.kd.data.jpeg;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** JPEG files put together from segments, where the platform's writer cannot make one. */
final class SplicedJpeg {
  private SplicedJpeg() {}

  /** A colour image with a scan for each component, made of three grey images. */
  static byte[] scans(int width, int height, int across, int down, long seed) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int wide = (width + across - 1) / across;
    int high = (height + down - 1) / down;
    byte[][] grey = {
      grey(width, height, seed), grey(wide, high, seed + 1), grey(wide, high, seed + 2)
    };
    int frame = segment(grey[0], Marker.SOF0);
    int scan = segment(grey[0], Marker.SOS);
    out.write(grey[0], 0, frame); // with tables that suit all three
    out.write(
        frame(width, height, new int[] {across << 4 | down, 0x11, 0x11}, new int[] {1, 2, 3}));
    int after = frame + 2 + length(grey[0], frame);
    out.write(grey[0], after, scan - after);
    for (int c = 0; c < 3; c++) {
      int start = segment(grey[c], Marker.SOS);
      out.write(new byte[] {-1, (byte) Marker.SOS, 0, 8, 1, (byte) (c + 1), 0, 0, 63, 0});
      out.write(grey[c], start + 10, grey[c].length - 2 - start - 10);
    }
    out.write(0xff);
    out.write(Marker.EOI);
    return out.toByteArray();
  }

  /** The segment of a baseline frame of three components that use quantization table 0. */
  static byte[] frame(int width, int height, int[] factors, int[] ids) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int b : new int[] {0xff, Marker.SOF0, 0, 17, 8}) {
      out.write(b);
    }
    for (int b : new int[] {height >> 8, height, width >> 8, width, 3}) {
      out.write(b);
    }
    for (int c = 0; c < 3; c++) {
      out.write(ids[c]);
      out.write(factors[c]);
      out.write(0);
    }
    return out.toByteArray();
  }

  private static byte[] grey(int width, int height, long seed) throws IOException {
    BufferedImage picture = PlatformJpeg.picture(width, height, 1, seed);
    return PlatformJpeg.bytes(picture, new PlatformJpeg.Settings(0.8f, 1, 1, 0, false));
  }

  /** Where the first segment of a kind begins. */
  static int segment(byte[] file, int marker) {
    int at = 2;
    while ((file[at + 1] & 0xff) != marker) {
      at += 2 + length(file, at);
    }
    return at;
  }

  /** Whether there is such a segment before the first scan. */
  static boolean has(byte[] file, int marker) {
    int at = 2;
    while ((file[at + 1] & 0xff) != marker && (file[at + 1] & 0xff) != Marker.SOS) {
      at += 2 + length(file, at);
    }
    return (file[at + 1] & 0xff) == marker;
  }

  static int length(byte[] file, int at) {
    return (file[at + 2] & 0xff) << 8 | file[at + 3] & 0xff;
  }
}
