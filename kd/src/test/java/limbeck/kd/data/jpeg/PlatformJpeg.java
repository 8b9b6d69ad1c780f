package limbeck.kd.data.jpeg;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import limbeck.kd.data.Image;

/** The JPEG writer and reader of the platform, which are libjpeg, and images to give to them. */
public final class PlatformJpeg {
  private static final String TREE = "javax_imageio_jpeg_image_1.0";

  private PlatformJpeg() {}

  /** Settings of a file; {@code across} and {@code down} are the brightness's sampling factors. */
  record Settings(float quality, int across, int down, int restart, boolean progressive) {}

  /** A picture with smooth parts, edges and noise, of 1 channel or 3. */
  public static BufferedImage picture(int width, int height, int channels, long seed) {
    BufferedImage image =
        new BufferedImage(
            width,
            height,
            channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    SplittableRandom random = new SplittableRandom(seed);
    int noise = 1 << random.nextInt(9);
    int edge = 1 + random.nextInt(width);
    for (int c = 0; c < channels; c++) {
      int slope = random.nextInt(-20, 21);
      int base = random.nextInt(256);
      for (int i = 0; i < width * height; i++) {
        int x = i % width;
        int y = i / width;
        int value = base + slope * (x + y) / 4 + (x >= edge ? 90 : 0) + random.nextInt(noise);
        image.getRaster().setSample(x, y, c, Math.max(0, Math.min(255, value)));
      }
    }
    return image;
  }

  /** The file that a picture makes: quality 0.75, colours of half width and height. */
  public static byte[] bytes(BufferedImage image) throws IOException {
    return bytes(image, new Settings(0.75f, 2, 2, 0, false));
  }

  static byte[] bytes(BufferedImage image, Settings s) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    param.setCompressionQuality(s.quality());
    if (s.progressive()) {
      param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    }
    IIOMetadata facts =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), param);
    IIOMetadataNode tree = (IIOMetadataNode) facts.getAsTree(TREE);
    IIOMetadataNode light = node(tree, "componentSpec");
    light.setAttribute("HsamplingFactor", Integer.toString(s.across()));
    light.setAttribute("VsamplingFactor", Integer.toString(s.down()));
    if (s.restart() > 0) {
      IIOMetadataNode interval = new IIOMetadataNode("dri");
      interval.setAttribute("interval", Integer.toString(s.restart()));
      node(tree, "markerSequence").insertBefore(interval, node(tree, "sos"));
    }
    facts.setFromTree(TREE, tree);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, facts), param);
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }

  private static IIOMetadataNode node(IIOMetadataNode tree, String name) {
    return (IIOMetadataNode) tree.getElementsByTagName(name).item(0);
  }

  /** What the platform reads. */
  static Image read(byte[] file) throws IOException {
    Raster theirs = ImageIO.read(new ByteArrayInputStream(file)).getRaster();
    int channels = theirs.getNumBands();
    byte[] samples = new byte[theirs.getWidth() * theirs.getHeight() * channels];
    for (int i = 0; i < samples.length; i++) {
      int pixel = i / channels;
      samples[i] =
          (byte)
              theirs.getSample(pixel % theirs.getWidth(), pixel / theirs.getWidth(), i % channels);
    }
    return new Image(theirs.getWidth(), theirs.getHeight(), channels, samples);
  }
}
