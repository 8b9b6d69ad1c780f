package limbeck.engine.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import limbeck.engine.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that lie: each is refused with one line that says why, and takes no more memory than its
 * size allows.
 */
class SafetensorsHostileTest {
  private static final String F32_2 = StFile.tensor("a", "F32", "2", 0, 8);
  private static final int[] EIGHT = new int[8];

  private static void assertRefused(byte[] file, String why) {
    var e = assertThrows(FormatException.class, () -> Safetensors.parse(file, "x.st"));
    assertTrue(e.getMessage().startsWith("safetensors: x.st: "), e.getMessage());
    assertTrue(e.getMessage().contains(why), e.getMessage());
    assertTrue(e.getMessage().matches("[^\\p{Cntrl}]+"), e.getMessage());
  }

  private static void assertRefused(String header, int[] data, String why) {
    assertRefused(StFile.of(header, data), why);
  }

  @Test
  void theCasesBelowDifferFromAFileThatIsRead() throws Exception {
    TensorFile read = Safetensors.parse(StFile.of("{" + F32_2 + "}", EIGHT), "x.st");
    assertEquals(2, read.tensor("a").size());
  }

  @Test
  void headerLengths() {
    byte[] json = ("{" + F32_2 + "}").getBytes(StandardCharsets.UTF_8);
    assertRefused(new byte[0], "has 0 bytes; a safetensors file has at least 8");
    assertRefused(new byte[7], "has 7 bytes");
    assertRefused(new byte[8], "does not begin with '{'");
    assertRefused(StFile.of(-1, json, EIGHT), "declares a header of 18446744073709551615 bytes");
    assertRefused(
        StFile.of(Long.MIN_VALUE, json, EIGHT), "declares a header of 9223372036854775808 bytes");
    assertRefused(StFile.of(Long.MAX_VALUE, json, EIGHT), "the limit is 100000000");
    assertRefused(StFile.of(100_000_001, json, EIGHT), "the limit is 100000000");
    assertRefused(StFile.of(100_000_000, json, EIGHT), "but the file has " + (json.length + 16));
    assertRefused(StFile.of(json.length + 9, json, EIGHT), "it is cut short or damaged");
    assertRefused(StFile.of(json.length - 1, json, EIGHT), "the end of the text");
    assertRefused(
        StFile.of(json.length + 1, json, EIGHT),
        "expected the end of the text but found byte 0x00");
  }

  @Test
  void headersThatAreNotObjectsOfTensors() {
    assertRefused(" {}", new int[0], "does not begin with '{'");
    assertRefused("[]", new int[0], "does not begin with '{'");
    assertRefused("{}x", new int[0], "expected the end");
    assertRefused("{\"a\":1}", new int[0], "expected '{' but found '1'");
    assertRefused("{\"a\":{}}", new int[0], "tensor \"a\" needs dtype, shape and data_offsets");
    assertRefused("{\"a\":{\"dtype\":\"F32\",\"shape\":[]}}", new int[0], "needs dtype");
    assertRefused(
        "{" + F32_2.replace("}", ",\"more\":1}") + "}", EIGHT, "has the unknown key \"more\"");
    assertRefused("{" + F32_2.replace("}", ",\"dtype\":\"F32\"}") + "}", EIGHT, "has dtype twice");
    assertRefused("{" + F32_2.replace("F32", "F31") + "}", EIGHT, "has the unknown dtype \"F31\"");
    assertRefused("{" + F32_2.replace("\"F32\"", "32") + "}", EIGHT, "expected a string");
    assertRefused("{" + F32_2 + "," + F32_2 + "}", EIGHT, "name \"a\" appears twice");
    assertRefused(
        "{" + F32_2 + "," + F32_2.replace("\"a\"", "\"\\u0061\"") + "}", EIGHT, "appears twice");
    assertRefused("{\"\u00e9\\n\":{}}", new int[0], "tensor \"é\\u000a\" needs");
    assertRefused("{\"" + "n".repeat(500) + "\":{}}", new int[0], "n…\" needs");
  }

  @Test
  void metadataThatIsNotTexts() {
    assertRefused("{\"__metadata__\":[]}", new int[0], "expected '{'");
    assertRefused("{\"__metadata__\":{\"k\":1}}", new int[0], "expected a string but found '1'");
    assertRefused("{\"__metadata__\":{\"k\":{}}}", new int[0], "expected a string");
    assertRefused(
        "{\"__metadata__\":{\"k\":\"\",\"k\":\"\"}}",
        new int[0],
        "metadata key \"k\" appears twice");
    assertRefused("{\"__metadata__\":{},\"__metadata__\":{}}", new int[0], "appears twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "1.0",
        "1e0",
        "9223372036854775808",
        "-0",
        "null",
        "\"2\"",
        "[2]",
        "true",
        "{}"
      })
  void numbersThatAreNoSizes(String number) {
    String span = F32_2.replace("[0,8]", "[0," + number + "]");
    assertRefused(
        "{" + F32_2.replace("[2]", "[" + number + "]") + "}",
        EIGHT,
        "tensor \"a\" shape must be whole");
    assertRefused("{" + span + "}", EIGHT, "tensor \"a\" data_offsets must be whole");
  }

