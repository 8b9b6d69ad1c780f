package limbeck.kd.vision;

import java.util.Arrays;
import limbeck.engine.random.Philox;
import org.joml.Matrix3x2f;
import org.joml.Vector2f;

/**
 * Rotates, scales, shears and shifts each image at random about its centre, with bilinear
 * interpolation; outside the image there are zeros. Sines come from {@link StrictMath} and the JOML
 * methods used here never fuse, so the same bits come out everywhere.
 */
public final class AffineJitter implements Augment {
  /**
   * How strong the changes are; each is drawn uniformly up to its limit, either way.
   *
   * @param degrees of rotation
   * @param scale relative: 0.1 draws from 1/1.1 to 1.1, by axis
   * @param shear sideways pixels a pixel of height
   * @param shift pixels along each axis
   */
  public record Limits(float degrees, float scale, float shear, float shift) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is negative or not finite, or the scale or shear is
     *     above 1
     */
    public Limits {
      boolean finite = degrees <= 180 && shift <= 1 << 20;
      if (!(degrees >= 0
          && scale >= 0
          && shear >= 0
          && shift >= 0
          && finite
          && scale <= 1
          && shear <= 1)) {
        throw new IllegalArgumentException(
            "affine jitter of "
                + degrees
                + " degrees, scale "
                + scale
                + ", shear "
                + shear
                + ", shift "
                + shift
                + ": none may be negative, scale and shear are at most 1");
      }
    }
  }

  private static final long STREAM = 0x4146464a; // "AFFJ"
  private static final int DRAWS = 8; // an example has the indices 8 example to 8 example + 7

  private final Philox root;
  private final Limits limits;
  private final int planes;
  private final int height;
  private final int width;

  /**
   * Jitter of images [planes, height, width].
   *
   * @throws IllegalArgumentException if a size is below 1
   */
  public AffineJitter(long seed, Limits limits, int planes, int height, int width) {
    if (planes < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "cannot warp images of " + planes + " x " + height + " x " + width);
    }
    this.root = new Philox(seed).stream(STREAM);
    this.limits = limits;
    this.planes = planes;
    this.height = height;
    this.width = width;
  }

  /**
   * The map from pixels of the changed image to those of the original, in that epoch of that
   * example.
   */
  public Matrix3x2f toOriginal(int epoch, int example) {
    Philox draws = root.stream(epoch);
    long at = (long) DRAWS * example;
    double angle = StrictMath.toRadians(limits.degrees * either(draws, at));
    float cx = (width - 1) / 2f;
    float cy = (height - 1) / 2f;
    Matrix3x2f map =
        new Matrix3x2f()
            .translate(
                cx + limits.shift * either(draws, at + 4),
                cy + limits.shift * either(draws, at + 5));
    float cos = (float) StrictMath.cos(angle);
    float sin = (float) StrictMath.sin(angle);
    map.mul(new Matrix3x2f(cos, sin, -sin, cos, 0, 0));
    map.mul(new Matrix3x2f(1, 0, limits.shear * either(draws, at + 3), 1, 0, 0));
    map.scale(factor(either(draws, at + 1)), factor(either(draws, at + 2)));
    return map.translate(-cx, -cy).invert();
  }

  private float factor(float u) {
    return u >= 0 ? 1 + limits.scale * u : 1 / (1 - limits.scale * u);
  }

  private static float either(Philox draws, long index) {
    return 2 * draws.uniform(index) - 1;
  }

  /** In place, the original is copied first. */
  @Override
  @SuppressWarnings("ReferenceEquality") // the same array, not one of the same content
  public void apply(int epoch, int example, float[] in, int inAt, float[] out, int outAt) {
    int size = planes * height * width;
    if (in == out) {
      apply(epoch, example, Arrays.copyOfRange(in, inAt, inAt + size), 0, out, outAt);
    } else {
      warp(toOriginal(epoch, example), in, inAt, out, outAt);
    }
  }

  /**
   * Writes for every pixel of {@code out} the value of {@code in} at the place that {@code map}
   * sends it to.
   */
  private void warp(Matrix3x2f map, float[] in, int inAt, float[] out, int outAt) {
    Vector2f p = new Vector2f();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        map.transformPosition(x, y, p);
        for (int plane = 0; plane < planes; plane++) {
          int offset = plane * height * width;
          out[outAt + offset + y * width + x] = bilinear(in, inAt + offset, p.x, p.y);
        }
      }
    }
  }

  private float bilinear(float[] in, int at, float x, float y) {
    if (!(x > -1 && y > -1 && x < width && y < height)) {
      return 0;
    }
    int left = (int) (x + 1) - 1; // floor, as x + 1 is not negative
    int top = (int) (y + 1) - 1;
    float right = x - left;
    float below = y - top;
    float upper = value(in, at, left, top) * (1 - right) + value(in, at, left + 1, top) * right;
    float lower =
        value(in, at, left, top + 1) * (1 - right) + value(in, at, left + 1, top + 1) * right;
    return upper * (1 - below) + lower * below;
  }

  private float value(float[] in, int at, int x, int y) {
    return x < 0 || y < 0 || x >= width || y >= height ? 0 : in[at + y * width + x];
  }
}
