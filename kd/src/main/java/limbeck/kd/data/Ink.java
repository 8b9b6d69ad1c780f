package limbeck.kd.data;

import java.util.Arrays;

/** A square of paper: how much ink lies on each pixel, from 0 to 1. */
final class Ink {
  private final int side;
  private final float[] amount;

  Ink(int side) {
    this.side = side;
    this.amount = new float[side * side];
  }

  void clear() {
    Arrays.fill(amount, 0f);
  }

  float[] amount() {
    return amount;
  }

  /** Draws every piece of the path. */
  void draw(PenPath path, float soft) {
    for (int i = 1; i < path.size(); i++) {
      if (!path.lifted(i)) {
        piece(path, i, soft);
      }
    }
  }

  /**
   * Draws the piece that ends at point {@code i}: a pixel takes the ink of the nearest place on the
   * line, fading over {@code soft} pixels across the edge at the pen's radius. What is darker
   * already stays.
   */
  private void piece(PenPath path, int i, float soft) {
    float ax = path.x(i - 1);
    float ay = path.y(i - 1);
    float dx = path.x(i) - ax;
    float dy = path.y(i) - ay;
    float reach = Math.max(path.radius(i - 1), path.radius(i)) + soft / 2;
    int left = first(Math.min(ax, ax + dx) - reach);
    int right = last(Math.max(ax, ax + dx) + reach);
    int bottom = last(Math.max(ay, ay + dy) + reach);
    float scale = 1 / Math.max(1e-12f, dx * dx + dy * dy);
    for (int y = first(Math.min(ay, ay + dy) - reach); y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        float px = x - ax;
        float py = y - ay;
        float t = Math.max(0, Math.min(1, (px * dx + py * dy) * scale));
        float ex = px - t * dx;
        float ey = py - t * dy;
        float distance = ex * ex + ey * ey;
        if (distance < reach * reach) {
          float edge = path.radius(i - 1) * (1 - t) + path.radius(i) * t + soft / 2;
          float cover = Math.min(1, (edge - (float) Math.sqrt(distance)) / soft);
          float value = cover * (path.ink(i - 1) * (1 - t) + path.ink(i) * t);
          amount[y * side + x] = Math.max(amount[y * side + x], value);
        }
      }
    }
  }

  private int first(float from) {
    return Math.max(0, (int) from);
  }

  private int last(float to) {
    return Math.min(side - 1, (int) to);
  }
}