  @Test
  void shapesThatDoNotFit() {
    assertShape("3", "has 12 bytes, but its data_offsets 0..8 span 8");
    assertShape("", "has 4 bytes, but");
    assertShape("0", "has 0 bytes, but");
    assertShape("2147483648", "is too large; at most 2147483647 elements");
    assertShape("65536,65536", "is too large");
    assertShape("4294967296,4294967296", "is too large");
    assertShape("4294967296,1073741824,2", "is too large");
    assertShape("9223372036854775807,9223372036854775807,0", "is too large");
    // 2⁶⁴ + 2, which wraps to the two elements that the span has
    assertShape("2147483647,2147483647,2147483647,2147483647", "is too large");
    assertShape("2,1,1,1,1,1,1,1,1", "shape has more than 8 numbers, the limit");
    assertShape("1073741824,1", "has 4294967296 bytes");
  }

  private static void assertShape(String shape, String why) {
    assertRefused("{" + F32_2.replace("[2]", "[" + shape + "]") + "}", EIGHT, why);
  }

  @Test
  void spansThatDoNotFit() {
    assertSpans("needs dtype, shape and data_offsets [begin, end]", F32_2.replace("[0,8]", "[0]"));
    assertSpans("data_offsets has more than 2 numbers", F32_2.replace("[0,8]", "[0,8,8]"));
    assertSpans("begins at byte 8, after its end at 0", F32_2.replace("[0,8]", "[8,0]"));
    assertSpans("spans bytes 8..16 but the file has 8 bytes", F32_2.replace("[0,8]", "[8,16]"));
    assertSpans(
        "spans bytes 9223372036854775799..9223372036854775807 but the file has 8",
        F32_2.replace("[0,8]", "[9223372036854775799,9223372036854775807]"));
    assertSpans(
        "the tensors end at byte 4 of the data but the file has 8",
        StFile.tensor("a", "F32", "1", 0, 4));
    assertSpans("the tensors end at byte 0");
    assertSpans(
        "tensor \"a\" begins at byte 4 but what is before it ends at 0: holes",
        StFile.tensor("a", "F32", "1", 4, 8));
    assertSpans(
        "tensor \"b\" begins at byte 6 but tensor \"a\" ends at 4: holes",
        StFile.tensor("a", "F32", "1", 0, 4),
        StFile.tensor("b", "U8", "2", 6, 8));
    assertSpans(
        "tensor \"b\" begins at byte 4 but tensor \"a\" ends at 8: they overlap",
        F32_2,
        StFile.tensor("b", "F32", "1", 4, 8));
    assertSpans("they overlap", F32_2, F32_2.replace("\"a\"", "\"b\""));
  }

  private static void assertSpans(String why, String... tensors) {
    assertRefused("{" + String.join(",", tensors) + "}", EIGHT, why);
  }

  @Test
  void emptyTensorsLieBetweenTheOthersOnly() throws Exception {
    String e0 = StFile.tensor("e0", "F32", "0", 0, 0);
    String e1 = StFile.tensor("e1", "F64", "5,0", 0, 0);
    String e8 = StFile.tensor("e8", "I32", "2147483647,2147483647,0", 8, 8);
    byte[] file = StFile.of("{" + String.join(",", e8, F32_2, e1, e0) + "}", EIGHT);
    TensorFile read = Safetensors.parse(file, "x.st");
    assertEquals(List.of("e8", "a", "e1", "e0"), read.names());
    assertEquals(Shape.of(5, 0), read.tensor("e1").shape());
    assertEquals(0, read.tensor("e8").size());
    assertSpans("begins at byte 4 but", F32_2, StFile.tensor("e", "F32", "0", 4, 4));
    assertSpans(
        "spans bytes 12..12 but the file has 8", F32_2, StFile.tensor("e", "F32", "0", 12, 12));
  }

  @Test
  void deepNestingIsRefusedAtOnce() {
    String deep = "[".repeat(5_000_000);
    assertRefused("{\"a\":" + deep, new int[0], "expected '{' but found '['");
    assertRefused("{\"a\":{\"shape\":" + deep, new int[0], "must be whole numbers, but found '['");
    assertRefused("{\"a\":{\"x\":" + deep, new int[0], "unknown key \"x\"");
    assertRefused("{\"a\":" + "{\"a\":".repeat(1_000_000), new int[0], "unknown key \"a\"");
  }

