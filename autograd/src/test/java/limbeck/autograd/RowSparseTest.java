package limbeck.autograd;

import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.labels;
import static limbeck.autograd.Words.ROWS;
import static limbeck.autograd.Words.WIDTH;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import limbeck.autograd.module.Embedding;
import limbeck.autograd.module.Linear;
import limbeck.autograd.optim.LazyAdam;
import limbeck.autograd.optim.Optimizer;
import limbeck.autograd.optim.Sgd;
import limbeck.autograd.verify.ModelCheck;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.engine.tensor.Workspace;
import org.junit.jupiter.api.Test;

/** Gradients of tables: few rows, the same numbers, and dense where others have a share. */
class RowSparseTest {
  private final OpContext context =
      new OpContext(KernelProvider.f32(), Workers.inline(), Workspace.poisoning());

  private final Words sparse = new Words(false);
  private final Words dense = new Words(true);

  private static Tensor ids(int... ids) {
    return Tensor.of(Shape.of(ids.length), ids);
  }

  private void assertTouched(int... rows) {
    Tensor touched = sparse.weight().touchedRows();
    assertNotNull(touched, "the gradient is dense");
    assertArrayEquals(rows, Arrays.copyOf(touched.ints(), touched.size()));
    assertEquals(DType.I32, touched.dtype());
  }

  private void assertSameGradients() {
    assertNull(dense.weight().touchedRows());
    assertSameNumbers(dense.weight().gradient(), sparse.weight().gradient());
    assertSameBits(dense.scale().gradient(), sparse.scale().gradient(), "scale");
  }

