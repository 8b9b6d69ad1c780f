package limbeck.engine.io.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import limbeck.engine.io.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ONNX files may hold, and what they must not. */
class OnnxReaderTest {
  @TempDir Path folder;

  private static ProtoWriter tensor(OnnxType type, long... axes) {
    ProtoWriter t = new ProtoWriter();
    for (long axis : axes) {
      t.integer(1, axis);
    }
    return t.integer(2, type.number()).string(8, "w");
  }

  private static byte[] bytes(ProtoWriter message) {
    return message.toByteArray();
  }

  private static OnnxTensor read(ProtoWriter tensor) throws IOException {
    return OnnxTensor.read(bytes(tensor), "file");
  }

  private static void refuses(String text, ProtoWriter tensor) {
    String message = assertThrows(FormatException.class, () -> read(tensor)).getMessage();
    assertTrue(message.contains(text), message);
    assertTrue(message.startsWith("file: "), message);
  }

  /** Bytes as a field; ISO-8859-1 text is one byte a character, and these stay below 128. */
  private static ProtoWriter raw(ProtoWriter tensor, int... values) {
    StringBuilder text = new StringBuilder();
    for (int value : values) {
      text.append((char) value);
    }
    return tensor.string(9, text.toString());
  }

  @Test
  void elementsOfAllTypesAreWidened() throws IOException {
    assertArrayEquals(
        new float[] {1.5f, -2}, // 0x3e00, 0xc000 as varints
        read(tensor(OnnxType.FLOAT16, 2).integer(5, 0x3e00).integer(5, 0xc000)).value().floats());
    assertArrayEquals(
        new float[] {1.5f}, read(tensor(OnnxType.BFLOAT16, 1).integer(5, 0x3fc0)).value().floats());
    assertArrayEquals(
        new float[] {1, 2},
        read(tensor(OnnxType.FLOAT, 2).number(4, 1).number(4, 2)).value().floats());
    assertArrayEquals(
        new int[] {-3, 7},
        read(tensor(OnnxType.INT64, 2).integer(7, -3).integer(7, 7)).value().ints());
    assertArrayEquals(new int[] {1, 0}, read(raw(tensor(OnnxType.BOOL, 2), 9, 0)).value().ints());
    assertArrayEquals(new int[] {5, 6}, read(raw(tensor(OnnxType.UINT8, 2), 5, 6)).value().ints());
    assertArrayEquals(
        new int[] {0x0201}, read(raw(tensor(OnnxType.INT16, 1), 1, 2)).value().ints());
  }

