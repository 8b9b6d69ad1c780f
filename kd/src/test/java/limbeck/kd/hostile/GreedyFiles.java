package limbeck.kd.hostile;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import limbeck.engine.hostile.EngineReaders;
import limbeck.engine.hostile.Refusals;
import limbeck.kd.data.CifarBinary;
import limbeck.kd.data.Idx;
import limbeck.kd.data.MaybeGzip;
import limbeck.kd.data.Png;
import limbeck.kd.data.jpeg.Jpeg;
import limbeck.kd.onnx.Archives;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.file.RecipeFile;

/** Small files of which much would come, in a small heap. */
public final class GreedyFiles {
  private static final int MIB = 1 << 20;

  private final Path folder;

  private GreedyFiles(Path folder) {
    this.folder = folder;
  }

  /** Gives them to the readers, which must refuse them all. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("greedy");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> EngineReaders.remove(folder)));
    new GreedyFiles(folder).all();
    System.out.println("all refused");
  }

  private void all() throws IOException {
    byte[] idx =
        ByteBuffer.allocate(16).putInt(0x803).putInt(1_000_000).putInt(28).putInt(28).array();
    Path images = zeros("images", idx, 100);
    Refusals.refused("IDX images", "half of the heap", () -> Idx.images(images, 10));
    Path long784 = zeros("long", new byte[] {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1}, 1);
    Refusals.refused("an IDX file that goes on", "goes on after", () -> Idx.images(long784, 10));
    Path cifar = zeros("cifar", new byte[0], 100);
    Refusals.refused("CIFAR's records", "half of the heap", () -> CifarBinary.read(cifar));
    Path bomb = zeros("bomb", new byte[0], 300);
    Refusals.refused("a file that is zipped", "256 MiB", () -> drain(bomb));
    Path twice = folder.resolve("twice");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(twice))) {
      Files.copy(bomb, out);
    }
    Refusals.refused(
        "a file that is zipped twice", "no whole number", () -> CifarBinary.read(twice));
    Path tar = zeros("tar", Archives.header("a/model.onnx", 200 * MIB, '0'), 200);
    Refusals.refused("an archive of a large file", "half of the heap", () -> Archives.read(tar));
    Path links = zeros("links", Archives.header("a", 1L << 32, '2'), 300);
    Refusals.refused("an archive that is passed over", "256 MiB", () -> Archives.read(links));
    byte[] png = png(1 << 13, 1 << 11);
    Refusals.refused("a PNG file", "half of the heap", () -> Png.read(png, "file"));
    byte[] jpeg = jpeg(1 << 12, 1 << 12);
    Refusals.refused("a JPEG file", "half of the heap", () -> Jpeg.read(jpeg, "file"));
    Refusals.refused(
        "a recipe of brackets", "brackets", () -> recipe("a = " + "[".repeat(100_000)));
    Refusals.refused("a recipe of dots", "dots", () -> recipe("a" + ".a".repeat(100_000)));
  }

  private static void recipe(String text) {
    try {
      RecipeFile.of("file", text, Path.of(""));
    } catch (RecipeException e) {
      throw new Refusals.Refused(e);
    }
  }

  private static void drain(Path file) throws IOException {
    try (var in = MaybeGzip.open(file)) {
      in.skipNBytes(Long.MAX_VALUE);
    }
  }

  /** A zipped file of this and so many MiB of zeros. */
  private Path zeros(String name, byte[] begin, int mib) throws IOException {
    Path file = folder.resolve(name);
    byte[] zeros = new byte[MIB];
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(begin);
      for (int i = 0; i < mib; i++) {
        out.write(zeros);
      }
    }
    return file;
  }

  /** A grey image of zeros; its data are as many as the header says. */
  private static byte[] png(int width, int height) {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 16);
    header.put((byte) 6);
    Deflater deflater = new Deflater();
    byte[] row = new byte[8 * width + 1];
    ByteBuffer data = ByteBuffer.allocate(MIB);
    byte[] part = new byte[4096];
    for (int y = 0; y <= height; y++) {
      if (y == height) {
        deflater.finish();
      } else {
        deflater.setInput(row);
      }
      for (int n = deflater.deflate(part); n > 0; n = deflater.deflate(part)) {
        data.put(part, 0, n);
      }
    }
    deflater.end();
    ByteBuffer file = ByteBuffer.allocate(data.position() + 100);
    file.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    chunk(file, "IHDR", header.array(), 13);
    chunk(file, "IDAT", data.array(), data.position());
    chunk(file, "IEND", new byte[0], 0);
    return java.util.Arrays.copyOf(file.array(), file.position());
  }

  private static void chunk(ByteBuffer file, String type, byte[] content, int length) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content, 0, length);
    file.putInt(length).put(name).put(content, 0, length).putInt((int) crc.getValue());
  }

  /** The header of a colour image, with as many bytes behind it as blocks need at least. */
  private static byte[] jpeg(int width, int height) {
    ByteBuffer file = ByteBuffer.allocate(MIB);
    file.putShort((short) 0xffd8).putShort((short) 0xffc0).putShort((short) 17).put((byte) 8);
    file.putShort((short) height).putShort((short) width).put((byte) 3);
    for (int c = 1; c <= 3; c++) {
      file.put((byte) c).put((byte) 0x11).put((byte) 0);
    }
    return file.array();
  }
}
