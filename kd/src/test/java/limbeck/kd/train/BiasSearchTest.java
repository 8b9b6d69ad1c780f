package limbeck.kd.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.vision.Mlp;
import org.junit.jupiter.api.Test;

class BiasSearchTest {
  /** Class 1 lacks 1.25, 2.05 and 3.55 to win the three examples that are its own. */
  private static final float[] LOGITS = {
    1.25f,
    0,
    2.05f,
    0,
    3.55f,
    0, // of class 1
    9,
    0,
    3,
    0 // of class 0
  };

  private static final int[] LABELS = {1, 1, 1, 0, 0};

  private static double best(float[] logits, int[] labels, Integer... moved) {
    return BiasSearch.best(logits, labels, 2, List.of(moved));
  }

  @Test
  void takesTheSmallestOffsetWithFewestErrors() {
    // 1.3 wins one example, 2.1 two; 3.1 loses one of class 0 again, 3.6 wins the third
    assertEquals(2.1, best(LOGITS, LABELS, 1));
    assertEquals(-2.1, best(LOGITS, LABELS, 0));
  }

  @Test
  void staysAtZeroWhereNothingIsToBeWon() {
    assertEquals(0, best(LOGITS, new int[] {0, 0, 0, 0, 0}, 1));
    assertEquals(0, best(LOGITS, LABELS));
    assertEquals(0, best(LOGITS, LABELS, 0, 1));
    assertEquals(0, best(new float[0], new int[0], 1));
  }

  @Test
  void triesUpToTenBothWays() {
    assertEquals(10, best(new float[] {9.95f, 0}, new int[] {1}, 1));
    assertEquals(-10, best(new float[] {0, 9.95f}, new int[] {0}, 1));
    assertEquals(0, best(new float[] {10.05f, 0}, new int[] {1}, 1));
  }

  @Test
  void movesTheBiasesOfTheLastLayer() {
    Mlp network = new Mlp(2, 4, 3);
    network.init(1);
    Tensor x = Tensor.of(Shape.of(1, 2), 0.5f, 0.25f);
    Tensor before = network.infer(x, new OpContext()).own();
    BiasSearch.apply(network, List.of(0, 2), -1.5);
    Tensor after = network.infer(x, new OpContext());
    double[] moved = new double[3];
    for (int c = 0; c < 3; c++) {
      moved[c] = after.get(c) - before.get(c);
    }
    // the sum of products is added to another bias: one rounding of numbers below 4
    assertArrayEquals(new double[] {-1.5, 0, -1.5}, moved, 1e-6);
  }
}
