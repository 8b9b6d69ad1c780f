package limbeck.engine.io.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import limbeck.engine.io.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which an ONNX file can lie, by itself. */
class HostileModelsTest {
  private static final int[] TENSOR = {
    /* dims 2 */ 0x08, 2, /* float */ 0x10, 1, /* name t */ 0x42, 1, 't', /* raw */ 0x4a, 8
  };

  @TempDir Path folder;

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] tensor(int... end) {
    byte[] all = bytes(Arrays.copyOf(TENSOR, TENSOR.length + end.length));
    System.arraycopy(bytes(end), 0, all, TENSOR.length, end.length);
    return all;
  }

  private static void assertRefused(byte[] tensor, String why) {
    IOException e =
        assertThrows(FormatException.class, () -> OnnxTensor.read(tensor, "onnx: file"));
    assertTrue(e.getMessage().startsWith("onnx: file: "), e.getMessage());
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  @Test
  void theCasesBelowDifferFromATensorThatIsRead() throws IOException {
    assertEquals(2, OnnxTensor.read(tensor(0, 0, 0, 0, 0, 0, 0x80, 0x3f), "file").value().size());
  }

  @Test
  void lengthsThatAreShortOrLongOrNegative() {
    assertRefused(tensor(0, 0, 0), "wants 8 bytes, 3 are left");
    assertRefused(bytes(0x08, 2, 0x10, 1, 0x4a, 4, 0, 0, 0, 0), "has 8 bytes, but 4 are given");
    assertRefused(bytes(0x4a, 0xff, 0xff, 0xff, 0xff, 0x07), "wants 2147483647 bytes");
    assertRefused(bytes(0x4a, 0xff, 0xff, 0xff, 0xff, 0x0f), "wants 4294967295 bytes");
    assertRefused(
        bytes(0x4a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1),
        "wants 18446744073709551615 bytes");
    assertRefused(
        bytes(0x4a, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1),
        "wants 9223372036854775808 bytes");
  }

  @Test
  void varintsPastTenBytes() {
    byte[] long11 = new byte[12];
    Arrays.fill(long11, (byte) 0x80);
    long11[0] = 0x10;
    assertRefused(long11, "more than 10 bytes");
    byte[] bits70 = bytes(0x10, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2);
    assertRefused(bits70, "more than 64 bits");
    assertRefused(bytes(0x10, 0xff), "cut short");
    assertRefused(bytes(0x00, 1), "the number 0");
  }

  @Test
  void shapesThatOverflow() {
    assertRefused(bytes(0x08, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x10, 1), "too many elements");
    assertRefused(
        bytes(0x08, 0x80, 0x80, 4, 0x08, 0x80, 0x80, 4, 0x08, 0x80, 0x80, 4, 0x08, 0, 0x10, 99),
        "element type 99");
    assertRefused(
        bytes(0x08, 0x80, 0x80, 4, 0x08, 0x80, 0x80, 4, 0x08, 0x80, 0x80, 4, 0x10, 1),
        "too many elements");
    assertRefused(
        bytes(0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0x10, 1),
        "axes below 0");
    assertRefused(bytes(0x0a, 9, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0x10, 1), "9 axes");
  }

  @Test
  void everyBeginningOfAModelIsRefused() throws IOException {
    byte[] model = HostileModels.all().get(0);
    int graph = 0;
    for (int n = 0; n < model.length; n++) {
      byte[] begun = Arrays.copyOf(model, n);
      try {
        OnnxModel.read(begun, "file");
        graph++; // the versions behind the graph may be missing
      } catch (FormatException e) {
        assertTrue(e.getMessage().startsWith("file: "), e.getMessage());
      }
    }
    assertTrue(graph < 8, graph + " beginnings are read");
  }

  @Test
  void namesThatAreThereTwice() {
    byte[] weight = tensor(0, 0, 0, 0, 0, 0, 0, 0);
    ByteArrayOutputStream graph = new ByteArrayOutputStream();
    for (int i = 0; i < 2; i++) {
      graph.write(0x2a);
      graph.write(weight.length);
      graph.writeBytes(weight);
    }
    ByteArrayOutputStream model = new ByteArrayOutputStream();
    model.write(0x3a);
    model.write(graph.size());
    model.writeBytes(graph.toByteArray());
    FormatException e =
        assertThrows(
            FormatException.class, () -> OnnxModel.read(model.toByteArray(), "onnx: file"));
    assertEquals("onnx: file: two weights are named \"t\"", e.getMessage());
  }

  /** A model whose only weight lies in a file. */
  private Path model(String location, String offset) throws IOException {
    ProtoWriter weight =
        new ProtoWriter().integer(1, 2).integer(2, 1).string(8, "w").integer(14, 1);
    weight.message(13, new ProtoWriter().string(1, "location").string(2, location));
    weight.message(13, new ProtoWriter().string(1, "offset").string(2, offset));
    ProtoWriter model = new ProtoWriter().message(7, new ProtoWriter().message(5, weight));
    Path inside = Files.createDirectories(folder.resolve("inside"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    model.writeTo(out);
    Files.write(inside.resolve("weights"), new byte[12]);
    Files.write(folder.resolve("outside"), new byte[12]);
    return Files.write(inside.resolve("model.onnx"), out.toByteArray());
  }

  @Test
  void weightsBesideTheModelAreRead() throws IOException {
    assertEquals(2, OnnxModel.read(model("weights", "4")).parameters());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../outside",
        "./weights",
        "sub/../weights",
        "",
        ".",
        "..",
        "/etc/passwd",
        "a//b",
        "a\\b",
        "C:x",
        "a\0b",
        "none",
        "sub"
      })
  void weightsElsewhereAreNot(String location) throws IOException {
    Path model = model(location, "0");
    Files.createDirectories(folder.resolve("inside/sub"));
    assertThrows(FormatException.class, () -> OnnxModel.read(model));
  }

  @Test
  void weightsBehindLinksAreNot() throws IOException {
    Path model = model("link", "0");
    Files.createSymbolicLink(folder.resolve("inside/link"), folder.resolve("outside"));
    FormatException e = assertThrows(FormatException.class, () -> OnnxModel.read(model));
    assertTrue(e.getMessage().contains("symbolic link"), e.getMessage());
    Path deep = model("deep/outside", "0");
    Files.createSymbolicLink(folder.resolve("inside/deep"), folder);
    assertThrows(FormatException.class, () -> OnnxModel.read(deep));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "5", "9223372036854775807", "9223372036854775808", "x", "", "0x4"})
  void placesThatAreNotInTheFile(String offset) throws IOException {
    Path model = model("weights", offset);
    assertThrows(FormatException.class, () -> OnnxModel.read(model));
  }
}
