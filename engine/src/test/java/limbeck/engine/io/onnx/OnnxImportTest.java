package limbeck.engine.io.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import limbeck.engine.exec.Workers;
import limbeck.engine.io.FormatException;
import limbeck.engine.program.Input;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** How models become programs: free axes, what is computed at once, and what is refused. */
class OnnxImportTest {
  private final GraphWriter graph = new GraphWriter();

  private OnnxModel model(List<ProtoWriter> inputs, String... outputs) throws IOException {
    List<ProtoWriter> results = new java.util.ArrayList<>();
    for (String output : outputs) {
      results.add(GraphWriter.value(output, DType.F32, List.of("n")));
    }
    ProtoWriter model =
        new ProtoWriter()
            .message(7, graph.graph("g", inputs, results))
            .message(8, new ProtoWriter().string(1, "").integer(2, 18));
    return OnnxModel.read(model.toByteArray(), "model");
  }

  private static ProtoWriter floats(String name, String... axes) {
    return GraphWriter.value(name, DType.F32, List.of(axes));
  }

  private static Tensor run(Program program, Tensor... in) {
    Shape[] shapes = java.util.Arrays.stream(in).map(Tensor::shape).toArray(Shape[]::new);
    Tensor out = Tensor.zeros(program.outputTypes()[0], program.outputShape(shapes));
    program.runner(Workers.inline()).run(in, out);
    return out;
  }

  private static Tensor count(int... axes) {
    Tensor t = Tensor.zeros(DType.F32, Shape.of(axes));
    for (int i = 0; i < t.size(); i++) {
      t.set(i, i);
    }
    return t;
  }

  /** Flattening by numbers that are computed of sizes leaves the batch free. */
  @Test
  void arithmeticOfSizesIsGone() throws IOException {
    String batch = graph.node("Shape", List.of("x"), GraphWriter.set("end", 1));
    String all =
        graph.node("Concat", List.of(batch, graph.integers(-1)), GraphWriter.set("axis", 0));
    String y = graph.node("Reshape", List.of("x", all));
    Program program = OnnxImport.of(model(List.of(floats("x", "n", "2", "3")), y)).program();
    assertEquals(1, program.steps().size());
    assertEquals(List.of(Input.of("x", DType.F32, Shape.of(2, 3))), program.inputs());
    assertEquals(Shape.of(4, 6), program.outputShape(Shape.of(4, 2, 3)));
    assertEquals(Shape.of(1, 6), program.outputShape(1));
  }

  @Test
  void countingToAnotherSizeThanItMeets() throws IOException {
    String y = graph.node("Add", List.of("x", countedFrom(3)));
    OnnxModel model = model(List.of(floats("x", "n", "time")), y); // 3, 4 … below time: too few
    assertThrows(FormatException.class, () -> OnnxImport.of(model).program());
  }

  /** Numbers from one up to the length of x, as floats. */
  private String countedFrom(int first) {
    String time =
        graph.node("Shape", List.of("x"), GraphWriter.set("start", 1), GraphWriter.set("end", 2));
    String size = graph.node("Squeeze", List.of(time, graph.integers(0)));
    String range = graph.node("Range", List.of(graph.integer(first), size, graph.integer(1)));
    return graph.node("Cast", List.of(range), GraphWriter.set("to", 1));
  }

  @Test
  void positionsOfEachStep() throws IOException {
    String y = graph.node("Add", List.of("x", countedFrom(0)));
    Program program = OnnxImport.of(model(List.of(floats("x", "n", "time")), y)).program();
    assertArrayEquals(new float[] {0, 2, 4, 3, 5, 7}, run(program, count(2, 3)).floats());
    assertArrayEquals(new float[] {0}, run(program, count(1, 1)).floats());
  }

  @Test
  void tablesAreCutToALength() throws IOException {
    graph.tensor("table", count(1, 60));
    String size =
        graph.node("Shape", List.of("x"), GraphWriter.set("start", 1), GraphWriter.set("end", 2));
    String cut = graph.node("Slice", List.of("table", graph.integers(0), size, graph.integers(1)));
    String y = graph.node("Sub", List.of("x", cut));
    Program program = OnnxImport.of(model(List.of(floats("x", "n", "time")), y)).program();
    assertArrayEquals(new float[] {0, 0, 0, 0, 4, 4, 4, 4}, run(program, count(2, 4)).floats());
  }

