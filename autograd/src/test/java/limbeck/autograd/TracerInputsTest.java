package limbeck.autograd;

import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import limbeck.autograd.module.Linear;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.Relu;
import limbeck.engine.op.Tanh;
import limbeck.engine.program.Input;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of models with several inputs, and with axes of any size. */
class TracerInputsTest {
  private static final int QUERIES = 7;
  private static final int KEYS = 5;
  private static final int WIDTH = 9;

  /** Two sequences of one length, joined; the first is used twice. */
  private static final class Joined extends Module {
    private final Linear query = child("query", new Linear(QUERIES, WIDTH));
    private final Linear key = child("key", new Linear(KEYS, WIDTH));
    private final Linear gate = child("gate", new Linear(QUERIES, WIDTH));

    Var forward(Var q, Var k) {
      Var sum = query.forward(q).plus(key.forward(k)).apply(new Relu());
      return gate.forward(q).apply(new Tanh()).times(sum);
    }

    @Override
    public Var forward(Var x) {
      throw new IllegalStateException("takes two");
    }
  }

  private final Joined model = new Joined();
  private final OpContext context = new OpContext(Workers.inline());

  TracerInputsTest() {
    model.init(3);
  }

  private Program trace() {
    return Tracer.trace(
        model,
        in -> model.forward(in.get(0), in.get(1)),
        Input.of("q", DType.F32, Shape.of(4, QUERIES)).free(0),
        Input.of("k", DType.F32, Shape.of(4, KEYS)).free(0));
  }

  private void assertIsTheModel(Program program, int batch, int time) {
    Tensor q = normal(1, batch, time, QUERIES);
    Tensor k = normal(2, batch, time, KEYS);
    Tensor y = Tensor.zeros(DType.F32, program.outputShape(q.shape(), k.shape()));
    program.runner(Workers.inline()).run(new Tensor[] {q, k}, y);
    try (Tape tape = Tape.open(context)) {
      Var eager = model.forward(Var.of(q), Var.of(k));
      assertEquals(tape, eager.tape());
      assertSameBits(eager.value(), y, batch + " of length " + time);
    }
  }

  @Test
  void theProgramIsTheModelForAnyBatchAndLength(@TempDir Path folder) throws IOException {
    Program program = trace();
    Path file = folder.resolve("joined.safetensors");
    program.save(file, Map.of());
    Program loaded = Program.load(file);
    for (int[] shape : new int[][] {{1, 4}, {3, 4}, {2, 1}, {5, 17}, {1, 33}}) {
      assertIsTheModel(program, shape[0], shape[1]);
      assertIsTheModel(loaded, shape[0], shape[1]);
    }
    assertEquals(List.of("q", "k"), loaded.inputs().stream().map(Input::name).toList());
  }

  @Test
  void anInputThatIsNotReadIsAnInputAllTheSame() {
    Program program =
        Tracer.trace(
            model,
            in -> model.query.forward(in.get(1)),
            Input.of("labels", DType.I32, Shape.SCALAR),
            Input.of("q", DType.F32, Shape.of(QUERIES)));
    Tensor q = normal(1, 2, QUERIES);
    Tensor y = Tensor.zeros(DType.F32, Shape.of(2, WIDTH));
    program.runner(Workers.inline()).run(new Tensor[] {Tensor.zeros(DType.I32, Shape.of(2)), q}, y);
    assertSameBits(model.query.infer(q, context), y, "query");
  }

  @Test
  void integersAreTracedWithOnes() {
    double[] seen = new double[2];
    Tracer.trace(
        model,
        in -> {
          seen[0] = in.get(0).value().get(2);
          seen[1] = in.get(1).value().get(2);
          return model.query.forward(in.get(1));
        },
        Input.of("ids", DType.I32, Shape.of(3)),
        Input.of("q", DType.F32, Shape.of(QUERIES)));
    assertEquals(1, seen[0]);
    assertEquals(0, seen[1]);
  }

  @Test
  void twoInputsOfOneName() {
    Input x = Input.of("x", DType.F32, Shape.of(QUERIES));
    String said =
        assertThrows(
                IllegalArgumentException.class,
                () -> Tracer.trace(model, in -> in.get(0).plus(in.get(1)), x, x))
            .getMessage();
    assertTrue(said.contains("two inputs are named \"x\""), said);
    assertThrows(ShapeException.class, () -> trace().outputShape(Shape.of(1, 2, QUERIES)));
  }
}
