package limbeck.kd.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import limbeck.engine.hostile.EngineReaders;
import limbeck.engine.hostile.HostileFiles;
import limbeck.engine.hostile.HostileReader;
import limbeck.engine.hostile.HostileReader.Form;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.MapOrder;
import limbeck.engine.io.Safetensors;
import limbeck.engine.io.TensorFile;
import limbeck.engine.op.Linear;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.CachedTeacher;
import limbeck.kd.ModelFile;
import limbeck.kd.Tiny;
import limbeck.kd.data.CifarBinary;
import limbeck.kd.data.Idx;
import limbeck.kd.data.IdxWriter;
import limbeck.kd.data.Image;
import limbeck.kd.data.JpegStream;
import limbeck.kd.data.Png;
import limbeck.kd.data.jpeg.Jpeg;
import limbeck.kd.data.jpeg.PlatformJpeg;
import limbeck.kd.onnx.Archives;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.file.FileRecipes;
import limbeck.kd.recipe.file.RecipeFile;
import limbeck.kd.report.ReportJson;

/** The readers of this module, with files that they read. */
public final class KdReaders {
  private static final int USUAL = 2_000;
  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";

  private final Path folder;

  private KdReaders(Path folder) {
    this.folder = folder;
  }

  /** Gives all of them damaged files. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("hostile");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> EngineReaders.remove(folder)));
    HostileFiles.main(new KdReaders(folder).readers(), USUAL);
  }

  private List<HostileReader> readers() throws IOException {
    Path idx = Files.createDirectories(folder.resolve("idx"));
    IdxWriter.write(idx, "train", Tiny.images(1, 20), false);
    byte[] images = Files.readAllBytes(idx.resolve(IMAGES));
    byte[] labels = Files.readAllBytes(idx.resolve(LABELS));
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.write(other.resolve(IMAGES), images);
    Path file = folder.resolve("file");
    Path records = folder.resolve("train.jpegstream");
    List<byte[]> jpegs = jpegs();
    return List.of(
        HostileReader.ofFile(
            "idx-images",
            Form.BYTES,
            zipped(images),
            idx.resolve(IMAGES),
            f -> Idx.dataset(idx, "train")),
        HostileReader.ofFile(
            "idx-labels",
            Form.BYTES,
            zipped(labels),
            other.resolve(LABELS),
            f -> Idx.dataset(other, "train")),
        HostileReader.ofFile(
            "cifar", Form.BYTES, zipped(new byte[2 * 3073]), file, CifarBinary::read),
        HostileReader.ofFile(
            "image-records", Form.BYTES, zipped(records(jpegs)), records, JpegStream::read),
        new HostileReader("jpeg", Form.BYTES, jpegs, b -> Jpeg.read(b, "file")),
        new HostileReader("png", Form.BYTES, pngs(), b -> Png.read(summed(b), "file")),
        HostileReader.ofFile("archive", Form.BYTES, zipped(Archives.small()), file, Archives::read),
        new HostileReader(
            "teacher-cache",
            Form.BYTES,
            List.of(teacher(file)),
            b -> CachedTeacher.load(sealed(b, file), "data", "teacher")),
        new HostileReader(
            "model", Form.TEXT, List.of(model(file)), b -> ModelFile.load(sealed(tail(b), file))),
        new HostileReader("report", Form.TEXT, List.of(report()), b -> ReportJson.parse(text(b))),
        new HostileReader(
                "recipe", Form.TEXT, recipes(), b -> RecipeFile.of("file", text(b), folder))
            .refusing(RecipeException.class));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A file as it is, and zipped. */
  private static List<byte[]> zipped(byte[] file) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(file);
    }
    return List.of(file, file, zipped.toByteArray());
  }

  private static List<byte[]> jpegs() throws IOException {
    List<byte[]> all = new ArrayList<>();
    for (int channels = 1; channels <= 3; channels += 2) {
      all.add(PlatformJpeg.bytes(PlatformJpeg.picture(16, 16, channels, channels)));
      all.add(PlatformJpeg.bytes(PlatformJpeg.picture(16, 16, channels, 7)));
    }
    return all;
  }

  private static byte[] records(List<byte[]> jpegs) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] jpeg : jpegs.subList(0, 2)) {
      all.write(1);
      all.write(jpeg.length >> 8);
      all.write(jpeg.length);
      all.writeBytes(jpeg);
    }
    return all.toByteArray();
  }

  private static List<byte[]> pngs() {
    byte[] samples = new byte[3 * 64];
    Arrays.setAll(new int[samples.length], i -> samples[i] = (byte) (i * 37));
    return List.of(
        Png.bytes(new Image(8, 8, 1, Arrays.copyOf(samples, 64))),
        Png.bytes(new Image(8, 8, 3, samples)));
  }

  /** The checksums of a PNG file's chunks put right, so that there is nothing to hide behind. */
  private static byte[] summed(byte[] png) {
    byte[] file = png.clone();
    ByteBuffer in = ByteBuffer.wrap(file);
    int at = 8;
    while (at + 12 <= file.length) {
      int length = in.getInt(at);
      if (length < 0 || length > file.length - at - 12) {
        break;
      }
      CRC32 crc = new CRC32();
      crc.update(file, at + 4, length + 4);
      in.putInt(at + 8 + length, (int) crc.getValue());
      at += 12 + length;
    }
    return file;
  }

  private static byte[] teacher(Path file) throws IOException {
    Tensor logits = Tensor.zeros(DType.F32, Shape.of(4, 3));
    Tensor features = Tensor.zeros(DType.F32, Shape.of(4, 2, 2));
    new CachedTeacher(logits, Map.of("tap", features)).save(file, "data", "teacher");
    return Files.readAllBytes(file);
  }

  private static byte[] model(Path file) throws IOException {
    Program.Builder b = Program.builder(DType.F32, Shape.of(4));
    int w = b.constant("w", Tensor.zeros(DType.F32, Shape.of(3, 4)));
    int c = b.constant("b", Tensor.zeros(DType.F32, Shape.of(3)));
    b.step(new Linear(), 0, w, c);
    Map<String, String> facts = Map.of("limbeck.classes", "[\"a\",\"b\",\"c\"]");
    b.build().save(file, facts);
    byte[] bytes = Files.readAllBytes(file);
    return Arrays.copyOfRange(bytes, Long.BYTES, bytes.length - 4 * 15); // the header
  }

  /** A header with its length before it and data behind it. */
  private static byte[] tail(byte[] header) {
    ByteBuffer file = ByteBuffer.allocate(Long.BYTES + header.length + 4 * 15);
    return file.putLong(Long.reverseBytes(header.length)).put(header).array();
  }

  /** The file with the checksum of what is in it now. */
  private static Path sealed(byte[] damaged, Path file) throws IOException {
    TensorFile content = Safetensors.parse(damaged, "file");
    Map<String, String> metadata = MapOrder.copy(content.metadata());
    Checkpoints.save(file, content.tensors(), metadata);
    return file;
  }

  private static byte[] report() throws IOException {
    try (var in = ReportJson.class.getResourceAsStream("smallest.json")) {
      return in.readAllBytes();
    }
  }

  private static List<byte[]> recipes() {
    List<byte[]> all = new ArrayList<>();
    for (String name : List.of("one-mnist", "annealing-mnist", "mutual-mnist", "takd-mnist")) {
      try (var in = FileRecipes.class.getResourceAsStream(name + ".toml")) {
        all.add(in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all;
  }
}
