package limbeck.autograd.oracle;

import java.util.Map;
import java.util.function.UnaryOperator;
import limbeck.autograd.Var;
import limbeck.autograd.module.Linear;
import org.junit.jupiter.api.Test;

/** The affine layer against PyTorch. */
class LinearOracleTest {
  @Test
  void agrees() {
    Oracle oracle = Oracle.of("linear", "batch");
    Linear layer = new Linear(5, 3);
    oracle.load(layer, UnaryOperator.identity());
    Map<String, Var> inputs = Map.of("x", oracle.input("x"));
    oracle.check(layer, UnaryOperator.identity(), inputs, in -> layer.forward(in.get("x")));
  }
}
