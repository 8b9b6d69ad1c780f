package limbeck.engine.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose hash is right and whose int8 weights are not. */
class NarrowWeightsHostileTest {
  private static final Tensor CODES = Tensor.of(Shape.of(2, 2), 127, -127, 0, 3);
  private static final Tensor SCALES = Tensor.of(Shape.of(2), 0.5f, 2f);

  @TempDir Path folder;
  private Path file;
  private String description;

  @BeforeEach
  void write() throws Exception {
    file = folder.resolve("model.st");
    Map<String, Tensor> tensors = Map.of("w", Tensor.of(Shape.of(2, 2), 1f, 2f, 3f, 4f));
    NarrowWeights.save(file, tensors, Set.of("w"), WeightType.INT8, Map.of());
    description = Safetensors.read(file).metadata().get(NarrowWeights.KEY);
  }

  private TensorFile stored(
      Tensor codes, StoredType type, String scaleName, Tensor scales, String text)
      throws Exception {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("w", codes);
    tensors.put(scaleName, scales);
    Map<String, StoredType> types = type == null ? Map.of() : Map.of("w", type);
    Checkpoints.save(file, tensors, types, Map.of(NarrowWeights.KEY, text));
    return Checkpoints.loadOnly(file);
  }

  private void refuses(TensorFile stored, String problem) {
    var e = assertThrows(FormatException.class, () -> NarrowWeights.widen(stored));
    assertEquals("safetensors: " + file + ": " + problem, e.getMessage());
  }

  @Test
  void theCasesBelowDifferFromAFileThatIsRead() throws Exception {
    TensorFile read = stored(CODES, StoredType.I8, "w.scale", SCALES, description);
    TensorFile wide = NarrowWeights.widen(read);
    assertEquals(List.of("w"), wide.names());
    assertEquals(Map.of(), wide.metadata());
    assertEquals(StoredType.I8, wide.stored("w"));
    assertEquals(
        WeightHash.of(Tensor.of(Shape.of(2, 2), 63.5f, -63.5f, 0f, 6f)),
        WeightHash.of(wide.tensor("w")));
    assertSame(wide, NarrowWeights.widen(wide));
  }

  @Test
  void scalesThatAreMissingOrDoNotFit() throws Exception {
    refuses(
        stored(CODES, StoredType.I8, "w.scales", SCALES, description),
        "no tensor \"w.scale\"; it has \"w\", \"w.scales\"");
    for (Shape shape : List.of(Shape.of(1), Shape.of(2, 1), Shape.SCALAR, Shape.of(0))) {
      Tensor other = Tensor.zeros(SCALES.dtype(), shape);
      refuses(
          stored(CODES, StoredType.I8, "w.scale", other, description),
          "tensor \"w\"[2, 2] needs scales [2], found " + shape);
    }
    refuses(
        stored(CODES, StoredType.I8, "w.scale", Tensor.of(Shape.of(2), 1, 2), description),
        "tensor \"w.scale\" is stored as I32, needed as F32 for weights of int8");
    refuses(
        stored(Tensor.of(Shape.SCALAR, 1), StoredType.I8, "w.scale", SCALES, description),
        "tensor \"w\" has no axis for its scales");
  }

  @ParameterizedTest
  @ValueSource(
      floats = {
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        -1f,
        -Float.MIN_VALUE,
        Float.MAX_VALUE,
        3e36f
      })
  void scalesThatAreNone(float scale) throws Exception {
    Tensor scales = Tensor.of(Shape.of(2), 1f, scale);
    TensorFile stored = stored(CODES, StoredType.I8, "w.scale", scales, description);
    var e = assertThrows(FormatException.class, () -> NarrowWeights.widen(stored));
    assertTrue(
        e.getMessage().contains("tensor \"w\" has the scale ")
            && e.getMessage().contains(" at element 1; scales are from 0 on"),
        e.getMessage());
  }

  @Test
  void codesThatAreNone() throws Exception {
    Tensor codes = Tensor.of(Shape.of(2, 2), 127, -127, 0, -128);
    refuses(
        stored(codes, StoredType.I8, "w.scale", SCALES, description),
        "tensor \"w\" has -128 at element 3; codes are -127 to 127");
    refuses(
        stored(CODES, null, "w.scale", SCALES, description),
        "tensor \"w\" is stored as I32, needed as I8 for weights of int8");
    Tensor floats = Tensor.of(Shape.of(2, 2), 1f, 2f, 3f, 4f);
    refuses(
        stored(floats, null, "w.scale", SCALES, description),
        "tensor \"w\" is stored as F32, needed as I8 for weights of int8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"version\":1}",
        "{\"version\":2,\"type\":\"int8\",\"scales\":{}}",
        "{\"version\":1.0,\"type\":\"int8\",\"scales\":{}}",
        "{\"version\":1,\"type\":\"int4\",\"scales\":{}}",
        "{\"version\":1,\"type\":\"int8\",\"scales\":[]}",
        "{\"version\":1,\"type\":\"int8\",\"scales\":{\"w\":1}}",
        "{\"version\":1,\"type\":\"int8\",\"scales\":{\"w\":\"w\"}}",
        "{\"version\":1,\"type\":\"int8\",\"scales\":{\"v\":\"w.scale\"}}",
        "{\"version\":1,\"type\":\"int8\",\"scales\":{\"w\":\"w.scale\",\"w\":\"w.scale\"}}"
      })
  void descriptionsThatAreNone(String text) throws Exception {
    TensorFile stored = stored(CODES, StoredType.I8, "w.scale", SCALES, text);
    var e = assertThrows(FormatException.class, () -> NarrowWeights.widen(stored));
    assertTrue(e.getMessage().startsWith("safetensors: " + file + ": "), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
  }
}
