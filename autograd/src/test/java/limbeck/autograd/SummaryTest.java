package limbeck.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Locale;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.Dropout;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Sequential;
import limbeck.engine.program.Input;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import org.junit.jupiter.api.Test;

/** Counts of parameters, products and bytes, and the table of them. */
class SummaryTest {
  /** The example of the documentation. */
  @Test
  void aPerceptron() {
    Sequential model = new Sequential(new Linear(784, 32), Activation.relu(), new Linear(32, 10));
    model.init(1);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY); // must not matter
      assertEquals(
          """
          path   type    output   parameters  trainable  multiply-adds  parameter bytes  activation bytes
          0      Linear  [1, 32]      25,120     25,120         25,088          100,480               128
                 relu    [1, 32]           0          0              0                0               128
          2      Linear  [1, 10]         330        330            320            1,320                40
          total                       25,450     25,450         25,408          101,800               296
          """,
          Summary.of(model, DType.F32, Shape.of(784)).toString());
    } finally {
      Locale.setDefault(before);
    }
  }

  /** A tied weight, a parameter of the model's own, one that is never read, and a frozen layer. */
  private static final class Net extends Module {
    private final Linear in = child("in", new Linear(4, 4));
    private final Linear out = child("out", new Linear(4, 4));
    private final Parameter scale = parameter("scale", Shape.of(1, 4), Init.constant(1));
    private final Parameter spare = parameter("spare", Shape.of(7), Init.constant(1));

    Net() {
      tie(out.weight(), in.weight());
    }

    Var forward(Var a, Var b) {
      return out.forward(in.forward(a).plus(b).times(scale));
    }

    @Override
    public Var forward(Var x) {
      return forward(x, x);
    }
  }

  @Test
  void everyParameterIsCountedOnce() {
    Net net = new Net();
    net.allocate(DType.F64).init(1);
    net.out.bias().freeze(true);
    net.spare.freeze(true);
    Summary summary =
        Summary.of(
            net,
            in -> net.forward(in.get(0), in.get(1)),
            Input.of("a", DType.F64, Shape.of(4)),
            Input.of("b", DType.F64, Shape.of(4)));
    Shape row = Shape.of(1, 4);
    assertEquals(
        List.of(
            new Summary.Row("in", "Linear", row, 20, 20, 16, 160, 32),
            new Summary.Row("", "add", row, 0, 0, 0, 0, 32),
            new Summary.Row("", "Net", row, 4, 4, 0, 32, 32),
            new Summary.Row("out", "Linear", row, 4, 0, 16, 32, 32),
            new Summary.Row("spare", "not read", null, 7, 0, 0, 56, 0)),
        summary.rows());
    assertEquals(net.parameters().count(), summary.parameters());
    assertEquals(24, summary.trainable());
    assertEquals(32, summary.multiplyAdds());
    assertEquals(280, summary.parameterBytes());
    assertEquals(128, summary.activationBytes());
  }

  @Test
  void inEvaluationModeAndWithValues() {
    Sequential model = new Sequential(new Dropout(0.5), new Linear(2, 2));
    assertThrows(IllegalStateException.class, () -> Summary.of(model, DType.F32, Shape.of(2)));
    model.init(1);
    model.train(1, 1);
    assertEquals(1, Summary.of(model, DType.F32, Shape.of(2)).rows().size());
    assertFalse(model.mode().training());
    assertEquals(0, Summary.of(new Sequential(), DType.F32, Shape.of(2)).rows().size());
  }
}