  /** An axis made longer by four must not be taken for another input's. */
  @Test
  void sizesAreNotMistakenForEachOther() throws IOException {
    String padded = graph.node("Pad", List.of("x", graph.integers(0, 2, 0, 2)));
    String shape = graph.node("Shape", List.of(padded));
    String ones = graph.node("Expand", List.of(graph.number(1), shape));
    String y = graph.node("Add", List.of(ones, padded));
    Program program =
        OnnxImport.of(model(List.of(floats("x", "n", "a"), floats("z", "n", "b")), y)).program();
    assertEquals(Shape.of(2, 7), program.outputShape(Shape.of(2, 3), Shape.of(2, 11)));
    assertEquals(Shape.of(2, 15), program.outputShape(Shape.of(2, 11), Shape.of(2, 3)));
  }

  @Test
  void whatIsNotKnownIsListedAtOnce() throws IOException {
    String a = graph.node("Loop", List.of("x"));
    String b = graph.node("Loop", List.of(a));
    String y = graph.node("NonZero", List.of(b));
    OnnxModel model = model(List.of(floats("x", "n")), y);
    String message =
        assertThrows(FormatException.class, () -> OnnxImport.of(model).program()).getMessage();
    assertEquals(
        "model: operators that are not known: {Loop=2, NonZero=1} (with the number of nodes)",
        message);
  }

  private void refuses(String text, OnnxModel model) {
    String message =
        assertThrows(FormatException.class, () -> OnnxImport.of(model).program()).getMessage();
    assertTrue(message.contains(text), message);
  }

  @Test
  void graphsThatDoNotHoldTogether() throws IOException {
    String y = graph.node("Relu", List.of("nothing"));
    refuses(
        "(Relu) reads \"nothing\", which is not there yet", model(List.of(floats("x", "n")), y));
    refuses(
        "no node makes the output \"z\"",
        new OnnxModel(
            "m",
            8,
            "",
            18,
            Map.of(),
            Map.of(),
            List.of(),
            Map.of(),
            List.of(),
            List.of(new OnnxValue("z", OnnxType.FLOAT, List.of()))));
  }

  @Test
  void shapesThatDoNotFitNameTheNode() throws IOException {
    String y = graph.node("MatMul", List.of("x", "w"));
    graph.tensor("w", count(5, 2));
    refuses(
        "node \"MatMul.0\" (MatMul): matmul: a [m=5, k=4] and b [k=5, n=2] disagree on k (4 vs 5)",
        model(List.of(floats("x", "n", "4")), y));
  }

  /** What a node must know may be given. */
  @Test
  void inputsThatShapesDependOn() throws IOException {
    String y = graph.node("Reshape", List.of("x", "shape"));
    ProtoWriter axes = GraphWriter.value("shape", DType.I32, List.of("2"));
    OnnxModel model = model(List.of(floats("x", "2", "3"), axes), y);
    OnnxUnknownInput e = assertThrows(OnnxUnknownInput.class, () -> OnnxImport.of(model).program());
    assertEquals(Set.of("shape"), e.inputs());
    Tensor shape = Tensor.of(Shape.of(2), 3, 2);
    Program program = OnnxImport.of(model).with("shape", shape).program();
    assertEquals(1, program.inputs().size());
    assertEquals(Shape.of(3, 2), run(program, count(2, 3)).shape());
  }

  @Test
  void rowsGetTheirShapeAndAreNormalized() throws IOException {
    String y = graph.node("Relu", List.of("x"));
    OnnxModel model = model(List.of(floats("x", "n", "2", "2", "1")), y);
    Program program =
        OnnxImport.of(model)
            .flat()
            .normalized(List.of(1.0, 0.0), List.of(0.5, 2.0))
            .outputs(y)
            .program();
    assertEquals(List.of(Input.of("x", DType.F32, Shape.of(4))), program.inputs());
    assertArrayEquals(new float[] {0, 0, 1, 1.5f}, run(program, count(1, 4)).floats());
    assertThrows(IllegalArgumentException.class, () -> OnnxImport.of(model).outputs("none"));
    assertThrows(
        IllegalArgumentException.class, () -> OnnxImport.of(model).shape("none", Shape.of(1)));
  }

  @Test
  void outputsThatDependOnNothing() throws IOException {
    String known = graph.node("Add", List.of(graph.number(1), graph.number(2)));
    String y = graph.node("Relu", List.of("x"));
    OnnxProgram made = OnnxImport.of(model(List.of(floats("x", "n")), known, y)).lower();
    assertEquals(List.of(y), made.outputs());
    assertEquals(3, made.known().get(known).get(0));
  }
}
