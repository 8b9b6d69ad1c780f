package limbeck.kd.vision;

import static limbeck.kd.vision.SmallNetworks.BATCH;
import static limbeck.kd.vision.SmallNetworks.CLASSES;
import static limbeck.kd.vision.SmallNetworks.network;
import static limbeck.kd.vision.SmallNetworks.taps;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import limbeck.autograd.Taps;
import limbeck.autograd.Var;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks with exits: the mean of all outputs, and the shapes that exits give. */
class WithExitsTest {
  @ParameterizedTest
  @MethodSource("limbeck.kd.vision.SmallNetworks#withExits")
  void theEnsembleIsTheMeanOfAllLogits(String name) {
    Map<String, float[]> taps = taps(network(name, 5));
    int exits = (int) taps.keySet().stream().filter(t -> t.matches("exit\\d+")).count();
    for (int i = 0; i < BATCH * CLASSES; i++) {
      double sum = taps.get("deepest")[i];
      for (int k = 1; k <= exits; k++) {
        sum += taps.get("exit" + k)[i];
      }
      assertEquals(sum / (exits + 1), taps.get("ensemble")[i], 1e-5 * (1 + Math.abs(sum)));
    }
    for (int k = 1; k <= exits; k++) {
      assertEquals(taps.get("deepest.features").length, taps.get("exit" + k + ".features").length);
    }
  }

  @Test
  void exitsHaveTheDeepestShape() {
    int[][] shapes = {
      {16, 28, 28, 64, 7, 7},
      {4, 7, 7, 8, 3, 3},
      {4, 7, 7, 8, 4, 4},
      {4, 15, 9, 8, 3, 2},
      {4, 5, 5, 8, 5, 5},
      {8, 2, 2, 3, 1, 1}
    };
    for (int[] s : shapes) {
      Shape from = Shape.of(s[0], s[1], s[2]);
      ShallowExit exit = ShallowExit.between(from, Shape.of(s[3], s[4], s[5]), 10);
      exit.init(1);
      Var x = Var.of(Tensor.zeros(DType.F32, Shape.of(2, s[0], s[1], s[2])));
      Taps taps = Taps.of("features");
      assertEquals(Shape.of(2, 10), taps.during(() -> exit.forward(x)).shape());
      assertEquals(Shape.of(2, s[3], s[4], s[5]), taps.get("features").shape());
    }
    assertNull(ShallowExit.between(Shape.of(4, 8, 8), Shape.of(8, 3, 3), 10));
    assertNull(ShallowExit.between(Shape.of(4, 8, 4), Shape.of(8, 2, 2), 10));
    assertNull(ShallowExit.between(Shape.of(4, 8, 8), Shape.of(8), 10));
  }
}
