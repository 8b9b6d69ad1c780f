package limbeck.kd.data;

import java.util.List;
import limbeck.engine.random.Philox;
import limbeck.kd.vision.ElasticField;
import org.joml.Matrix3x2f;
import org.joml.Vector2f;

/**
 * Writes one digit after another the way a hurried hand does. Holds scratch space, so each thread
 * has its own; nothing of one digit shows in the next.
 */
final class DigitHand {
  static final int SIDE = 28;

  /** Values that one digit may draw: its first index is this times its number. */
  private static final long DRAWS = 1 << 10;

  private static final float MIDDLE = (SIDE - 1) / 2f;

  private final Draws draws;
  private final Philox bends;
  private final Philox grain;
  private final int[] specks = new int[SIDE * SIDE / 4];
  private final PenPath path = new PenPath();
  private final PenPath stray = new PenPath();
  private final Ink ink = new Ink(SIDE);

  /** A hand that writes what the generator says. */
  DigitHand(Philox root) {
    draws = new Draws(root.stream(1));
    bends = root.stream(2);
    grain = root.stream(3);
  }

  /**
   * Writes digit number {@code index}: SIDE * SIDE bytes of brightness, row by row, from {@code
   * out[at]}.
   */
  void write(int digit, long index, byte[] out, int at) {
    draws.seek(index * DRAWS);
    skeleton(digit);
    warp(index);
    place();
    float soft = pressure();
    ink.clear();
    ink.draw(path, soft);
    clutter(soft);
    develop(index, out, at);
  }

  private void skeleton(int digit) {
    List<DigitGlyphs.Stroke> strokes =
        DigitGlyphs.strokes(digit, draws.below(DigitGlyphs.variants(digit)));
    float sloppy = draws.between(0.01f, 0.05f);
    path.clear();
    for (DigitGlyphs.Stroke stroke : strokes) {
      float[] points = stroke.points().clone();
      for (int i = 0; i < points.length; i++) {
        points[i] += draws.normal(sloppy);
      }
      path.curve(points, stroke.corners());
    }
  }

  /** Bends, slants, turns and stretches. */
  private void warp(long index) {
    path.displace(new ElasticField(bends, 32 * index, 3, draws.between(0.01f, 0.06f)));
    float angle = draws.normal(0.13f);
    float cos = (float) StrictMath.cos(angle);
    float sin = (float) StrictMath.sin(angle);
    Matrix3x2f map = new Matrix3x2f(cos, sin, -sin, cos, 0, 0);
    map.mul(new Matrix3x2f(1, 0, draws.normal(0.22f) - 0.1f, 1, 0, 0));
    map.scale(draws.between(0.55f, 1.05f), 1);
    path.transform(map);
  }

  /**
   * Scales to the usual size of digits in MNIST, about 20 pixels, and centres by mass, neither
   * quite exactly.
   */
  private void place() {
    float[] box = path.bounds();
    float longest = Math.max(1e-3f, Math.max(box[2] - box[0], box[3] - box[1]));
    float scale = draws.between(15.5f, 19.5f) / longest;
    Vector2f centre = path.centre();
    float left = limit(MIDDLE + draws.normal(0.7f) - scale * centre.x, scale, box[0], box[2]);
    float top = limit(MIDDLE + draws.normal(0.7f) - scale * centre.y, scale, box[1], box[3]);
    path.transform(new Matrix3x2f(scale, 0, 0, scale, left, top));
  }

  /** The shift nearest to {@code shift} that keeps a margin of two pixels for the pen. */
  private static float limit(float shift, float scale, float low, float high) {
    return Math.max(2 - scale * low, Math.min(SIDE - 3 - scale * high, shift));
  }

  /** Pen width and pressure along the way; returns how soft the edge is, in pixels. */
  private float pressure() {
    float radius = draws.between(0.6f, 1.7f);
    float swing = draws.between(0f, 0.35f);
    float here = 0;
    float gap = draws.chance(0.15f) ? draws.between(0, 1) : -1;
    float gapWidth = draws.between(0.02f, 0.07f);
    float gapInk = draws.between(0f, 0.4f);
    for (int i = 0; i < path.size(); i++) {
      here = 0.8f * here + draws.between(-swing, swing);
      float off = Math.abs(i / (float) path.size() - gap);
      path.pressure(i, Math.max(0.45f, radius * (1 + 0.5f * here)), off < gapWidth ? gapInk : 1);
    }
    return draws.between(0.8f, 1.6f);
  }

  /** Now and then a stray mark. */
  private void clutter(float soft) {
    if (!draws.chance(0.2f)) {
      return;
    }
    float x = draws.between(2, SIDE - 3);
    float y = draws.between(2, SIDE - 3);
    stray.clear();
    stray.add(x, y, true);
    stray.add(x + draws.normal(3), y + draws.normal(3), false);
    float strength = draws.between(0.4f, 1f);
    for (int i = 0; i < 2; i++) {
      stray.pressure(i, draws.between(0.4f, 1f), strength);
    }
    ink.draw(stray, soft);
  }

  /** Contrast and grain. */
  private void develop(long index, byte[] out, int at) {
    float gain = draws.between(0.65f, 1f);
    float noise = draws.between(0f, 0.08f);
    float[] amount = ink.amount();
    grain.fill(specks, 0, specks.length, index * (specks.length / 4));
    for (int i = 0; i < amount.length; i += 4) {
      int bits = specks[i / 4];
      for (int k = 0; k < 4; k++) {
        float speck = noise * (((bits >>> 8 * k & 0xff) - 127.5f) / 127.5f);
        float v = Math.max(0, Math.min(1, gain * amount[i + k] + speck));
        out[at + i + k] = (byte) (v * 255 + 0.5f);
      }
    }
  }
}
