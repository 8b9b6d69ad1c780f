package limbeck.engine.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple.Tuple2;

/** Random files, and random damage to a valid one. */
class SafetensorsProps {
  private static final byte[] VALID =
      StFile.of(
          "{\"__metadata__\":{\"k\":\"vé\"},"
              + StFile.tensor("a", "F32", "2,1", 0, 8)
              + ","
              + StFile.tensor("e", "F64", "0,3", 8, 8)
              + ","
              + StFile.tensor("b", "I64", "1", 8, 16)
              + ","
              + StFile.tensor("c", "U8", "4", 16, 20)
              + "}  ",
          new int[20]);

  /** Replaces the bytes from a position on; the texts are those that matter to a header. */
  @Provide
  Arbitrary<List<Tuple2<Integer, String>>> edits() {
    Arbitrary<Integer> where = Arbitraries.integers().between(0, VALID.length - 1);
    Arbitrary<String> what =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 255).map(b -> String.valueOf((char) (int) b)),
            Arbitraries.of(
                "0",
                "9",
                "-",
                "[",
                "]",
                "{",
                "}",
                "\"",
                ",",
                ":",
                "\\",
                "\\u0000",
                " ",
                "99999999999999999999",
                "9223372036854775807",
                "\"a\":{",
                "F32",
                "F64",
                "U8",
                "shape",
                "data_offsets",
                "1e9",
                "null"));
    return Combinators.combine(where, what)
        .as(net.jqwik.api.Tuple::of)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
  void damagedBytesGiveAFileOrOneError(@ForAll("edits") List<Tuple2<Integer, String>> edits) {
    byte[] file = VALID.clone();
    for (Tuple2<Integer, String> edit : edits) {
      byte[] bytes = edit.get2().getBytes(StandardCharsets.ISO_8859_1);
      int n = Math.min(bytes.length, file.length - edit.get1());
      System.arraycopy(bytes, 0, file, edit.get1(), n);
    }
    assertFileOrError(file);
  }

  /**
   * Inserts into the header instead, and corrects its length, so that the damage reaches the
   * parser.
   */
  @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
  void damagedHeadersGiveAFileOrOneError(
      @ForAll("edits") List<Tuple2<Integer, String>> edits, @ForAll boolean delete) {
    String header = new String(VALID, 8, VALID.length - 28, StandardCharsets.ISO_8859_1);
    for (Tuple2<Integer, String> edit : edits) {
      int at = edit.get1() % (header.length() + 1);
      int skip = delete ? Math.min(edit.get2().length(), header.length() - at) : 0;
      header = header.substring(0, at) + edit.get2() + header.substring(at + skip);
    }
    byte[] json = header.getBytes(StandardCharsets.ISO_8859_1);
    assertFileOrError(StFile.of(json.length, json, new int[20]));
  }

  @Property(tries = 10_000)
  void anyBytesGiveAFileOrOneError(@ForAll byte[] bytes) {
    assertFileOrError(bytes);
  }

  @Property(tries = 2000)
  void everyTruncationIsAnError(@ForAll int where) {
    byte[] cut = Arrays.copyOf(VALID, Math.floorMod(where, VALID.length));
    assertEquals(null, assertFileOrError(cut));
  }

  /**
   * Reads, checks that memory stays within a bound of the file's size, and gives the file or null.
   */
  private static TensorFile assertFileOrError(byte[] bytes) {
    long before = Allocation.soFar();
    TensorFile file = null;
    String message = null;
    try {
      file = Safetensors.parse(bytes, "x.st");
    } catch (FormatException e) {
      message = e.getMessage();
    }
    long used = Allocation.soFar() - before;
    // 64 KiB for what is loaded once (classes, messages); 100 bytes of objects per byte of header
    // is far above need
    assertTrue(
        used < (1 << 16) + 100L * bytes.length, used + " bytes for a file of " + bytes.length);
    assertTrue(file != null || message.matches("safetensors: x\\.st: [^\\p{Cntrl}]+"), message);
    return file;
  }

  @Provide
  Arbitrary<Map<String, Tensor>> tensors() {
    Arbitrary<Shape> shapes =
        Arbitraries.of(0, 1, 2, 3, 17).array(int[].class).ofMaxSize(4).map(Shape::of);
    Arbitrary<Tensor> tensor =
        Combinators.combine(shapes, Arbitraries.of(DType.values()), Arbitraries.longs())
            .as(SafetensorsProps::filled);
    Arbitrary<String> names =
        Arbitraries.strings()
            .ofMaxLength(6)
            .filter(s -> StandardCharsets.UTF_8.newEncoder().canEncode(s));
    return Arbitraries.maps(names, tensor).ofMaxSize(5).map(LinkedHashMap::new);
  }

  private static Tensor filled(Shape shape, DType type, long seed) {
    Tensor t = Tensor.zeros(type, shape);
    for (int i = 0; i < t.size(); i++) {
      long bits = (seed + i) * 0x9E3779B97F4A7C15L;
      switch (type) {
        case F32 -> t.floats()[i] = Float.intBitsToFloat((int) (bits >>> 32));
        case F64 -> t.doubles()[i] = Double.longBitsToDouble(bits);
        case I32 -> t.ints()[i] = (int) (bits >>> 32);
      }
    }
    return t;
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenReadsBackEqual(@ForAll("tensors") Map<String, Tensor> tensors)
      throws IOException {
    withFolder(
        folder -> {
          Path file = folder.resolve("t.st");
          Safetensors.write(file, tensors, Map.of());
          TensorFile read = Safetensors.read(file);
          assertEquals(List.copyOf(tensors.keySet()), read.names());
          assertEquals(WeightHash.of(tensors), WeightHash.of(read.tensors()));
          assertEquals(List.of(file), list(folder));
        });
  }

  private interface Body {
    void run(Path folder) throws IOException;
  }

  private static void withFolder(Body body) throws IOException {
    Path folder = Files.createTempDirectory("limbeck");
    try {
      body.run(folder);
    } finally {
      list(folder).forEach(SafetensorsProps::delete);
      Files.delete(folder);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
