package limbeck.kd.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import limbeck.engine.random.Philox;
import org.joml.Vector2f;
import org.junit.jupiter.api.Test;

class ElasticFieldTest {
  private static final Philox DRAWS = new Philox(3).stream(1);

  @Test
  void sigmaZeroMovesNothing() {
    Vector2f p = new ElasticField(DRAWS, 0, 3, 0).move(new Vector2f(0.3f, 0.7f));
    assertEquals(new Vector2f(0.3f, 0.7f), p);
  }

  @Test
  void nodesMoveByTheirDraws() {
    ElasticField field = new ElasticField(DRAWS, 100, 2, 0.05f);
    Vector2f p = field.move(new Vector2f(0.5f, 1));
    int node = 2 * (2 * 3 + 1);
    assertEquals(0.5f + (float) (0.05f * DRAWS.normal(100 + node)), p.x);
    assertEquals(1 + (float) (0.05f * DRAWS.normal(100 + node + 1)), p.y);
  }

  /**
   * Steps of 1/300 move by at most 1.5 / 100 of the largest difference of two nodes, as the slope
   * of 3t² - 2t³ is at most 1.5 and a cell is 100 steps; all nodes lie within 8.6 sigma, twice that
   * apart, and two axes of steps add up.
   */
  @Test
  void neighboursMoveAlike() {
    float sigma = 0.1f;
    ElasticField field = new ElasticField(DRAWS, 0, 3, sigma);
    float most = 1.5f / 100 * 2 * 8.6f * sigma + 1e-6f;
    Vector2f before = null;
    for (int i = -10; i <= 310; i++) {
      Vector2f at = new Vector2f(i / 300f, 0.4f);
      Vector2f moved = field.move(new Vector2f(at)).sub(at);
      assertTrue(before == null || moved.distance(before) <= 2 * most);
      before = moved;
    }
  }

  @Test
  void refusesNoCells() {
    assertThrows(IllegalArgumentException.class, () -> new ElasticField(DRAWS, 0, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new ElasticField(DRAWS, 0, 65, 1));
  }
}
