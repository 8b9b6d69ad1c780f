package limbeck.kd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.FormatException;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.data.TensorInputs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedTeacherTest {
  private static final Tensor LOGITS = Tensor.of(Shape.of(3, 2), 1f, 2f, 3f, 4f, 5f, 6f);

  @TempDir Path folder;

  private static float[] rows(Teacher teacher, int... indices) {
    int n = indices.length;
    Batch batch =
        new Batch(
            Tensor.of(Shape.of(n, 1), new float[n]), Tensor.of(Shape.of(n), new int[n]), indices);
    Tensor t = teacher.logits(batch, new OpContext());
    return Arrays.copyOfRange(t.floats(), t.offset(), t.offset() + t.size());
  }

  @Test
  void givesTheRowsOfTheBatch() {
    Teacher teacher = new CachedTeacher(LOGITS);
    assertEquals(2, teacher.classes());
    assertArrayEquals(new float[] {5, 6, 1, 2, 5, 6}, rows(teacher, 2, 0, 2));
  }

  @Test
  void saysNothingOfMixedExamples() {
    Tensor one = Tensor.of(Shape.of(1, 2), 0.5f, 0.5f);
    Batch mixed = new Batch(new TensorInputs(one), null, new int[] {0}, Progress.START, one);
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () -> new CachedTeacher(LOGITS).logits(mixed, new OpContext()));
    assertEquals(
        "cached teacher: what was said of single examples is of no use for mixed ones",
        e.getMessage());
    assertThrows(IllegalStateException.class, mixed::labels);
  }

  @Test
  void comesBackFromItsFile() throws Exception {
    Path file = folder.resolve("logits.safetensors");
    new CachedTeacher(LOGITS).save(file, "data", "weights");
    CachedTeacher back = CachedTeacher.load(file, "data", "weights");
    assertArrayEquals(new float[] {3, 4}, rows(back, 1));
  }

  @Test
  void isOfOneTeacherAndOneDataSet() throws Exception {
    Path file = folder.resolve("logits.safetensors");
    new CachedTeacher(LOGITS).save(file, "data", "weights");
    for (String[] other : new String[][] {{"data", "others"}, {"others", "weights"}}) {
      FormatException e =
          assertThrows(FormatException.class, () -> CachedTeacher.load(file, other[0], other[1]));
      assertTrue(e.getMessage().contains("another teacher or of other data"), e.getMessage());
    }
  }

  @Test
  void noticesDamage() throws Exception {
    Path file = folder.resolve("logits.safetensors");
    new CachedTeacher(LOGITS).save(file, "data", "weights");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    assertThrows(FormatException.class, () -> CachedTeacher.load(file, "data", "weights"));
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertThrows(FormatException.class, () -> CachedTeacher.load(file, "data", "weights"));
  }

  @Test
  void refusesWhatAreNoLogits() throws Exception {
    Path file = folder.resolve("logits.safetensors");
    Map<String, String> facts = Map.of("data.sha256", "data", "teacher.sha256", "weights");
    Tensor counts = Tensor.of(Shape.of(2), 1, 2);
    Checkpoints.save(file, Map.of("logits", counts), facts);
    FormatException e =
        assertThrows(FormatException.class, () -> CachedTeacher.load(file, "data", "weights"));
    assertTrue(e.getMessage().contains("F32[examples, classes] expected"), e.getMessage());
  }
}
