package limbeck.kd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.Json;
import limbeck.engine.io.onnx.OnnxExport;
import limbeck.engine.op.Linear;
import limbeck.engine.op.Normalize;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code import}, {@code export}, {@code inspect} and {@code onnx test}. */
class OnnxCommandsTest {
  private static final String SEE = " (see limbeck import --help)";

  @TempDir Path folder;
  private Path model;
  private Path onnx;

  @BeforeEach
  void files() throws IOException {
    Program.Builder b = Program.builder(DType.F32, Shape.of(2));
    int w = b.constant("w", Tensor.of(Shape.of(3, 2), 1f, 2, 3, 4, 5, 6));
    int bias = b.constant("bias", Tensor.of(Shape.of(3), 0f, 1, 0));
    b.step(new Linear(), 0, w, bias);
    model = folder.resolve("model.safetensors");
    onnx = folder.resolve("model.onnx");
    ModelFile.save(model, b.build(), List.of("a", "b", "c"), Map.of("recipe", "by hand"));
  }

  @Test
  void whatIsExportedComesBack() throws Exception {
    String out = Ran.of("export", model.toString(), "--onnx", onnx.toString()).out();
    assertTrue(
        out.contains("operators of version 18; read back, 100 random inputs differ by"), out);
    Path again = folder.resolve("again.safetensors");
    out = Ran.of("import", onnx.toString(), "--out", again.toString(), "--classes", "a,b,c").out();
    assertTrue(out.contains("2 nodes became 1 steps, 9 numbers in "), out);
    ModelFile read = ModelFile.load(again);
    assertEquals(List.of("a", "b", "c"), read.classes());
    assertEquals("model.onnx", read.facts().get("imported.from"));
    Ran.of("import", onnx.toString(), "--out", again.toString());
    assertEquals(List.of("0", "1", "2"), ModelFile.load(again).classes());
  }

  @Test
  void inspectShowsBothKindsOfFiles() throws Exception {
    Ran.of("export", model.toString(), "--onnx", onnx.toString());
    String out = Ran.of("inspect", onnx.toString()).out();
    assertTrue(
        out.contains("model.onnx: ONNX of limbeck, operators of version 18, 2 nodes, 9"), out);
    assertTrue(out.contains("input  x FLOAT[batch, 2]"), out);
    assertTrue(out.contains("operators {Gemm=1, Identity=1}"), out);
    Map<?, ?> json = (Map<?, ?>) Ran.of("inspect", onnx.toString(), "--json").json();
    assertEquals(9.0, ((Number) json.get("numbers")).doubleValue());
  }

  @Test
  void inputsAreMadeReady() throws Exception {
    Ran.of("export", model.toString(), "--onnx", onnx.toString());
    Path ready = folder.resolve("ready.safetensors");
    Ran.of("import", onnx.toString(), "--out", ready.toString(), "--mean=0.5,1", "--deviation=2,4");
    float[] y = new float[3];
    ModelFile.load(ready).program().runner().run(new float[] {2.5f, 9}, y);
    assertEquals(1 * 1 + 2 * 2, y[0]);
  }

  @Test
  void wrongUse() throws Exception {
    Ran.of("export", model.toString(), "--onnx", onnx.toString());
    String[] base = {"import", onnx.toString(), "--out", folder.resolve("x").toString()};
    Ran.of(with(base, "--classes", "a,b")).isWrongUse("import: 2 classes for 3 outputs" + SEE);
    Ran.of(with(base, "--shape", "x=1xq"))
        .isWrongUse("import: --shape x=1xq is no shape; write it like 1x3x32x32" + SEE);
    Ran.of(with(base, "--mean", "1"))
        .isWrongUse("import: --mean and --deviation need as many numbers" + SEE);
    Ran.of("onnx").isWrongUse("onnx: say what to do: test (see limbeck onnx --help)");
  }

  private static String[] with(String[] base, String... more) {
    return java.util.stream.Stream.of(base, more)
        .flatMap(java.util.Arrays::stream)
        .toArray(String[]::new);
  }

  @Test
  void opsWithoutAFormInOnnxAreNamed() throws Exception {
    Program.Builder b = Program.builder(DType.F32, Shape.of(2));
    b.step(new Normalize(1e-6), 0);
    ModelFile.save(model, b.build(), List.of("a", "b"), Map.of());
    Ran ran = Ran.of("export", model.toString(), "--onnx", onnx.toString());
    assertTrue(ran.err().contains("ops that have no form in ONNX here: {normalize=1}"), ran.err());
    assertTrue(Files.notExists(onnx));
  }

  @Test
  void casesAreCounted() throws Exception {
    Path set = Files.createDirectories(folder.resolve("cases/test_x"));
    Files.write(
        set.resolve("model.onnx"),
        OnnxExport.bytes(ModelFile.load(model).program(), List.of("y"), Map.of()));
    Ran ran = Ran.of("onnx", "test", folder.resolve("cases").toString());
    assertTrue(ran.out().contains("0 of 1 cases passed, 1 failed, 0 unsupported"), ran.out());
    assertEquals(1, ran.code());
    ran = Ran.of("onnx", "test", folder.resolve("cases").toString(), "--json");
    Map<?, ?> json = (Map<?, ?>) Json.parse(ran.out());
    assertEquals(List.of("test_x"), json.get("failed"));
  }
}
