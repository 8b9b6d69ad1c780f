package limbeck.engine.program;

import static limbeck.engine.program.OutputsTest.assertSame;
import static limbeck.engine.program.OutputsTest.many;
import static limbeck.engine.program.OutputsTest.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.exec.Workers;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.FormatException;
import limbeck.engine.op.Relu;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What version 3 of the format adds: outputs, and inputs without a batch. */
class OutputFileTest {
  @TempDir Path folder;

  private String json(Program program) throws IOException {
    Path file = folder.resolve("saved");
    program.save(file, Map.of());
    return Checkpoints.loadOnly(file).metadata().get(ProgramFile.KEY);
  }

  @Test
  void outputsComeBack() throws IOException {
    Program program = many();
    assertTrue(json(program).startsWith("{\"version\":3,"), json(program));
    Program loaded = Program.load(folder.resolve("saved"));
    assertEquals(program.outputs(), loaded.outputs());
    Tensor in = Networks.normal(4, 3, OutputsTest.WIDTH);
    assertSame(Eager.outputs(program, in), run(loaded.runner(Workers.inline()), in));
  }

  @Test
  void wholeInputsComeBack() throws IOException {
    Program program = WholeInputsTest.lookup();
    String json = json(program);
    assertTrue(json.startsWith("{\"version\":3,"), json);
    assertTrue(json.contains("\"free\":[0],\"batched\":false}"), json);
    Program loaded = Program.load(folder.resolve("saved"));
    assertEquals(program.inputs(), loaded.inputs());
    assertEquals(program.outputs(), loaded.outputs());
    Tensor[] in = WholeInputsTest.inputs(6, 2, 5);
    assertSame(Eager.outputs(program, in), run(loaded.runner(Workers.inline()), in));
  }

  /** So that builds that know no more can read them. */
  @Test
  void plainProgramsAreOfVersionTwo() throws IOException {
    String json = json(Networks.branched());
    assertTrue(json.startsWith("{\"version\":2,"), json);
    assertTrue(!json.contains("outputs") && !json.contains("batched"), json);
    assertEquals(List.of(10), Program.load(folder.resolve("saved")).outputs());
    Program.Builder b = Program.builder(DType.F32, Shape.of(3));
    int first = b.step(new Relu(), 0);
    int last = b.step(new Relu(), first);
    assertTrue(json(b.build(last)).startsWith("{\"version\":2,"));
    assertTrue(json(b.build(first)).startsWith("{\"version\":3,"));
    assertTrue(json(b.build(last, last)).startsWith("{\"version\":3,"));
  }

  private void assertRefuses(Program program, String message, String from, String to)
      throws IOException {
    String json = json(program);
    assertTrue(json.contains(from), json);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Program.Constant c : program.constants()) {
      tensors.put(c.name(), c.value());
    }
    Path file = folder.resolve("changed");
    Checkpoints.save(file, tensors, Map.of(ProgramFile.KEY, json.replace(from, to)));
    String said = assertThrows(FormatException.class, () -> Program.load(file)).getMessage();
    assertTrue(said.startsWith(file + ": program"), said);
    assertTrue(said.contains(message), said);
    assertEquals(1, said.lines().count());
  }

  @Test
  void wrongOutputs() throws IOException {
    Program.Builder b = Program.builder(DType.F32, Shape.of(3));
    b.constant("c", Networks.normal(1, 3));
    int first = b.step(new Relu(), 0);
    Program program = b.build(first, b.step(new Relu(), first));
    String outputs = "\"outputs\":[2,3]";
    String range = " is no result of a step: these are values 2 to 3";
    assertRefuses(program, "output 4" + range, outputs, "\"outputs\":[2,4]");
    assertRefuses(program, "output -1" + range, outputs, "\"outputs\":[-1]");
    assertRefuses(program, "output 0" + range, outputs, "\"outputs\":[3,0]");
    assertRefuses(program, "output 1" + range, outputs, "\"outputs\":[1]");
    assertRefuses(program, "no outputs", outputs, "\"outputs\":[]");
    assertRefuses(program, "member \"outputs\" is missing", outputs, "\"results\":[2,3]");
    assertRefuses(program, "member \"outputs\" is missing", outputs, "\"outputs\":null");
    assertRefuses(program, "member \"outputs\" is not a list", outputs, "\"outputs\":2");
    String numbers = "member \"outputs\" is not made of whole numbers";
    assertRefuses(program, numbers, outputs, "\"outputs\":[2.5]");
    assertRefuses(program, numbers, outputs, "\"outputs\":[\"2\"]");
    assertRefuses(program, numbers, outputs, "\"outputs\":[[2]]");
    assertRefuses(program, numbers, outputs, "\"outputs\":[4294967298]"); // 2³² + 2
    String later = "version 4, this build reads 1 to 3";
    assertRefuses(program, later, "\"version\":3", "\"version\":4");
    assertRefuses(program, "version 2.5, this build", "\"version\":3", "\"version\":2.5");
  }

  @Test
  void wrongWholeInputs() throws IOException {
    Program program = WholeInputsTest.lookup();
    String batched = "\"batched\":false";
    String flag = "member \"batched\" is not true or false";
    assertRefuses(program, flag, batched, "\"batched\":0");
    assertRefuses(program, flag, batched, "\"batched\":\"false\"");
    assertRefuses(program, "member \"batched\" is missing", batched, "\"batched\":null");
    assertRefuses(program, "has 9 axes; at most 8", "\"example\":[10,4]", "\"example\":" + axes(9));
  }

  private static List<Integer> axes(int count) {
    return Collections.nCopies(count, 1);
  }
}
