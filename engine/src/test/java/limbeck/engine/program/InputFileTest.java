package limbeck.engine.program;

import static limbeck.engine.program.InputsTest.IN;
import static limbeck.engine.program.InputsTest.OUT;
import static limbeck.engine.program.InputsTest.inputs;
import static limbeck.engine.program.InputsTest.run;
import static limbeck.engine.program.InputsTest.twoSequences;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import limbeck.engine.exec.Workers;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.FormatException;
import limbeck.engine.op.Linear;
import limbeck.engine.op.Relu;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inputs in the files of programs, of this version and of the first. */
class InputFileTest {
  @TempDir private Path folder;

  @Test
  void comesBackAsItWas() throws IOException {
    Path file = folder.resolve("two.safetensors");
    twoSequences().save(file, Map.of());
    Program loaded = Program.load(file);
    assertEquals(twoSequences().inputs(), loaded.inputs());
    Tensor[] in = inputs(3, 9);
    assertArrayEquals(
        run(twoSequences().runner(Workers.inline()), in), run(loaded.runner(Workers.inline()), in));
    assertEquals(Shape.of(2, 4, OUT), loaded.outputShape(2)); // free axes as in the example
  }

  private static Path write(Path file, String program) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Program.Constant c : twoSequences().constants()) {
      tensors.put(c.name(), c.value());
    }
    Checkpoints.save(file, tensors, Map.of(ProgramFile.KEY, program));
    return file;
  }

  private void assertRefuses(String message, String from, String to) throws IOException {
    Path file = folder.resolve("two.safetensors");
    twoSequences().save(file, Map.of());
    String json = Checkpoints.loadOnly(file).metadata().get(ProgramFile.KEY);
    assertTrue(json.contains(from), json);
    Path changed =
        write(folder.resolve("changed.safetensors"), json.replaceFirst(quoted(from), to));
    IOException e = assertThrows(FormatException.class, () -> Program.load(changed));
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
  }

  private static String quoted(String text) {
    return Pattern.quote(text);
  }

  @Test
  void wrongInputsInFiles() throws IOException {
    assertRefuses("member \"inputs\" is missing", "\"inputs\"", "\"outputs\"");
    assertRefuses("two inputs are named \"a\"", "\"name\":\"b\"", "\"name\":\"a\"");
    assertRefuses("input name \"\" is no line", "\"name\":\"b\"", "\"name\":\"\"");
    assertRefuses("is no line of text", "\"name\":\"b\"", "\"name\":\"b\\\\u000ab\"");
    assertRefuses("input 0: member \"name\" is missing", "\"name\"", "\"nome\"");
    assertRefuses("input type \"F16\" is none of", "\"F32\"", "\"F16\"");
    assertRefuses("free axes [2] are not", "\"free\":[0]", "\"free\":[2]");
    assertRefuses("member \"free\" is missing", "\"free\"", "\"bound\"");
    assertRefuses("member \"free\" is not a list", "\"free\":[0]", "\"free\":0");
    assertRefuses("has a negative axis", "\"example\":[4", "\"example\":[-4");
    assertRefuses("leave room for the batch", "\"example\":[4", "\"example\":[1,1,1,1,1,1,4");
    assertRefuses("input 0: not a JSON object", "\"inputs\":[", "\"inputs\":[7,");
    assertRefuses("no inputs", "\"inputs\":[", "\"inputs\":[],\"others\":[");
  }

  /** What version 1 wrote for a program of one input. */
  @Test
  void filesOfVersionOneAreRead() throws IOException {
    String json =
        "{\"version\":1,\"input\":\"F32\",\"example\":[6],\"constants\":[\"w\",\"c\"],\"steps\":"
            + "[{\"op\":\"linear\",\"in\":[0,1,2]},{\"op\":\"relu\",\"in\":[3]}]}";
    Program program = Program.load(write(folder.resolve("old.safetensors"), json));
    assertEquals(List.of(Input.of("x", DType.F32, Shape.of(6))), program.inputs());
    Program.Builder b = Program.builder(DType.F32, Shape.of(6));
    int w = b.constant("w", Networks.normal(1, OUT, IN));
    int c = b.constant("c", Networks.normal(3, OUT));
    b.step(new Relu(), b.step(new Linear(), 0, w, c));
    Tensor x = Networks.normal(4, 3, IN);
    assertArrayEquals(
        run(b.build().runner(Workers.inline()), x), run(program.runner(Workers.inline()), x));
  }
}
