package limbeck.autograd.optim;

import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.labels;
import static limbeck.autograd.Words.ROWS;
import static limbeck.autograd.Words.WIDTH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import limbeck.autograd.ParameterStore;
import limbeck.autograd.Tape;
import limbeck.autograd.Words;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What optimizers make of gradients of few rows. */
class TouchedRowsTest {
  private final OpContext context = new OpContext(Workers.inline());
  private final Words sparse = new Words(false);
  private final Words dense = new Words(true);

  private static Tensor ids(int... ids) {
    return Tensor.of(Shape.of(ids.length), ids);
  }

  static Stream<Function<ParameterStore, Optimizer>> optimizers() {
    return Stream.of(
        s -> new Sgd(s, 0.01),
        s -> new Sgd(s, 0.01, 0, false, 0.1),
        s -> {
          Sgd sgd = new Sgd(s, 0.01, 0, false, 0.1); // with decay of other parameters alone
          sgd.groups(ParameterGroup.paths("table.weight"::equals).rate(2).withoutDecay());
          return sgd;
        },
        s -> new Sgd(s, 0.01, 0.9, true, 0),
        s -> new Adagrad(s, 0.01),
        s -> new Adagrad(s, 0.01, 0, 1e-10, 0.1),
        s -> {
          Adagrad adagrad = new Adagrad(s, 0.01, 0, 1e-10, 0.1);
          adagrad.groups(ParameterGroup.paths("table.weight"::equals).withoutDecay());
          return adagrad;
        },
        s -> new Adam(s, 0.01),
        s -> Adam.w(s, 0.01, 0.1));
  }

  /**
   * Those that need every row see zeros; plain descent and Adagrad leave them out. Bits are equal.
   */
  @ParameterizedTest
  @MethodSource("optimizers")
  void optimizersDoNotSeeTheDifference(Function<ParameterStore, Optimizer> factory) {
    Optimizer one = factory.apply(sparse.parameters());
    Optimizer two = factory.apply(dense.parameters());
    for (int step = 0; step < 5; step++) {
      Tensor ids = labels(step, 30, ROWS);
      sparse.backward(context, ids);
      dense.backward(context, ids);
      double norm = GradClip.norm(dense.parameters(), 2);
      assertEquals(norm, GradClip.norm(sparse.parameters(), 2));
      one.step(Workers.inline());
      two.step(Workers.inline());
      assertSameBits(dense.state(), sparse.state());
    }
    assertSameBits(two.state(), one.state());
  }

  static Stream<Function<ParameterStore, Optimizer>> optimizersOfTouchedRows() {
    return Stream.of(s -> new Sgd(s, 0.1), s -> new Adagrad(s, 0.1));
  }

  @ParameterizedTest
  @MethodSource("optimizersOfTouchedRows")
  void otherRowsAreLeftAlone(Function<ParameterStore, Optimizer> factory) {
    sparse.weight().value().set(WIDTH * 5, Double.NaN); // 0 · NaN would be NaN
    sparse.weight().value().set(WIDTH * 6, Double.POSITIVE_INFINITY);
    Tensor before = sparse.weight().value().own();
    Tensor scale = sparse.scale().value().own();
    sparse.backward(context, ids(1, 4));
    factory.apply(sparse.parameters()).step(Workers.inline());
    assertRowsThatChanged(before, List.of(1, 4));
    assertNotEquals(scale.get(0), sparse.scale().value().get(0));
  }

  private void assertRowsThatChanged(Tensor before, List<Integer> expected) {
    for (int row = 0; row < ROWS; row++) {
      boolean same =
          Arrays.equals(
              before.slice(row, row + 1).own().floats(),
              sparse.weight().value().slice(row, row + 1).own().floats());
      assertEquals(expected.contains(row), !same, "row " + row);
    }
  }

  @Test
  void lazyAdamWaitsForRowsToBeTouched() {
    Optimizer lazy = new LazyAdam(sparse.parameters(), 0.01);
    Optimizer adam = new Adam(dense.parameters(), 0.01);
    Tensor start = sparse.weight().value().own();
    sparse.backward(context, ids(1, 4));
    dense.backward(context, ids(1, 4));
    lazy.step(Workers.inline());
    adam.step(Workers.inline());
    assertSameBits(dense.state(), sparse.state()); // the first step is Adam's
    assertSameBits(adam.state(), lazy.state());
    assertRowsThatChanged(start, List.of(1, 4));
    Tensor second = sparse.weight().value().own();
    Tensor moments = row(lazy.state().get("first"), 1).own();
    sparse.backward(context, ids(4, 7));
    dense.backward(context, ids(4, 7));
    lazy.step(Workers.inline());
    adam.step(Workers.inline());
    assertRowsThatChanged(second, List.of(4, 7)); // Adam moves row 1 on
    assertSameBits(moments, row(lazy.state().get("first"), 1), "moments of row 1");
    assertSameBits(row(adam.state().get("second"), 4), row(lazy.state().get("second"), 4), "row 4");
    assertSameBits(row(adam.state().get("second"), 7), row(lazy.state().get("second"), 7), "7");
    assertSameBits(dense.scale().value(), sparse.scale().value(), "what is no table");
  }

  private Tensor row(Tensor flat, int row) {
    int at = sparse.weight().offset() + row * WIDTH;
    return flat.slice(at, at + WIDTH);
  }

  @Test
  void lazyAdamIsAdamOnDenseGradients() {
    Optimizer lazy = new LazyAdam(sparse.parameters(), 0.01, 0.5, 0.9, 1e-3);
    Optimizer adam = new Adam(dense.parameters(), 0.01, 0.5, 0.9, 1e-3, 0, false);
    for (int step = 0; step < 3; step++) {
      for (Words model : List.of(sparse, dense)) {
        try (Tape tape = Tape.open(context)) {
          tape.backward(model.weight().times(model.weight()).sum());
        }
      }
      lazy.step(Workers.inline());
      adam.step(Workers.inline());
      assertSameBits(dense.state(), sparse.state());
    }
  }
}
