package limbeck.autograd.module;

import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Var;
import limbeck.autograd.verify.ModelCheck;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The layer around the op. */
class LayerNormTest {
  @Test
  void startsAsTheIdentityOfNormalRows() {
    LayerNorm layer = new LayerNorm(4);
    layer.init(1);
    assertEquals(List.of("weight", "bias"), List.copyOf(layer.state().keySet()));
    Tensor y = layer.forward(Var.of(Tensor.of(Shape.of(1, 4), 3f, 3f, 5f, 5f))).value();
    double expected = 1 / StrictMath.sqrt(1 + LayerNorm.EPSILON);
    for (int i = 0; i < 4; i++) {
      assertEquals(i < 2 ? -expected : expected, y.get(i), 4 * 0x1p-24);
    }
  }

  @Test
  void gradients() {
    LayerNorm layer = new LayerNorm(5);
    layer.allocate(DType.F64).init(3);
    layer.load(Map.of("weight", normal(1, 5), "bias", normal(2, 5)));
    Var x = Var.of(normal(DType.F64, 3, 4, 3, 5));
    Var weights = Var.of(normal(DType.F64, 4, 4, 3, 5));
    ModelCheck.require(layer, () -> layer.forward(x).times(weights).sum(), 1e-7);
  }

  @Test
  void aProgramIsTheLayer(@TempDir Path folder) throws IOException {
    TraceCheck.require(new LayerNorm(37), folder, 5, 37);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void rowsWithoutElements(int n) {
    String said = assertThrows(IllegalArgumentException.class, () -> new LayerNorm(n)).getMessage();
    assertEquals("layerNorm: rows of " + n + " elements, 1 at least", said);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1e-5, Double.NaN, Double.POSITIVE_INFINITY})
  void epsilonOutOfRange(double epsilon) {
    String said =
        assertThrows(IllegalArgumentException.class, () -> new LayerNorm(3, epsilon)).getMessage();
    assertTrue(said.startsWith("layerNorm: epsilon " + epsilon), said);
  }
}
