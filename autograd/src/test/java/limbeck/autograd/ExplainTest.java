package limbeck.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Sequential;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.Softmax;
import limbeck.engine.op.loss.SquaredError;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The tape as text. */
class ExplainTest {
  private final OpContext context = new OpContext(Workers.inline());

  /** The example of the documentation. */
  @Test
  void aSumOfSquares() {
    Var x = Var.input(Tensor.of(Shape.of(1, 2), 3f, 4f)).named("x");
    try (Tape tape = Tape.open(context)) {
      Var h = x.times(x).named("squares");
      tape.backward(h.sum());
      assertEquals(
          """
          result             gradient norm  op   operands
          #0 squares [1, 2]          1.414  mul  x [1, 2], x [1, 2]
          #1 []                      1.000  sum  #0 squares [1, 2]
          x [1, 2]                   10.00
          """,
          tape.explain());
    }
  }

  @Test
  void aTrainingStep() {
    Sequential model =
        new Sequential(
            new Linear(3, 2, Init.constant(1), Init.constant(0)),
            Activation.relu(),
            new Linear(2, 2, Init.constant(1), Init.constant(0)));
    model.init(1);
    model.freeze(path -> path.equals("0.bias"), true);
    Tensor x = Tensor.of(Shape.of(1, 3), 1f, 1f, 1f);
    Locale before = Locale.getDefault();
    try (Tape tape = Tape.open(context)) {
      Locale.setDefault(Locale.GERMANY); // must not matter
      Var z = model.forward(Var.of(x).named("pixels")).named("outputs");
      Var loss = z.times(z).mean();
      assertTrue(tape.explain().endsWith("#4 []                             mean    #3 [1, 2]\n"));
      tape.backward(loss);
      assertEquals(
          """
          result             gradient norm  op      operands
          #0 [1, 2]                  16.97  linear  pixels [1, 3], 0.weight [2, 3], 0.bias [2]
          #1 [1, 2]                  16.97  relu    #0 [1, 2]
          #2 outputs [1, 2]          8.485  linear  #1 [1, 2], 2.weight [2, 2], 2.bias [2]
          #3 [1, 2]                 0.7071  mul     #2 outputs [1, 2], #2 outputs [1, 2]
          #4 []                      1.000  mean    #3 [1, 2]
          0.weight [2, 3]            29.39
          2.weight [2, 2]            36.00
          2.bias [2]                 8.485
          """,
          tape.explain());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void settingsAndWhatTheLossDoesNotDependOn() {
    Var x = Var.input(Tensor.of(Shape.of(2), 3f, 4f));
    Var y = Var.of(Tensor.of(Shape.of(1, 2), 1f, 2f)).named("target");
    try (Tape tape = Tape.open(context)) {
      Var h = x.times(0.5);
      h.apply(new Softmax(2));
      tape.backward(h.sum());
      assertEquals(
          """
          result     gradient norm  op                         operands
          #0 [2]             1.414  scale {factor=0.5}         input [2]
          #1 [2]                    softmax {temperature=2.0}  #0 [2]
          #2 []              1.000  sum                        #0 [2]
          input [2]         0.7071
          """,
          tape.explain());
      y.apply(SquaredError.mean(), y);
      assertTrue(tape.explain().contains("target [1, 2], target [1, 2]\n"), tape.explain());
    }
  }

  /** Double.toString writes some numbers in different ways on different JDKs. */
  @Test
  void settingsReadAlikeOnEveryJdk() {
    try (Tape tape = Tape.open(context)) {
      Var.of(Tensor.of(Shape.of(1), 3f)).times(2e-23).times(Double.POSITIVE_INFINITY);
      assertTrue(tape.explain().contains("scale {factor=2e-23} "), tape.explain());
      assertTrue(tape.explain().contains("scale {factor=Infinity} "), tape.explain());
    }
  }

  @Test
  void tiedParametersAreListedOnce() {
    Weights model = new Weights(Init.constant(2), Shape.of(2), Shape.of(2));
    model.tie(model.get(1), model.get(0));
    model.init(1);
    try (Tape tape = Tape.open(context)) {
      tape.backward(model.get(0).times(model.get(1)).sum());
      assertEquals(
          """
          result  gradient norm  op   operands
          #0 [2]          1.414  mul  w0 [2], w0 [2]
          #1 []           1.000  sum  #0 [2]
          w0 [2]          5.657
          """,
          tape.explain());
    }
  }

  @Test
  void onlyWhileOpenAndInItsThread() throws InterruptedException {
    Tape tape = Tape.open(context);
    assertEquals("result  gradient norm  op  operands\n", tape.explain());
    Throwable[] thrown = new Throwable[1];
    Thread other =
        new Thread(
            () -> {
              try {
                tape.explain();
              } catch (IllegalStateException e) {
                thrown[0] = e;
              }
            });
    other.start();
    other.join();
    assertTrue(thrown[0].getMessage().startsWith("tape: opened in thread"));
    tape.close();
    assertThrows(IllegalStateException.class, tape::explain);
  }
}
