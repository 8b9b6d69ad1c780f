package limbeck.engine.program;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import limbeck.engine.exec.Workers;
import limbeck.engine.op.CustomOp;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.reduce.Sum;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The memory of a run: how much is asked for, and that it comes back. */
class PlanTest {
  /** So many inputs that they alone are too large: 16 GB each, of which little is left. */
  @Test
  void inputsCount() {
    int width = 1 << 20;
    int batch = 2000;
    int count = (int) (Runtime.getRuntime().maxMemory() / ((long) width * batch * 8)) + 1;
    Input[] inputs = new Input[count];
    Shape[] shapes = new Shape[count];
    for (int k = 0; k < count; k++) {
      inputs[k] = Input.of("x" + k, DType.F64, Shape.of(width));
      shapes[k] = Shape.of(batch, width);
    }
    Program.Builder b = Program.builder(inputs);
    for (int k = 0; k < count; k++) {
      b.step(new Sum(-1), k);
    }
    Program program = b.build();
    Slabs slabs = Slabs.empty(DType.F64).withRoomFor(1 << 20, 0);
    String said =
        assertThrows(ShapeException.class, () -> new Plan(program, shapes, slabs)).getMessage();
    assertTrue(said.startsWith("program: a run of this batch needs "), said);
    assertTrue(said.contains(" MB, more than the heap of "), said);
  }

  /** Takes memory, and fails. */
  private record Hungry() implements CustomOp {
    @Override
    public Shape infer(Shape... in) {
      return in[0];
    }

    @Override
    public Shape saved(Shape... in) {
      return in[0];
    }

    @Override
    public void forward(OpContext c, Tensor[] in, Tensor out) {
      c.take(DType.F32, Shape.of(10_000));
      throw new ArithmeticException("as if");
    }

    @Override
    public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {}

    @Override
    public OpSpec spec() {
      return OpSpec.of("hungry").operand("x", "...");
    }
  }

  @Test
  void aFailingOpGivesItsMemoryBack() {
    Program.Builder b = Program.builder(DType.F32, Shape.of(3));
    b.step(new Hungry(), 0);
    OpContext context = new OpContext(Workers.inline());
    Runner runner = b.build().runner(context);
    for (int i = 0; i < 100; i++) {
      assertThrows(
          ArithmeticException.class, () -> runner.run(new float[] {1, 2, 3}, new float[3]));
    }
    context.workspace().reset();
    assertTrue(context.workspace().bytes() < 100_000, context.workspace().bytes() + " bytes");
    assertTrue(context.saved() == null);
  }
}
