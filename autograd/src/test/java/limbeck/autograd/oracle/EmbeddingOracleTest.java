package limbeck.autograd.oracle;

import java.util.Map;
import java.util.function.UnaryOperator;
import limbeck.autograd.Var;
import limbeck.autograd.module.Embedding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of word vectors against PyTorch. */
class EmbeddingOracleTest {
  @ParameterizedTest
  @CsvSource({"plain, -1", "padding, 0"})
  void agrees(String name, int padding) {
    Oracle oracle = Oracle.of("embedding", name);
    Embedding layer = new Embedding(7, 4, padding);
    oracle.load(layer, UnaryOperator.identity());
    oracle.check(
        layer,
        UnaryOperator.identity(),
        Map.of(),
        in -> {
          Var y = layer.forward(oracle.integers("ids"));
          return y.times(y);
        });
  }
}