  /** Bit for bit but for the sign of zeros. */
  private static void assertSameNumbers(Tensor expected, Tensor actual) {
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i) + 0.0, actual.get(i) + 0.0, "element " + i);
    }
  }

  @Test
  void oneUse() {
    Tensor ids = ids(7, 299, 7, 0, 2, 2, 7);
    sparse.backward(context, ids);
    dense.backward(context, ids);
    assertTouched(2, 7, 299); // 0 is padding
    assertSameGradients();
  }

  @Test
  void severalUsesAndTapesAddUp() {
    Tensor[] first = {ids(7, 299, 1, 3), ids(3, 298), ids(0, 0)};
    Tensor second = ids(5, 7, 7, 6);
    sparse.backward(context, first);
    dense.backward(context, first);
    assertTouched(1, 3, 7, 298, 299);
    sparse.backward(context, second);
    dense.backward(context, second);
    assertTouched(1, 3, 5, 6, 7, 298, 299);
    assertSameGradients();
  }

  @Test
  void rowsOfTheStepBeforeAreClearedAndOthersLeftAlone() {
    for (int step = 0; step < 4; step++) {
      Tensor ids = labels(step, 20, ROWS / 2);
      sparse.parameters().clearGradients();
      sparse.backward(context, ids);
      dense.parameters().clearGradients();
      dense.backward(context, ids);
      assertSameGradients();
    }
    sparse.parameters().clearGradients();
    assertNull(sparse.weight().touchedRows());
    int unused = sparse.weight().offset() + (ROWS - 1) * WIDTH;
    sparse.parameters().gradients().set(unused, 5); // against the rules, to see who writes there
    sparse.backward(context, ids(1));
    assertEquals(5, sparse.parameters().gradients().get(unused));
    assertTouched(1);
    assertArrayEquals(
        new float[(ROWS - 3) * WIDTH],
        Arrays.copyOfRange(
            sparse.parameters().gradients().floats(),
            sparse.weight().offset() + 2 * WIDTH,
            sparse.weight().offset() + (ROWS - 1) * WIDTH));
  }

  /** As a language model does that predicts words with the table that it reads them from. */
  @Test
  void aTableThatOtherOpsUseIsDense() {
    Tensor ids = ids(7, 299, 7, 0, 2);
    for (boolean readFirst : new boolean[] {true, false}) {
      for (int turn = 0; turn < 2; turn++) { // the second after a sparse step
        Tensor[] gradients = new Tensor[2];
        for (int k = 0; k < 2; k++) {
          Words model = k == 0 ? sparse : dense;
          model.parameters().clearGradients();
          try (Tape tape = Tape.open(context)) {
            Var read = readFirst ? model.forward(Var.of(ids)) : null;
            Var product = model.weight().times(model.weight()).sum();
            read = readFirst ? read : model.forward(Var.of(ids));
            tape.backward(product.plus(read));
          }
          gradients[k] = model.weight().gradient().own();
          assertNull(model.weight().touchedRows());
        }
        assertSameNumbers(gradients[1], gradients[0]);
        sparse.parameters().clearGradients();
        sparse.backward(context, ids(1, 4));
        assertTouched(1, 4);
      }
    }
    assertSameNumbers(alone(ids(1, 4)), sparse.weight().gradient()); // nothing dense is left over
  }

  /** Reads and predicts words with one table. */
  private static final class LanguageModel extends Module {
    final Linear output = child("output", new Linear(WIDTH, ROWS));
    final Embedding table = child("table", new Embedding(ROWS, WIDTH));

    LanguageModel() {
      tie(output.weight(), table.weight());
      init(5);
    }

    @Override
    public Var forward(Var ids) {
      return output.forward(table.forward(ids));
    }
  }

  @Test
  void aTiedTableIsDense() {
    LanguageModel model = new LanguageModel();
    Var ids = Var.of(ids(3, 9, 3));
    try (Tape tape = Tape.open(context)) {
      tape.backward(model.table.forward(ids).sum());
      Tensor touched = model.output.weight().touchedRows(); // of one parameter under two names
      assertArrayEquals(new int[] {3, 9}, Arrays.copyOf(touched.ints(), touched.size()));
    }
    model.parameters().clearGradients();
    Var labels = Var.of(ids(9, 3, 4));
    try (Tape tape = Tape.open(context)) {
      tape.backward(model.forward(ids).apply(new CrossEntropy(), labels));
    }
    assertNull(model.table.weight().touchedRows());
    assertSame(model.output.weight().gradient(), model.table.weight().gradient());
    LanguageModel exact = new LanguageModel();
    exact.allocate(DType.F64).init(5);
    ModelCheck.require(exact, () -> exact.forward(ids).apply(new CrossEntropy(), labels), 1e-6);
  }

  private Tensor alone(Tensor ids) {
    Words fresh = new Words(false);
    fresh.backward(context, ids);
    return fresh.weight().gradient();
  }

  /** So many that sums, rows to add and rows to update make several chunks each. */
  @Test
  void threadsChangeNothing() {
    int rows = 20_000;
    Tensor ids = labels(1, 60_000, rows);
    for (boolean lazy : new boolean[] {false, true}) {
      Words alone = new Words(false, rows);
      Words together = new Words(false, rows);
      try (Workers workers = Workers.of(3)) {
        OpContext shared = new OpContext(workers);
        Optimizer one = optimizer(lazy, alone);
        Optimizer other = optimizer(lazy, together);
        for (int turn = 0; turn < 2; turn++) {
          alone.backward(context, ids, ids);
          together.backward(shared, ids, ids);
          String what = (lazy ? "lazy, turn " : "turn ") + turn;
          assertTrue(together.weight().touchedRows().size() > rows * 0.9, what);
          assertSameBits(alone.weight().gradient(), together.weight().gradient(), what);
          one.step(Workers.inline());
          other.step(workers);
          assertSameBits(alone.weight().value(), together.weight().value(), what);
        }
      }
    }
  }

  private static Optimizer optimizer(boolean lazy, Words model) {
    return lazy ? new LazyAdam(model.parameters(), 0.01) : new Sgd(model.parameters(), 1e-4);
  }

  @Test
  void frozenTablesAndFailedPassesLeaveNone() {
    sparse.weight().freeze(true);
    sparse.backward(context, ids(1, 4));
    assertNull(sparse.weight().gradient());
    assertNull(sparse.weight().touchedRows());
    sparse.weight().freeze(false);
    try (Tape tape = Tape.open(context)) {
      Var loss = sparse.forward(Var.of(ids(2, 3)));
      sparse.parameters().changed();
      assertThrows(IllegalStateException.class, () -> tape.backward(loss));
    }
    sparse.backward(context, ids(1, 4));
    assertTouched(1, 4);
    sparse.init(3); // other memory
    assertNull(sparse.weight().touchedRows());
    sparse.backward(context, ids(9));
    assertTouched(9);
    assertSameNumbers(alone(ids(9)), sparse.weight().gradient());
  }

  /** Noise on a row that no id has touched: it is in the step, and not in the next gradient. */
  @Test
  void aGradientWrittenFromOutsideIsDense() {
    Parameter table = sparse.weight();
    sparse.backward(context, ids(1, 4));
    int noisy = 9 * WIDTH;
    table.gradient().set(noisy, 2);
    table.gradientWritten();
    assertNull(table.touchedRows());
    double before = table.value().get(noisy);
    new Sgd(sparse.parameters(), 0.5).step(Workers.inline());
    assertEquals((float) (before - 1), table.value().get(noisy));
    sparse.backward(context, ids(2));
    assertTouched(2);
    for (int i = 0; i < table.gradient().size(); i++) {
      assertEquals(i / WIDTH == 2, table.gradient().get(i) != 0, "element " + i);
    }
  }

  @Test
  void gradientsWrittenBeforeThereAreAnyAreRefused() {
    Parameter free = new Embedding(3, 2).weight();
    IllegalStateException e = assertThrows(IllegalStateException.class, free::gradientWritten);
    assertEquals(
        "parameter weight [3, 2] has no values yet: call init or load on its model",
        e.getMessage());
  }

  @Test
  void paddingStartsAsZeros() {
    Tensor table = sparse.weight().value();
    assertArrayEquals(new float[WIDTH], table.slice(0, 1).own().floats());
    Tensor drawn = Tensor.zeros(DType.F32, table.shape());
    Init.normal(1).fill(drawn, new limbeck.engine.random.Philox(3, Streams.of("table.weight")));
    assertSameBits(drawn.slice(1, ROWS), table.slice(1, ROWS), "other rows");
  }
}
