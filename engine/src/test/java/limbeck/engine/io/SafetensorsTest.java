package limbeck.engine.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  @TempDir Path folder;

  /** The bytes of the format's definition, put together by hand. */
  @Test
  void writesTheFormatByteForByte() throws Exception {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("w", Tensor.of(Shape.of(1, 2), 1f, -2f));
    tensors.put("é", Tensor.of(Shape.SCALAR, 0.5));
    tensors.put("ids", Tensor.of(Shape.of(3), 1, -1, 256));
    Path file = folder.resolve("small.st");
    Safetensors.write(file, tensors, Map.of("by", "hand"));

    String header =
        "{\"__metadata__\":{\"by\":\"hand\"},"
            + "\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
            + "\"é\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[8,16]},"
            + "\"ids\":{\"dtype\":\"I32\",\"shape\":[3],\"data_offsets\":[16,28]}}";
    String data =
        "0000803f" + "000000c0" + "000000000000e03f" + "01000000" + "ffffffff" + "00010000";
    // 196 bytes of JSON and four spaces are 200
    String expected = "c800000000000000" + hex(header) + "20202020" + data;
    assertEquals(expected, HexFormat.of().formatHex(Files.readAllBytes(file)));
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsInFileOrderWhateverTheHeaderOrder() throws Exception {
    byte[] file =
        StFile.of(
            "{\"b\":{\"data_offsets\":[4,8],\"shape\":[1],\"dtype\":\"I32\"}, \n"
                + " \"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}  ",
            0,
            0,
            0x80,
            0x3f,
            7,
            0,
            0,
            0);
    TensorFile read = Safetensors.parse(file, "x.st");
    assertEquals(List.of("b", "a"), read.names());
    assertEquals(7, read.tensor("b").get(0));
    assertEquals(1f, read.tensor("a").get(0));
    assertEquals(Shape.SCALAR, read.tensor("a").shape());
    assertTrue(read.metadata().isEmpty());
    assertTrue(read.has("a"));
    assertFalse(read.has("c"));
  }

  @Test
  void roundTripKeepsAllBits() throws Exception {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    float[] floats = {
      Float.NaN,
      Float.intBitsToFloat(0x7fc01234),
      Float.intBitsToFloat(0xff800001),
      -0f,
      Float.MIN_VALUE,
      Float.POSITIVE_INFINITY,
      1e-45f,
      3f
    };
    tensors.put("floats", Tensor.view(floats, 1, Shape.of(2, 3)));
    tensors.put(
        "doubles", Tensor.of(Shape.of(2), Double.longBitsToDouble(0x7ff0000000000001L), -0.0));
    tensors.put("ints", Tensor.of(Shape.of(2), Integer.MIN_VALUE, Integer.MAX_VALUE));
    tensors.put("empty", Tensor.zeros(DType.F32, Shape.of(3, 0)));
    tensors.put("void", Tensor.zeros(DType.I32, Shape.of(Integer.MAX_VALUE, Integer.MAX_VALUE, 0)));
    // several slices, and a last one that is not full
    Tensor large = Tensor.zeros(DType.F64, Shape.of(3, 9973));
    for (int i = 0; i < large.size(); i++) {
      large.set(i, 1.0 / (i + 1));
    }
    tensors.put("large", large);
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("z", "last \"first\"\n\u0000é😀");
    metadata.put("a", "");
    Path file = folder.resolve("all.st");
    Safetensors.write(file, tensors, metadata);

    TensorFile read = Safetensors.read(file);
    assertEquals(List.copyOf(tensors.keySet()), read.names());
    assertEquals(metadata, read.metadata());
    assertEquals(List.of("z", "a"), List.copyOf(read.metadata().keySet()));
    assertEquals(WeightHash.of(tensors), WeightHash.of(read.tensors()));
    for (int i = 0; i < 6; i++) {
      assertEquals(
          Float.floatToRawIntBits(floats[i + 1]),
          Float.floatToRawIntBits(read.tensor("floats").floats()[i]));
    }
    Path again = folder.resolve("again.st");
    Safetensors.write(again, read.tensors(), read.metadata());
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
  }

  @Test
  void headersAreMultiplesOfEight() throws Exception {
    for (int length = 0; length < 9; length++) {
      Path file = folder.resolve("p.st");
      Safetensors.write(file, Map.of(), Map.of("k", "v".repeat(length)));
      byte[] bytes = Files.readAllBytes(file);
      assertEquals(0, bytes.length % 8);
      assertEquals(bytes.length - 8, bytes[0]);
      assertEquals("v".repeat(length), Safetensors.read(file).metadata().get("k"));
    }
    Path file = folder.resolve("nothing.st");
    Safetensors.write(file, Map.of(), Map.of());
    assertEquals(
        "0800000000000000" + hex("{}      "), HexFormat.of().formatHex(Files.readAllBytes(file)));
    assertTrue(Safetensors.read(file).names().isEmpty());
  }

  @Test
  void equalMapsGiveEqualBytes() throws Exception {
    Map<String, Tensor> tensors = new HashMap<>();
    Map<String, String> metadata = new HashMap<>();
    for (int i = 0; i < 50; i++) {
      tensors.put("t" + i, Tensor.of(Shape.SCALAR, i));
      metadata.put("m" + i, "v");
    }
    Path one = folder.resolve("one.st");
    Path two = folder.resolve("two.st");
    Safetensors.write(one, tensors, metadata);
    Safetensors.write(two, Map.copyOf(tensors), Map.copyOf(metadata));
    assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
    assertEquals(tensors.keySet().stream().sorted().toList(), Safetensors.read(one).names());
  }

  @Test
  void longsAreReadAsIntsWhereTheyFit() throws Exception {
    byte[] file =
        StFile.of(
            "{\"ids\":{\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[0,16]}}",
            0,
            0,
            0,
            0x80,
            0xff,
            0xff,
            0xff,
            0xff,
            0xff,
            0xff,
            0xff,
            0x7f,
            0,
            0,
            0,
            0);
    Tensor ids = Safetensors.parse(file, "x.st").tensor("ids");
    assertEquals(DType.I32, ids.dtype());
    assertArrayEquals(new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE}, ids.ints());
    file[file.length - 4] = 1;
    TensorFile large = Safetensors.parse(file, "x.st");
    var e = assertThrows(FormatException.class, () -> large.tensor("ids"));
    assertEquals(
        "safetensors: x.st: tensor \"ids\" is of type I64, and element 1 is 6442450943,"
            + " beyond the range of I32",
        e.getMessage());
  }

  @Test
  void namesWhatIsMissingOrNotFinite() throws Exception {
    Path file = folder.resolve("m.st");
    Safetensors.write(file, Map.of("fc1.weight", Tensor.of(Shape.of(2), 1f, Float.NaN)), Map.of());
    TensorFile read = Safetensors.read(file);
    var missing = assertThrows(FormatException.class, () -> read.tensor("fc2\n"));
    assertEquals(
        "safetensors: " + file + ": no tensor \"fc2\\u000a\"; it has \"fc1.weight\"",
        missing.getMessage());
    var nan = assertThrows(FormatException.class, read::requireFinite);
    assertEquals(
        "safetensors: " + file + ": tensor \"fc1.weight\" has NaN at element 1 of [2]",
        nan.getMessage());
    Safetensors.write(file, Map.of("a", Tensor.of(Shape.of(1), 5)), Map.of());
    assertEquals(5, Safetensors.read(file).requireFinite().tensor("a").get(0));
  }

  @Test
  void readingIgnoresInterruptsAndLeavesThem() throws Exception {
    Path file = folder.resolve("i.st");
    Safetensors.write(file, Map.of("a", Tensor.zeros(DType.F32, Shape.of(100_000))), Map.of());
    Thread.currentThread().interrupt();
    TensorFile read = Safetensors.read(file);
    assertTrue(Thread.interrupted());
    assertEquals(100_000, read.tensor("a").size());
  }

  @Test
  void refusesWhatCannotBeWritten() {
    Path file = folder.resolve("bad.st");
    Tensor one = Tensor.of(Shape.SCALAR, 1f);
    for (Map<String, Tensor> bad : List.of(Map.of("__metadata__", one), Map.of("\ud800", one))) {
      assertThrows(IllegalArgumentException.class, () -> Safetensors.write(file, bad, Map.of()));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> Safetensors.write(file, Map.of(), Map.of("k", "v".repeat(100_000_000))));
    assertFalse(Files.exists(file));
  }

  @Test
  void saysWhenThereIsNoFile() {
    var e =
        assertThrows(NoSuchFileException.class, () -> Safetensors.read(folder.resolve("no.st")));
    assertEquals(folder.resolve("no.st") + ": no such file", e.getMessage());
    assertThrows(FormatException.class, () -> Safetensors.read(folder));
  }
}
