package limbeck.engine.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void readsEveryKindOfValue() throws FormatException {
    Object value =
        Json.parse(" { \"b\" : [1, -2.5, true, false, null, \"x\"],\n\t\"a\":{} , \"\":[]}\r\n");
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("b", Arrays.asList(1L, -2.5, true, false, null, "x"));
    expected.put("a", Map.of());
    expected.put("", List.of());
    assertEquals(expected, value);
    assertEquals(List.of("b", "a", ""), List.copyOf(((Map<?, ?>) value).keySet()));
  }

  @Test
  void numbersAreLongWhereTheyCan() throws FormatException {
    assertEquals(0L, Json.parse("0"));
    assertEquals(Long.MAX_VALUE, Json.parse("9223372036854775807"));
    assertEquals(Long.MIN_VALUE, Json.parse("-9223372036854775808"));
    assertEquals(9223372036854775808.0, Json.parse("9223372036854775808"));
    assertEquals(1e30, Json.parse("1" + "0".repeat(30)));
    assertEquals(1.0, Json.parse("1.0"));
    assertEquals(100.0, Json.parse("1E+2"));
    assertEquals(-0.0, Json.parse("-0"));
    assertEquals(0.0, Json.parse("1e-400"));
    assertEquals(Double.MAX_VALUE, Json.parse("1.7976931348623157e308"));
  }

  @Test
  void stringsAndEscapes() throws FormatException {
    assertEquals(
        "\"\\/\b\f\n\r\té€😀\u0000",
        Json.parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u20AC\\ud83d\\uDE00\\u0000\""));
    assertEquals("aé€😀\u007f\u2028", Json.parse("\"aé€😀\u007f\u2028\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "\"",
        "\"\\",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\x\"",
        "tru",
        "nul",
        "True",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\":1,}",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{1:1}",
        "{'a':1}",
        "01",
        "-",
        "+1",
        ".5",
        "1.",
        "1e",
        "1e+",
        "0x10",
        "NaN",
        "Infinity",
        "-Infinity",
        "1e999",
        "1 2",
        "[1]]",
        "{}{}",
        "// c\n1",
        "/* c */1",
        "\"\n\"",
        "\"\t\"",
        "\"\u0000\"",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800\\u0041\"",
        "\"\\ud800x\"",
        "\"\\ud800\\n\"",
        "\"\\udc00\\ud800\"",
        "\uFEFF1",
        "--1",
        "-01",
        "00",
        "1.e1",
        "[1,,2]",
        "truefalse",
        "\u00a01",
        "[\u000b]"
      })
  void rejectsWhatIsNotJson(String text) {
    var e = assertThrows(FormatException.class, () -> Json.parse(text));
    assertTrue(
        e.getMessage().matches("json: line \\d+, column \\d+: [^\\p{Cntrl}]+"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1,\\n  2 3]|json: line 2, column 5: expected ',' or ']' but found '3'",
        "{\"é\" 1}|json: line 1, column 6: expected ':' but found '1'",
        "{\"a\":1,\"a\":2}|json: line 1, column 12: key \"a\" appears twice in one object",
        "[1|json: line 1, column 3: expected ',' or ']' but found the end of the text",
        "[1,]|json: line 1, column 4: comma before ']'",
        "007|json: line 1, column 2: number with a leading zero",
        "1e400|json: line 1, column 1: number beyond the range of double",
        "[\"abc|json: line 1, column 2: string without a closing quote",
        "[\"a\\ud83d\"]|json: line 1, column 4: lone surrogate \\ud83d",
      })
  void errorsSayWhere(String text, String message) {
    String unescaped = text.replace("\\n", "\n");
    var e = assertThrows(FormatException.class, () -> Json.parse(unescaped));
    assertEquals(message, e.getMessage());
  }

  @Test
  void rejectsBytesThatAreNotUtf8() {
    int[][] bad = {
      {0x80},
      {0xc0, 0x80},
      {0xc3},
      {0xe2, 0x82},
      {0xed, 0xa0, 0x80},
      {0xf4, 0x90, 0x80, 0x80},
      {0xff},
      {0xf0, 0x80, 0x80, 0x80},
      {0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80}
    };
    for (int[] sequence : bad) {
      byte[] text = new byte[sequence.length + 3];
      text[0] = '"';
      text[1] = 'x';
      for (int i = 0; i < sequence.length; i++) {
        text[2 + i] = (byte) sequence[i];
      }
      text[text.length - 1] = '"';
      var e = assertThrows(FormatException.class, () -> Json.parse(text, Json.Limits.DEFAULT));
      assertEquals("json: line 1, column 3: invalid UTF-8", e.getMessage());
    }
    var e = assertThrows(FormatException.class, () -> Json.parse("\"\ud800\""));
    assertTrue(e.getMessage().contains("lone surrogate"), e.getMessage());
  }

  @Test
  void limitsHold() throws FormatException {
    Json.Limits small = new Json.Limits(3, 20, 5);
    assertEquals(List.of(List.of(List.of())), Json.parse(utf8("[[[]]]"), small));
    assertLimit("[[[[]]]]", small, "nested deeper than the limit of 3 levels");
    assertEquals(4, ((List<?>) Json.parse(utf8("[1,2,3,4]"), small)).size());
    assertLimit("[1,2,3,4,5]", small, "more than 5 values, the limit");
    assertLimit("\"" + "a".repeat(19) + "\"", small, "longer than the limit of 20 bytes");
    assertThrows(FormatException.class, () -> Json.parse("[".repeat(10_000_000)));
    assertThrows(IllegalArgumentException.class, () -> new Json.Limits(1001, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Json.Limits(0, 1, 1));
  }

  private static void assertLimit(String text, Json.Limits limits, String message) {
    var e = assertThrows(FormatException.class, () -> Json.parse(utf8(text), limits));
    assertTrue(e.getMessage().endsWith(message), e.getMessage());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void writesCompact() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("z", Arrays.asList(1, 2L, (short) 3, (byte) 4, 0.5, 0.5f, 0.1f, null, true));
    map.put("a\"\\\b\f\n\r\t\u0001/é😀", Map.of());
    map.put("e", List.of());
    assertEquals(
        "{\"z\":[1,2,3,4,0.5,0.5,0.1,null,true],"
            + "\"a\\\"\\\\\\b\\f\\n\\r\\t\\u0001/é😀\":{},\"e\":[]}",
        Json.write(map));
  }

  @Test
  void writesPretty() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", "student");
    map.put("sizes", List.of(784, 32, 10));
    map.put("empty", List.of());
    map.put("none", Map.of());
    map.put("nested", List.of(List.of(1, 2), Map.of("k", 1.0)));
    assertEquals(
        """
        {
          "name": "student",
          "sizes": [784, 32, 10],
          "empty": [],
          "none": {},
          "nested": [
            [1, 2],
            {
              "k": 1.0
            }
          ]
        }\
        """,
        Json.pretty(map));
  }

  @Test
  void prettyBreaksArraysBeyondEightyColumns() {
    List<String> fits = List.of("a".repeat(76));
    assertEquals("[\"" + "a".repeat(76) + "\"]", Json.pretty(fits));
    assertEquals("[\n  \"" + "a".repeat(77) + "\"\n]", Json.pretty(List.of("a".repeat(77))));
    List<Integer> many = Collections.nCopies(27, 7);
    assertEquals(27 + 1, Json.pretty(many).lines().count() - 1);
    assertEquals(1, Json.pretty(many.subList(0, 26)).lines().count());
  }

  @Test
  void mapsWithoutAnOrderAreSorted() {
    Map<String, Object> hash = new HashMap<>();
    Map<String, Integer> sorted = new LinkedHashMap<>();
    for (int i = 0; i < 100; i++) {
      hash.put("k" + i * 7919 % 100, 1);
    }
    hash.keySet().stream().sorted().forEach(key -> sorted.put(key, 1));
    assertEquals(Json.write(sorted), Json.write(hash));
    assertEquals(Json.write(sorted), Json.write(Map.copyOf(hash)));
    assertEquals("{\"b\":1,\"a\":2}", Json.write(linked("b", 1, "a", 2)));
  }

  private static Map<String, Object> linked(String k1, Object v1, String k2, Object v2) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(k1, v1);
    map.put(k2, v2);
    return map;
  }

  @Test
  void refusesWhatHasNoJsonForm() {
    List<Object> self = new ArrayList<>();
    self.add(self);
    for (Object bad :
        List.of(
            Double.NaN,
            Float.POSITIVE_INFINITY,
            "\ud800",
            "a\udc00b",
            'c',
            new int[1],
            Map.of(1, 2),
            self,
            Map.of("\udbff", 1))) {
      var e = assertThrows(IllegalArgumentException.class, () -> Json.write(bad));
      assertTrue(e.getMessage().startsWith("json: "), e.getMessage());
      assertThrows(IllegalArgumentException.class, () -> Json.pretty(bad));
    }
  }

  @Test
  void readsFiles(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("recipe.json");
    Files.writeString(file, "{\"epochs\": 3}\n");
    assertEquals(Map.of("epochs", 3L), Json.read(file));
    Files.writeString(file, "{\"epochs\": }\n");
    var e = assertThrows(FormatException.class, () -> Json.read(file));
    assertEquals(
        "json: " + file + ": line 1, column 12: expected a value but found '}'", e.getMessage());
    assertFalse(e.getMessage().contains("\n"));
  }
}