  /** A file of a few bytes must not make the reader take gigabytes, whatever it declares. */
  @Test
  void declaredSizesTakeNoMemory() {
    byte[] json =
        ("{" + StFile.tensor("a", "F32", "2147483647", 0, 8589934588L) + "}")
            .getBytes(StandardCharsets.UTF_8);
    assertAllocatesLess(
        1 << 20,
        () ->
            assertRefused(
                StFile.of(json.length, json, EIGHT),
                "spans bytes 0..8589934588 but the file has 8"));
    assertAllocatesLess(
        1 << 20, () -> assertRefused(StFile.of(99_999_999, json, EIGHT), "cut short"));
  }

  /** A file that is as large as it says, but all hole on the disk. */
  @Test
  void sparseFilesAreHeldAgainstTheHeap(@TempDir Path folder) throws IOException {
    long elements = Integer.MAX_VALUE;
    int tensors = (int) (Runtime.getRuntime().maxMemory() / (8 * elements)) + 1;
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < tensors; i++) {
      header
          .append(i == 0 ? "" : ",")
          .append(
              StFile.tensor(
                  "t" + i, "F64", elements + "", i * 8L * elements, (i + 1) * 8L * elements));
    }
    Path file = folder.resolve("sparse.st");
    Files.write(file, StFile.of(header.append("}").toString()));
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(sparse.length() + tensors * 8L * elements);
    }
    assertAllocatesLess(
        1 << 20,
        () -> {
          var e = assertThrows(FormatException.class, () -> Safetensors.read(file));
          assertTrue(e.getMessage().endsWith("; raise it with -Xmx"), e.getMessage());
        });
  }

  @Test
  void aMillionTensorsAreReadAndNoMore() throws Exception {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < 1_000_000; i++) {
      header
          .append('"')
          .append(i)
          .append("\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},");
    }
    header.setCharAt(header.length() - 1, '}');
    byte[] most = StFile.of(header.toString());
    // per tensor: a few dozen temporaries of reading its 50 bytes, and about ten small
    // objects that stay
    assertAllocatesLess(
        2_000_000_000L,
        () ->
            assertTimeoutPreemptively(
                Duration.ofMinutes(2),
                () -> assertEquals(1_000_000, Safetensors.parse(most, "x.st").names().size())));
    header.insert(1, StFile.tensor("x", "F32", "0", 0, 0) + ",");
    assertRefused(StFile.of(header.toString()), "more than 1000000 tensors, the limit");
  }

  /** Their header would be longer than is allowed: it is refused before a byte of it is read. */
  @Test
  void tenMillionTensorsAreRefusedByTheirHeader() {
    long header = 10_000_000L * StFile.tensor("0", "I8", "", 0, 1).length();
    assertAllocatesLess(
        1 << 20,
        () ->
            assertRefused(
                StFile.of(header, "{".getBytes(StandardCharsets.UTF_8)),
                "declares a header of " + header + " bytes; the limit is 100000000"));
  }

  /** A byte of the file may become four of memory, and these are counted. */
  @Test
  void widenedSizesAreHeldAgainstTheHeap(@TempDir Path folder) throws IOException {
    long heap = Runtime.getRuntime().maxMemory();
    int tensors = (int) (heap / (4L * Integer.MAX_VALUE)) + 1;
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < tensors; i++) {
      long begin = (long) i * Integer.MAX_VALUE;
      header
          .append(i == 0 ? "" : ",")
          .append(StFile.tensor("t" + i, "I8", "2147483647", begin, begin + Integer.MAX_VALUE));
    }
    Path file = folder.resolve("bytes.st");
    Files.write(file, StFile.of(header.append("}").toString()));
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(sparse.length() + (long) tensors * Integer.MAX_VALUE);
    }
    assertAllocatesLess(
        1 << 20,
        () -> {
          var e = assertThrows(FormatException.class, () -> Safetensors.read(file));
          assertTrue(e.getMessage().endsWith("; raise it with -Xmx"), e.getMessage());
        });
  }

  @Test
  void namesThatHashAlikeAreNotSlow() {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < 1 << 16; i++) {
      StringBuilder name = new StringBuilder();
      for (int bit = 0; bit < 16; bit++) {
        name.append((i >> bit & 1) == 0 ? "Aa" : "BB"); // equal hash codes
      }
      header.append(i == 0 ? "" : ",").append(StFile.tensor(name.toString(), "F32", "0", 0, 0));
    }
    byte[] file = StFile.of(header.append("}").toString());
    // seconds where comparing each with all would take many minutes
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> assertEquals(1 << 16, Safetensors.parse(file, "x.st").names().size()));
  }

  @Test
  void devicesAndFoldersAreRefused(@TempDir Path folder) {
    var e = assertThrows(FormatException.class, () -> Safetensors.read(folder));
    assertTrue(e.getMessage().endsWith("is not a regular file"), e.getMessage());
  }

  private static void assertAllocatesLess(long limit, Runnable body) {
    long before = Allocation.soFar();
    body.run();
    long used = Allocation.soFar() - before;
    assertTrue(used < limit, used + " bytes allocated, allowed " + limit);
  }
}
