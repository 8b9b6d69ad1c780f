package limbeck.autograd.module;

import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.Var;
import limbeck.autograd.verify.ModelCheck;
import limbeck.engine.op.Exp;
import limbeck.engine.op.Maximum;
import limbeck.engine.op.Minimum;
import limbeck.engine.op.Softplus;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Activations and arithmetic in a model whose parameters are stretched in every way. */
class ActivationTest {
  /** Takes [batch, 3, 5]. */
  private static final class Net extends Module {
    private final Parameter row = parameter("row", Shape.of(5), Init.uniform(1));
    private final Parameter column = parameter("column", Shape.of(3, 1), Init.uniform(1));
    private final Parameter number = parameter("number", Shape.SCALAR, Init.uniform(1));
    private final Parameter table = parameter("table", Shape.of(1, 3, 5), Init.uniform(1));
    private final Sequential functions =
        child(
            "functions",
            new Sequential(
                new Linear(5, 5),
                Activation.leakyRelu(0.1),
                new Linear(5, 5),
                Activation.silu(),
                new Linear(5, 5),
                Activation.geluTanh(),
                new Linear(5, 5),
                Activation.softplus()));

    @Override
    public Var forward(Var x) {
      Var scaled = functions.forward(x).minus(table).times(column).plus(row);
      Var positive = column.apply(new Exp()).plus(1);
      Var bounded = scaled.apply(new Maximum(), number.times(-1)).apply(new Minimum(), row.plus(2));
      return bounded.dividedBy(positive).plus(number.apply(new Softplus()));
    }
  }

  @Test
  void gradients() {
    Net net = new Net();
    net.allocate(DType.F64).init(3);
    Var x = Var.of(normal(DType.F64, 1, 4, 3, 5));
    Var weights = Var.of(normal(DType.F64, 2, 4, 3, 5));
    ModelCheck.require(net, () -> net.forward(x).times(weights).sum(), 1e-7);
  }

  @Test
  void aProgramIsTheModel(@TempDir Path folder) throws IOException {
    TraceCheck.require(new Net(), folder, 3, 5);
  }

  @Test
  void slopesThatAreNoNumbers() {
    String said =
        assertThrows(IllegalArgumentException.class, () -> Activation.leakyRelu(Double.NaN))
            .getMessage();
    assertEquals("leakyRelu: slope NaN is not finite as a float", said);
  }
}
