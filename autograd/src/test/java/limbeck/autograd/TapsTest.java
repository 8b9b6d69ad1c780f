package limbeck.autograd;

import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Sequential;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.Tanh;
import limbeck.engine.op.loss.SquaredError;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Inner activations by name: with a tape and without, asked for and not. */
class TapsTest {
  private static final int N = 4;

  /** A layer whose inner value has a name. */
  private static final class Block extends Module {
    private final Linear map = child("map", new Linear(N, N));

    @Override
    public Var forward(Var x) {
      Var hidden = tap("hidden", map.forward(x));
      return tap("out", hidden.apply(new Tanh()));
    }
  }

  private final Block first = new Block();
  private final Sequential model = new Sequential(first, new Block(), first);
  private final OpContext context = new OpContext(Workers.inline());
  private final Tensor x = normal(1, 3, N);

  TapsTest() {
    model.init(5);
  }

  @Test
  void allAreFoundWithoutTheirNames() {
    Taps taps = Taps.all();
    taps.during(() -> Module.infer(context, () -> model.forward(Var.of(x))));
    assertEquals(List.of("0.hidden", "0.out", "1.hidden", "1.out"), taps.names());
    assertEquals(2, taps.all("0.out").size());
    taps.during(() -> Module.infer(context, () -> first.forward(Var.of(x))));
    assertEquals(List.of("0.hidden", "0.out"), taps.names());
  }

  @Test
  void valuesAreThoseOfThePass() {
    Taps taps = Taps.of("1.hidden", "1.out");
    try (Tape tape = Tape.open(context)) {
      Var y = taps.during(() -> model.forward(Var.of(x)));
      Var hidden = taps.get("1.hidden");
      assertSame(tape, hidden.tape());
      assertSameBits(hidden.apply(new Tanh()).value(), taps.get("1.out").value(), "out");
      assertSame(tape, y.tape());
    }
  }

  @Test
  void gradientsGoThrough() {
    Taps taps = Taps.of("1.hidden");
    Var hint = Var.of(normal(2, 3, N));
    try (Tape tape = Tape.open(context)) {
      Var y = taps.during(() -> model.forward(Var.of(x)));
      Var hidden = taps.get("1.hidden");
      tape.backward(hidden.apply(SquaredError.mean(), hint).plus(y.sum()));
      assertNotNull(hidden.gradient());
    }
    assertNotNull(first.map.weight().gradient());
  }

  @Test
  void inferenceIsTappedToo() {
    Taps taps = Taps.of("1.out");
    Tensor y = taps.during(() -> model.infer(x, context));
    Tensor tapped = taps.get("1.out").value().own();
    assertSameBits(first.infer(tapped, context), y, "output");
    Tensor heap = taps.during(() -> model.forward(Var.of(x))).value(); // nothing entered
    assertSameBits(y, heap, "output");
  }

  @Test
  void aPassWithoutQuestionsIsTheSame() {
    Tensor asked = Taps.of("1.out").during(() -> model.infer(x, context)).own();
    assertSameBits(asked, model.infer(x, context), "output");
    try (Tape tape = Tape.open(context)) {
      Taps.of("1.out").during(() -> model.forward(Var.of(x)));
      int steps = tape.steps().size();
      model.forward(Var.of(x));
      assertEquals(2 * steps, tape.steps().size());
    }
    assertEquals(6, Tracer.trace(model, DType.F32, Shape.of(N)).steps().size());
  }

  @Test
  void aModuleUsedTwiceIsTappedTwice() {
    Taps taps = Taps.of("0.out");
    Tensor y = taps.during(() -> model.infer(x, context));
    List<Var> both = taps.all("0.out");
    assertEquals(2, both.size());
    assertSame(y, both.get(1).value());
    assertNotSame(y, both.get(0).value());
    assertSays(
        "taps: \"0.out\" was tapped 2 times in this pass; see all()", () -> taps.get("0.out"));
  }

  @Test
  void everyPassBeginsAnew() {
    Taps taps = Taps.of("1.out");
    taps.during(() -> model.infer(x, context));
    Tensor once = taps.get("1.out").value().own();
    taps.during(() -> model.infer(normal(9, 3, N), context));
    assertTrue(once.get(0) != taps.get("1.out").value().get(0));
    assertEquals(1, taps.all("1.out").size());
  }

  @Test
  void theInnermostIsAnswered() {
    Taps outer = Taps.of("1.out");
    Taps inner = Taps.of("1.out", "1.hidden");
    outer.during(
        () -> {
          inner.during(() -> model.infer(x, context));
          return model.infer(normal(9, 3, N), context);
        });
    assertEquals(1, outer.all("1.out").size());
    assertTrue(outer.get("1.out").value().get(0) != inner.get("1.out").value().get(0));
  }

  private static void assertSays(String message, Runnable wrong) {
    RuntimeException e = assertThrows(RuntimeException.class, wrong::run);
    assertEquals(message, e.getMessage());
  }

  @Test
  void unknownNames() {
    Taps taps = Taps.of("1.out", "1.hiden");
    assertSays(
        "taps: there was no \"1.hiden\" in this pass; there were [0.hidden, 0.out, 1.hidden,"
            + " 1.out]",
        () -> taps.during(() -> model.infer(x, context)));
    assertSays("taps: \"out\" was not asked for, only [1.out, 1.hiden]", () -> taps.get("out"));
    Taps none = Taps.of("x");
    assertSays(
        "taps: there was no \"x\" in this pass; there were []",
        () -> none.during(() -> new Sequential().forward(Var.of(x))));
  }

  @Test
  void aFailureEndsTheQuestion() {
    Taps taps = Taps.of("1.out");
    assertThrows(
        IllegalArgumentException.class,
        () -> taps.during(() -> model.infer(normal(1, 3, N + 1), context)));
    model.infer(x, context);
    assertEquals(0, taps.all("1.out").size()); // the pass after it was not asked
  }

  /** Computes something for whoever looks. */
  private static final class Looked extends Module {
    private int computed;

    @Override
    public Var forward(Var x) {
      if (asked("square")) {
        computed++;
        tap("square", x.times(x));
      }
      return x.plus(x);
    }
  }

  @Test
  void modulesKnowWhetherTheyAreAsked() {
    Looked looked = new Looked();
    Var input = Var.of(x);
    looked.forward(input);
    Taps.of("square").during(() -> looked.forward(input));
    Taps.all().during(() -> looked.forward(input));
    assertEquals(2, looked.computed);
    assertSays(
        "taps: there was no \"cube\" in this pass; there were [square]",
        () -> Taps.of("cube").during(() -> looked.forward(input)));
    assertEquals(2, looked.computed);
  }
}
