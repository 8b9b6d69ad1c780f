package limbeck.kd.vision;

import limbeck.engine.random.Philox;
import org.joml.Vector2f;

/**
 * A smooth random displacement of the unit square: independent normal displacements at the nodes of
 * a square grid, blended between them with the polynomial 3t² - 2t³, so that it has a continuous
 * slope.
 */
public final class ElasticField {
  private final int cells;
  private final float[] nodes; // [cells + 1, cells + 1, 2]

  /**
   * A field with {@code cells} by {@code cells} cells; takes 2 (cells + 1)² normal draws, starting
   * at index {@code at}.
   *
   * @param sigma standard deviation of a node's displacement along each axis, where the square has
   *     side 1
   * @throws IllegalArgumentException if there is no cell or more than 64 a side
   */
  public ElasticField(Philox draws, long at, int cells, float sigma) {
    if (cells < 1 || cells > 64) {
      throw new IllegalArgumentException("an elastic field of " + cells + " cells a side");
    }
    this.cells = cells;
    this.nodes = new float[2 * (cells + 1) * (cells + 1)];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = (float) (sigma * draws.normal(at + i));
    }
  }

  /**
   * Moves {@code p} by the displacement at its place, or at the nearest place of the square;
   * returns {@code p}.
   */
  public Vector2f move(Vector2f p) {
    float gx = Math.max(0, Math.min(1, p.x)) * cells;
    float gy = Math.max(0, Math.min(1, p.y)) * cells;
    int column = Math.min(cells - 1, (int) gx);
    int row = Math.min(cells - 1, (int) gy);
    float u = smooth(gx - column);
    float v = smooth(gy - row);
    int at = 2 * (row * (cells + 1) + column);
    return p.add(blend(at, u, v), blend(at + 1, u, v));
  }

  private static float smooth(float t) {
    return t * t * (3 - 2 * t);
  }

  private float blend(int at, float u, float v) {
    int below = at + 2 * (cells + 1);
    float upper = nodes[at] * (1 - u) + nodes[at + 2] * u;
    float lower = nodes[below] * (1 - u) + nodes[below + 2] * u;
    return upper * (1 - v) + lower * v;
  }
}
