package limbeck.kd.data;

import java.util.Arrays;
import limbeck.kd.vision.ElasticField;
import org.joml.Matrix3x2f;
import org.joml.Vector2f;

/**
 * The pen's way over the paper as short straight pieces: x, y, radius and ink at each end. Grows as
 * needed.
 */
final class PenPath {
  /** Pieces that one span between two skeleton points is cut into. */
  private static final int PIECES = 6;

  private float[] x = new float[128];
  private float[] y = new float[128];
  private float[] radius = new float[128];
  private float[] ink = new float[128];
  private boolean[] lifted = new boolean[128]; // no piece leads here from the point before
  private int size;

  int size() {
    return size;
  }

  float x(int i) {
    return x[i];
  }

  float y(int i) {
    return y[i];
  }

  float radius(int i) {
    return radius[i];
  }

  float ink(int i) {
    return ink[i];
  }

  boolean lifted(int i) {
    return lifted[i];
  }

  void pressure(int i, float newRadius, float newInk) {
    radius[i] = newRadius;
    ink[i] = newInk;
  }

  void clear() {
    size = 0;
  }

  void add(float px, float py, boolean lift) {
    if (size == x.length) {
      grow();
    }
    x[size] = px;
    y[size] = py;
    radius[size] = 1;
    ink[size] = 1;
    lifted[size++] = lift;
  }

  private void grow() {
    x = Arrays.copyOf(x, 2 * size);
    y = Arrays.copyOf(y, 2 * size);
    radius = Arrays.copyOf(radius, 2 * size);
    ink = Arrays.copyOf(ink, 2 * size);
    lifted = Arrays.copyOf(lifted, 2 * size);
  }

  /** Adds a smooth curve through the points: a Catmull-Rom spline, broken at corners. */
  void curve(float[] points, boolean[] corners) {
    add(points[0], points[1], true);
    for (int i = 0; i + 1 < corners.length; i++) {
      for (int k = 1; k <= PIECES; k++) {
        float t = (float) k / PIECES;
        add(hermite(points, corners, i, 0, t), hermite(points, corners, i, 1, t), false);
      }
    }
  }

  /** Coordinate {@code axis} of the span from point i to i + 1, at t from 0 to 1. */
  private static float hermite(float[] p, boolean[] corners, int i, int axis, float t) {
    float a = p[2 * i + axis];
    float b = p[2 * i + 2 + axis];
    float leave = corners[i] ? b - a : (b - p[2 * i - 2 + axis]) / 2;
    float arrive = corners[i + 1] ? b - a : (p[2 * i + 4 + axis] - a) / 2;
    float u = 1 - t;
    return u * u * (1 + 2 * t) * a + t * t * (3 - 2 * t) * b + t * u * (u * leave - t * arrive);
  }

  /** Maps every point. */
  void transform(Matrix3x2f map) {
    Vector2f p = new Vector2f();
    for (int i = 0; i < size; i++) {
      map.transformPosition(x[i], y[i], p);
      x[i] = p.x;
      y[i] = p.y;
    }
  }

  /** Moves every point by the field. */
  void displace(ElasticField field) {
    Vector2f p = new Vector2f();
    for (int i = 0; i < size; i++) {
      field.move(p.set(x[i], y[i]));
      x[i] = p.x;
      y[i] = p.y;
    }
  }

  /** Least x, least y, greatest x, greatest y. */
  float[] bounds() {
    float[] box = {x[0], y[0], x[0], y[0]};
    for (int i = 1; i < size; i++) {
      box[0] = Math.min(box[0], x[i]);
      box[1] = Math.min(box[1], y[i]);
      box[2] = Math.max(box[2], x[i]);
      box[3] = Math.max(box[3], y[i]);
    }
    return box;
  }

  /** The centre of mass of the drawn line. */
  Vector2f centre() {
    float mass = 1e-6f; // a single dot has no length
    float mx = mass * x[0];
    float my = mass * y[0];
    for (int i = 1; i < size; i++) {
      if (!lifted[i]) {
        float dx = x[i] - x[i - 1];
        float dy = y[i] - y[i - 1];
        float length = (float) Math.sqrt(dx * dx + dy * dy);
        mass += length;
        mx += length * (x[i] + x[i - 1]) / 2;
        my += length * (y[i] + y[i - 1]) / 2;
      }
    }
    return new Vector2f(mx / mass, my / mass);
  }
}
