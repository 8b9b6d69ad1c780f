package limbeck.autograd;

import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Supplier;
import limbeck.autograd.module.Linear;
import limbeck.autograd.verify.ModelCheck;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.Tanh;
import limbeck.engine.op.layout.ExpandAs;
import limbeck.engine.op.layout.Gather;
import limbeck.engine.op.layout.OneHot;
import limbeck.engine.op.layout.Slice;
import limbeck.engine.op.reduce.Mean;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The methods of {@link Var} for ops that move and reduce, and their types. */
class VarLayoutTest {
  private final OpContext context = new OpContext(Workers.inline());
  private final Var x = Var.input(Tensor.of(Shape.of(2, 3), 1f, 2, 3, 4, 5, 6));

  private static void assertIs(Shape shape, Var y, float... values) {
    assertEquals(shape, y.shape());
    assertArrayEquals(values, y.value().own().floats());
  }

  @Test
  void values() {
    assertIs(Shape.of(3, 2), x.permute(1, 0), 1, 4, 2, 5, 3, 6);
    assertIs(Shape.of(3, 2), x.reshape(-1, 2), 1, 2, 3, 4, 5, 6);
    assertIs(Shape.of(2, 2), x.slice(-1, -2, Slice.END), 2, 3, 5, 6);
    assertIs(Shape.of(2), x.sum(1), 6, 15);
    assertIs(Shape.of(3), x.mean(-2), 2.5f, 3.5f, 4.5f);
    assertIs(Shape.SCALAR, x.sum(), 21);
    assertIs(Shape.SCALAR, x.mean(0, 1), 3.5f);
    assertIs(Shape.of(4, 3), Var.concat(0, x, x), 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6);
    List<Var> parts = x.split(1, 2, 0, 1);
    assertIs(Shape.of(2, 2), parts.get(0), 1, 2, 4, 5);
    assertIs(Shape.of(2, 0), parts.get(1));
    assertIs(Shape.of(2, 1), parts.get(2), 3, 6);
  }

  /** Each part brings its gradient to its place, and the tape adds them. */
  @Test
  void gradientsOfParts() {
    try (Tape tape = Tape.open(context)) {
      List<Var> parts = x.split(1, 1, 2);
      Var turned = Var.concat(1, parts.get(1), parts.get(0)).permute(1, 0);
      tape.backward(turned.times(turned).sum().plus(parts.get(0).times(10).sum()));
      assertArrayEquals(new float[] {12, 4, 6, 18, 10, 12}, x.gradient().own().floats());
    }
  }

  @Test
  void whoseArrayItIsMayChangeIt() {
    Var[] parts = {x, x.times(2)};
    try (Tape tape = Tape.open(context)) {
      Var all = Var.concat(0, parts);
      parts[0] = null;
      tape.backward(all.sum());
      assertArrayEquals(new float[] {1, 1, 1, 1, 1, 1}, x.gradient().own().floats());
    }
  }

  @Test
  void splitsThatDoNotFit() {
    for (int[] sizes :
        new int[][] {{}, {3, 1}, {4, -1}, {Integer.MAX_VALUE, Integer.MIN_VALUE, 4}}) {
      String said = assertThrows(ShapeException.class, () -> x.split(1, sizes)).getMessage();
      assertTrue(said.contains("are not axis 1 of [2, 3]"), said);
    }
    assertThrows(ShapeException.class, () -> x.split(2, 1));
    assertThrows(IllegalArgumentException.class, () -> Var.concat(0));
  }

  /** Rows of a table, looked up and multiplied out: the same gradient, in either type. */
  @Test
  void idsAndOneHotRows() {
    Var ids = Var.of(Tensor.of(Shape.of(4), 2, 0, 2, 1));
    for (DType type : new DType[] {DType.F32, DType.F64}) {
      Var table = Var.input(normal(type, 1, 3, 2));
      Var factors = Var.of(normal(type, 2, 4, 2));
      Tensor looked = gradient(table, () -> table.apply(new Gather(0), ids), factors);
      OneHot hot = new OneHot(3, 1, 0, type);
      Tensor product = gradient(table, () -> ids.apply(hot).apply(new MatMul(), table), factors);
      assertEquals(type, looked.dtype());
      for (int i = 0; i < looked.size(); i++) {
        assertEquals(looked.get(i), product.get(i), 1e-6); // two terms, of size 1
      }
    }
  }

  private Tensor gradient(Var table, Supplier<Var> rows, Var factors) {
    try (Tape tape = Tape.open(context)) {
      tape.backward(rows.get().times(factors).sum());
      return table.gradient().own();
    }
  }

  @Test
  void numbersAndOneHotRowsOfOtherTypesDoNotMix() {
    Var ids = Var.of(Tensor.of(Shape.of(2), 2, 0));
    Var numbers = Var.of(normal(DType.F64, 1, 2, 3));
    String said =
        assertThrows(ShapeException.class, () -> numbers.plus(ids.apply(new OneHot(3))))
            .getMessage();
    assertEquals("add: a [2, 3] is F64, but b [2, 3] is F32: convert one", said);
    assertEquals(
        "sum: x [2] is I32, a floating type expected",
        assertThrows(ShapeException.class, ids::sum).getMessage());
  }

  /** Two heads of a sequence, each times its mean, beside what was before. */
  private static final class Heads extends Module {
    private final Linear map = child("map", new Linear(6, 6));

    @Override
    public Var forward(Var x) {
      Var heads = map.forward(x).reshape(0, 0, 2, 3).permute(0, 2, 1, 3);
      Var mean = heads.apply(new Mean(List.of(2), true)).apply(new ExpandAs(), heads);
      Var joined = heads.times(mean).permute(0, 2, 1, 3).reshape(0, 0, 6);
      List<Var> halves = Var.concat(-1, joined, x).split(-1, 7, 5);
      return Var.concat(2, halves.get(1), halves.get(0)).sum(1);
    }
  }

  @Test
  void aTracedProgramIsTheModel() {
    Heads model = new Heads();
    model.init(3);
    Program program = Tracer.trace(model, DType.F32, Shape.of(5, 6));
    for (int batch : new int[] {1, 3, 20}) {
      Tensor in = normal(batch, batch, 5, 6);
      Tensor out = Tensor.zeros(DType.F32, Shape.of(batch, 12));
      program.runner(Workers.inline()).run(in, out);
      assertSameBits(model.infer(in, context), out, "batch of " + batch);
      context.workspace().reset();
    }
  }

  @Test
  void gradientsThroughAllOfThem() {
    Heads model = new Heads();
    model.allocate(DType.F64).init(3);
    Var in = Var.of(normal(DType.F64, 1, 2, 5, 6));
    ModelCheck.require(model, () -> model.forward(in).apply(new Tanh()).mean(), 1e-8);
  }
}
