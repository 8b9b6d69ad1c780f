package limbeck.engine.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import limbeck.engine.exec.Workers;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.NonFinite;
import limbeck.engine.op.CustomOp;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.Relu;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs in files: the same program back, and a clear refusal of anything else. */
class ProgramFileTest {
  @TempDir Path folder;
  private Path file;
  private String json;

  @BeforeEach
  void save() throws IOException {
    file = folder.resolve("model.safetensors");
    Networks.branched().save(file, Map.of("made.by", "a test"));
    json = Checkpoints.loadOnly(file).metadata().get(ProgramFile.KEY);
  }

  private static float[] run(Program p) {
    float[] out = new float[3 * Networks.OUT];
    p.runner(Workers.inline()).run(Networks.inputs(3), out);
    return out;
  }

  /** A file with the constants of the program and other steps. */
  private Path with(String steps) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Program.Constant c : Networks.branched().constants()) {
      tensors.put(c.name(), c.value());
    }
    Path changed = folder.resolve("changed.safetensors");
    Checkpoints.save(changed, tensors, Map.of(ProgramFile.KEY, steps));
    return changed;
  }

  private void assertRefuses(String message, String from, String to) throws IOException {
    assertTrue(json.contains(from), json);
    Path changed = with(json.replace(from, to));
    IOException e = assertThrows(FormatException.class, () -> Program.load(changed));
    assertTrue(e.getMessage().startsWith(changed + ": program"), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void comesBackAsItWas() throws IOException {
    Program loaded = Program.load(file);
    assertArrayEquals(run(Networks.branched()), run(loaded));
    assertEquals(Networks.branched().steps().size(), loaded.steps().size());
    assertEquals(Shape.of(Networks.IN), loaded.example());
  }

  @Test
  void weightsThatAreNotFinite() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Program.Constant c : Networks.branched().constants()) {
      tensors.put(c.name(), c.value());
    }
    tensors.get("b2").set(3, Double.NaN);
    Path broken = folder.resolve("broken.safetensors");
    Checkpoints.save(broken, tensors, Map.of(ProgramFile.KEY, json));
    IOException e =
        assertThrows(FormatException.class, () -> Program.load(broken, NonFinite.REJECT));
    assertEquals(
        "safetensors: " + broken + ": tensor \"b2\" has NaN at element 3 of [5]", e.getMessage());
    assertTrue(Float.isNaN(run(Program.load(broken, NonFinite.ALLOW))[0]));
    assertTrue(Float.isNaN(run(Program.load(broken))[0]));
  }

  @Test
  void weightsWithoutAProgram() throws IOException {
    Path weights = folder.resolve("weights.safetensors");
    Checkpoints.save(weights, Map.of("w", Tensor.zeros(DType.F32, Shape.of(2))), Map.of());
    IOException e = assertThrows(FormatException.class, () -> Program.load(weights));
    assertTrue(e.getMessage().contains("holds weights but no program"), e.getMessage());
  }

  @Test
  void wrongMembers() throws IOException {
    assertRefuses("program: json: line 1, column ", "{\"version\":2", "{\"version\"2");
    assertRefuses("version 4, this build reads 1 to 3", "\"version\":2", "\"version\":4");
    assertRefuses("input type \"F16\" is none of", "\"F32\"", "\"F16\"");
    assertRefuses("this version knows no op \"evil\"", "\"tanh\"", "\"evil\"");
    assertRefuses("member \"temperature\" is missing", "\"temperature\"", "\"warmth\"");
    assertRefuses("member \"in\" is not made of whole numbers", "[0,1,2]", "[0,1,2.5]");
    assertRefuses("member \"steps\" is missing", "\"steps\"", "\"staps\"");
    assertRefuses("member \"example\" is not made of whole numbers", "[37]", "[99999999999]");
  }

  @Test
  void wrongReferencesAndShapes() throws IOException {
    assertRefuses("reads value 77", "[0,1,2]", "[77,1,2]");
    assertRefuses("reads value -1", "[0,1,2]", "[-1,1,2]");
    assertRefuses("linear", "[0,1,2]", "[0,3,2]");
    assertRefuses("linear", "[0,1,2]", "[0,1]");
    assertRefuses("two constants are named \"w1\"", "\"b2\"", "\"w1\"");
    assertRefuses("temperature", "\"temperature\":2", "\"temperature\":-2");
    assertRefuses("has more than 2147483647 elements", "[37]", "[2147483647,2147483647]");
  }

  /** An op of the user's that has the name of one of ours, and does something else. */
  private record Doubling() implements CustomOp {
    @Override
    public OpSpec spec() {
      return new Relu().spec();
    }

    @Override
    public Shape infer(Shape... in) {
      return in[0];
    }

    @Override
    public void forward(OpContext c, Tensor[] in, Tensor out) {
      c.rows(out).scale(in[0], 0, 2, out, 0, out.size());
    }

    @Override
    public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
      c.rows(out).scale(gradOut, 0, 2, gradIn[0], 0, out.size());
    }
  }

  @Test
  void aCustomOpIsNotTakenForOursOfItsName() {
    Program.Builder b = Program.builder(DType.F32, Shape.of(3));
    b.step(new Doubling(), 0);
    Program custom = b.build();
    Path target = folder.resolve("custom");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> custom.save(target, Map.of()));
    assertTrue(e.getMessage().contains("op relu cannot be saved"), e.getMessage());
    assertFalse(Files.exists(target));
  }

  /** {@code Map.of} has another order in every JVM; one of two entries shows it in half of them. */
  @Test
  void metadataWithoutAnOrderIsSorted() throws IOException {
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 40; i++) {
      many.put("key" + i * 7919 % 1000, "x");
    }
    Path sorted = folder.resolve("sorted");
    Networks.branched().save(sorted, many);
    List<String> keys = new ArrayList<>(Checkpoints.loadOnly(sorted).metadata().keySet());
    keys.removeIf(key -> !key.startsWith("key"));
    assertEquals(new ArrayList<>(new TreeSet<>(many.keySet())), keys);
  }

  @Test
  void aMissingConstant() throws IOException {
    Path changed = with(json.replace("\"b2\"", "\"b3\""));
    IOException e = assertThrows(IOException.class, () -> Program.load(changed));
    assertTrue(e.getMessage().contains("b3"), e.getMessage());
  }

  /**
   * Whatever stands in the steps, loading ends well or with an IOException, and what loads runs, or
   * says that the shapes do not fit.
   */
  @Test
  void anyChangeIsRefusedOrHarmless() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    String signs = "0123456789-.,:[]{}\"abefilmnrstuxE \\";
    int refused = 0;
    for (int i = 0; i < 600; i++) {
      StringBuilder changed = new StringBuilder(json);
      int edits = 1 + random.nextInt(3);
      for (int k = 0; k < edits; k++) {
        int at = random.nextInt(changed.length());
        changed.setCharAt(at, signs.charAt(random.nextInt(signs.length())));
      }
      refused += refuses(with(changed.toString())) ? 1 : 0;
    }
    assertTrue(refused > 400, refused + " refused");
  }

  private static boolean refuses(Path changed) {
    try {
      Program program = Program.load(changed);
      for (int batch : new int[] {1, 3}) {
        Tensor in = Tensor.zeros(program.inputType(), program.inputs().get(0).batch(batch));
        Tensor out = Tensor.zeros(DType.F32, program.outputShape(batch));
        program.runner(Workers.inline()).run(in, out);
      }
      return false;
    } catch (IOException e) {
      return true;
    } catch (ShapeException e) {
      return false;
    }
  }

  @Test
  void cutOrChangedBytes() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 7, 8, 100, whole.length / 2, whole.length - 1}) {
      Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
      assertThrows(IOException.class, () -> Program.load(cut), "cut to " + length);
    }
    byte[] turned = whole.clone();
    turned[whole.length - 5] ^= 4;
    Path changed = Files.write(folder.resolve("turned"), turned);
    IOException e = assertThrows(IOException.class, () -> Program.load(changed));
    assertTrue(e.getMessage().contains("damaged"), e.getMessage());
  }

  @Test
  void lossesAreNotStored() {
    Program.Builder b = Program.builder(DType.F32, Shape.of(3));
    int labels = b.constant("labels", Tensor.of(Shape.of(1), 2));
    b.step(new CrossEntropy(), 0, labels);
    Program p = b.build();
    assertThrows(IllegalArgumentException.class, () -> p.save(folder.resolve("x"), Map.of()));
  }
}
