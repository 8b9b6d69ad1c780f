package limbeck.autograd.module;

import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.autograd.Var;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The layer around the op. */
class ProjectedLstmTest {
  private static final int[] LENGTHS = {3, 7, 0, 5, 1, 7, 2, 2, 6, 4};
  private static final int STEPS = 7;

  private static ProjectedLstm layer(boolean reverse, double clip) {
    ProjectedLstm layer = new ProjectedLstm(5, 6, 4, reverse, clip);
    layer.init(1);
    return layer;
  }

  private static float[] floats(Tensor t) {
    return Arrays.copyOfRange(t.floats(), t.offset(), t.offset() + t.size());
  }

  @Test
  void parametersAreOfOneBias() {
    ProjectedLstm layer = new ProjectedLstm(128, 256, 128, false, 3);
    layer.init(1);
    assertEquals(295_936, layer.parameters().count());
    float[] bias = floats(layer.state().get("bias"));
    assertEquals(1, bias[256], "forget gates begin open");
    assertEquals(0, bias[255]);
    assertEquals(0, bias[512]);
  }

  /** With the identity for a projection it is the layer without. */
  @Test
  void theIdentityProjectsNothing() {
    ProjectedLstm projected = new ProjectedLstm(5, 4, 4, false, 0);
    projected.allocate(DType.F64).init(1);
    Lstm lstm = new Lstm(5, 4);
    lstm.allocate(DType.F64).init(2);
    Map<String, Tensor> state = new LinkedHashMap<>(projected.state());
    Tensor identity = Tensor.zeros(DType.F64, Shape.of(4, 4));
    for (int i = 0; i < 4; i++) {
      identity.set(5 * i, 1);
    }
    state.put("weight_hr", identity);
    projected.load(state);
    lstm.load(
        Map.of(
            "weight_ih_l0", state.get("weight_ih"),
            "weight_hh_l0", state.get("weight_hh"),
            "bias_ih_l0", state.get("bias"),
            "bias_hh_l0", Tensor.zeros(DType.F64, Shape.of(16))));
    Var x = Var.of(normal(DType.F64, 3, 2, 6, 5));
    Tensor expected = lstm.forward(x).value();
    Tensor found = projected.forward(x).value();
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), found.get(i), 1e-14);
    }
  }

  /** Neither what padding holds nor who else is in the batch changes a bit. */
  @Test
  void anExampleOfAPaddedBatchIsTheExampleAlone() {
    for (boolean reverse : new boolean[] {false, true}) {
      ProjectedLstm layer = layer(reverse, 0.2);
      Tensor x = normal(4, LENGTHS.length, STEPS, 5);
      Var lengths = Var.of(Tensor.of(Shape.of(LENGTHS.length), LENGTHS));
      Tensor y = layer.forward(Var.of(x), lengths).value();
      for (int b = 0; b < LENGTHS.length; b++) {
        int n = LENGTHS[b];
        Tensor own = x.reshape(Shape.of(x.size() / 5, 5)).slice(b * STEPS, b * STEPS + n);
        Tensor one = layer.forward(Var.of(own.reshape(Shape.of(1, n, 5)))).value();
        float[] all = floats(y);
        int at = b * STEPS * 4;
        assertArrayEquals(floats(one), Arrays.copyOfRange(all, at, at + n * 4), "example " + b);
        assertArrayEquals(
            new float[(STEPS - n) * 4],
            Arrays.copyOfRange(all, at + n * 4, at + STEPS * 4),
            "padding of example " + b);
      }
    }
  }

  private static double largest(Tensor t) {
    double most = 0;
    for (float z : floats(t)) {
      most = Math.max(most, Math.abs(z));
    }
    return most;
  }

  @Test
  void statesStayWithinTheLimit() {
    Var x = Var.of(normal(4, 3, 20, 5)).times(10);
    Tensor free = layer(false, 0).forward(x).value();
    Tensor limited = layer(false, 0.125).forward(x).value();
    assertTrue(largest(free) > 0.125, "the limit matters");
    assertTrue(largest(limited) <= 0.125 && largest(limited) > 0.1, "it is reached, nearly");
    assertArrayEquals(floats(free), floats(layer(false, 100).forward(x).value()));
  }

  @Test
  void aProgramIsTheLayer(@TempDir Path folder) throws IOException {
    TraceCheck.require(layer(true, 0.5), folder, 4, 5);
  }

  @Test
  void sizesAndLimitsAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> new ProjectedLstm(0, 1, 1, false, 0));
    assertThrows(IllegalArgumentException.class, () -> new ProjectedLstm(1, 1, 0, false, 0));
    assertThrows(IllegalArgumentException.class, () -> new ProjectedLstm(1, 1, 1, false, -1));
  }
}