  @Test
  void endsOfSlicesBecomeTheEndsOfI32() throws IOException {
    int[] ends =
        read(tensor(OnnxType.INT64, 2).integer(7, Long.MAX_VALUE).integer(7, Long.MIN_VALUE))
            .value()
            .ints();
    assertArrayEquals(new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE}, ends);
    refuses(
        "element 0 is 4294967296, beyond the range of I32",
        tensor(OnnxType.INT64, 1).integer(7, 1L << 32));
  }

  @Test
  void shapesThatDoNotFit() {
    refuses("has 8 bytes, but 4 are given", raw(tensor(OnnxType.FLOAT, 2), 0, 0, 0, 0));
    refuses("has 1 elements in the file", tensor(OnnxType.FLOAT, 2).number(4, 1));
    refuses("has axes below 0, or too many elements", tensor(OnnxType.FLOAT, -1));
    refuses("too many elements", tensor(OnnxType.UINT8, 1L << 31));
    refuses("too many elements", tensor(OnnxType.UINT8, 1L << 16, 1L << 16));
    refuses("9 axes, at most 8", tensor(OnnxType.UINT8, 1, 1, 1, 1, 1, 1, 1, 1, 1));
    refuses("element type 8, which is not read", new ProtoWriter().integer(2, 8).string(8, "w"));
  }

  @Test
  void numbersThatNeverEnd() {
    byte[] endless = new byte[12];
    java.util.Arrays.fill(endless, (byte) 0xff);
    String message =
        assertThrows(FormatException.class, () -> OnnxTensor.read(endless, "file")).getMessage();
    assertEquals("file: a varint has more than 10 bytes", message);
    endless[9] = 0x7f; // the tenth byte has room for one bit
    message =
        assertThrows(FormatException.class, () -> OnnxTensor.read(endless, "file")).getMessage();
    assertEquals("file: a varint has more than 64 bits", message);
  }

  @Test
  void lengthsBeyondTheFile() {
    byte[] beyond = {0x4a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07, 1};
    String message =
        assertThrows(FormatException.class, () -> OnnxTensor.read(beyond, "file")).getMessage();
    assertTrue(message.contains("wants 2147483647 bytes, 1 are left"), message);
    byte[] negative = new byte[11];
    java.util.Arrays.fill(negative, (byte) 0xff);
    negative[0] = 0x4a;
    negative[10] = 1;
    message =
        assertThrows(FormatException.class, () -> OnnxTensor.read(negative, "file")).getMessage();
    assertTrue(message.contains("wants 18446744073709551615 bytes"), message);
  }

  @Test
  void filesThatAreNoModels() {
    String message =
        assertThrows(FormatException.class, () -> OnnxModel.read(new byte[0], "file")).getMessage();
    assertEquals("file: no graph in it: this is no ONNX model", message);
    assertThrows(FormatException.class, () -> OnnxModel.read("{}".getBytes(), "file"));
  }

  private OnnxModel withExternal(String location, String offset, String length) throws IOException {
    ProtoWriter weight = tensor(OnnxType.FLOAT, 2).integer(14, 1);
    String[][] entries = {{"location", location}, {"offset", offset}, {"length", length}};
    for (String[] entry : entries) {
      weight.message(13, new ProtoWriter().string(1, entry[0]).string(2, entry[1]));
    }
    ProtoWriter model = new ProtoWriter().message(7, new ProtoWriter().message(5, weight));
    Path file = folder.resolve("model.onnx");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    model.writeTo(out);
    Files.write(file, out.toByteArray());
    return OnnxModel.read(file);
  }

  @Test
  void weightsInAFileBesideTheModel() throws IOException {
    Files.write(
        folder.resolve("weights.bin"), new byte[] {9, 9, 0, 0, (byte) 0x80, 63, 0, 0, 0, 64});
    OnnxModel model = withExternal("weights.bin", "2", "8");
    assertArrayEquals(new float[] {1, 2}, model.weights().get("w").value().floats());
  }

  @Test
  void weightsInFilesThatAreNotTheModels() throws IOException {
    Files.write(folder.resolve("weights.bin"), new byte[8]);
    Files.createDirectory(folder.resolve("inside"));
    Files.createSymbolicLink(folder.resolve("inside/link"), folder.resolve("weights.bin"));
    Files.createSymbolicLink(folder.resolve("through"), folder.resolve("inside"));
    for (String location :
        new String[] {
          "",
          ".",
          "..",
          "../weights.bin",
          "/etc/passwd",
          "inside/../weights.bin",
          "a\\b",
          "C:x",
          "inside//x",
          "inside/link",
          "through/link",
          "inside",
          "missing"
        }) {
      String message =
          assertThrows(FormatException.class, () -> withExternal(location, "0", "8"), location)
              .getMessage();
      assertTrue(message.contains("tensor \"w\" lies in"), message);
    }
  }

  @Test
  void partsThatTheFileBesideDoesNotHave() throws IOException {
    Files.write(folder.resolve("weights.bin"), new byte[8]);
    for (String[] part :
        new String[][] {
          {"1", "8"},
          {"0", "4"},
          {"-1", "8"},
          {"x", "8"},
          {"9223372036854775807", "8"},
          {"0", "99999999999999999999"}
        }) {
      assertThrows(FormatException.class, () -> withExternal("weights.bin", part[0], part[1]));
    }
  }
}
