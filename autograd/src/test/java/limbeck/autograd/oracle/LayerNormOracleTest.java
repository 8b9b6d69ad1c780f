package limbeck.autograd.oracle;

import java.util.Map;
import java.util.function.UnaryOperator;
import limbeck.autograd.Var;
import limbeck.autograd.module.LayerNorm;
import org.junit.jupiter.api.Test;

/** Layer norm against PyTorch. */
class LayerNormOracleTest {
  private static void check(String caseName, LayerNorm layer) {
    Oracle oracle = Oracle.of("layer_norm", caseName);
    oracle.load(layer, UnaryOperator.identity());
    Map<String, Var> inputs = Map.of("x", oracle.input("x"));
    oracle.check(layer, UnaryOperator.identity(), inputs, in -> layer.forward(in.get("x")));
  }

  @Test
  void agrees() {
    check("sequence", new LayerNorm(7));
    check("epsilon", new LayerNorm(4, 0.3));
  }
}
