package limbeck.engine.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonProps {
  @Provide
  Arbitrary<Object> values() {
    return values(3);
  }

  private static Arbitrary<Object> values(int levels) {
    Arbitrary<Object> scalars =
        Arbitraries.oneOf(
            text().map(s -> (Object) s),
            Arbitraries.longs().map(n -> (Object) n),
            Arbitraries.longs()
                .map(Double::longBitsToDouble)
                .filter(Double::isFinite)
                .map(d -> (Object) d),
            Arbitraries.of(true, false).map(b -> (Object) b),
            Arbitraries.just((Object) null));
    if (levels == 0) {
      return scalars;
    }
    Arbitrary<Object> inner = values(levels - 1);
    return Arbitraries.oneOf(
        scalars,
        inner.list().ofMaxSize(4).map(list -> (Object) list),
        Arbitraries.maps(text(), inner).ofMaxSize(4).map(m -> (Object) new LinkedHashMap<>(m)));
  }

  private static Arbitrary<String> text() {
    return Arbitraries.strings()
        .ofMaxLength(8)
        .filter(s -> StandardCharsets.UTF_8.newEncoder().canEncode(s));
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenReadsBackEqual(@ForAll("values") Object value) throws FormatException {
    String compact = Json.write(value);
    assertEquals(value, Json.parse(compact));
    assertEquals(value, Json.parse(Json.pretty(value)));
    assertEquals(compact, Json.write(Json.parse(compact)));
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void damagedTextGivesAValueOrOneError(
      @ForAll("values") Object value, @ForAll int where, @ForAll byte what, @ForAll boolean cut) {
    byte[] text =
        Json.write(Map.of("v", value == null ? "" : value)).getBytes(StandardCharsets.UTF_8);
    int at = Math.floorMod(where, text.length);
    byte[] damaged = cut ? java.util.Arrays.copyOf(text, at) : text;
    if (!cut) {
      damaged[at] = what;
    }
    assertValueOrError(damaged);
  }

  @Property(tries = 2000)
  void anyBytesGiveAValueOrOneError(@ForAll byte[] bytes) {
    assertValueOrError(bytes);
  }

  /**
   * Whatever is accepted is written again without loss; whatever is not has an error of one line.
   */
  private static void assertValueOrError(byte[] bytes) {
    try {
      Object value = Json.parse(bytes, Json.Limits.DEFAULT);
      assertEquals(value, Json.parse(Json.write(value)));
    } catch (FormatException e) {
      assertTrue(
          e.getMessage().matches("json: line \\d+, column \\d+: [^\\p{Cntrl}]+"), e.getMessage());
    }
  }
}
