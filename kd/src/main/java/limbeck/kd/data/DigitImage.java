package limbeck.kd.data;

import java.util.Arrays;

/**
 * Brings a picture of one digit into the form of MNIST: white ink on black, scaled to fit 20 by 20,
 * centred by mass in 28 by 28 (LeCun, Bottou, Bengio, Haffner 1998, section III.A).
 */
public final class DigitImage {
  /** Width and height of the result. */
  public static final int SIDE = 28;

  private static final int BOX = 20;

  /** The middle of pixel 14, where the centres of mass in MNIST lie, within half a pixel. */
  private static final float CENTRE = 14.5f;

  private DigitImage() {}

  /**
   * The digit as 28 * 28 grey bytes, row by row. Colours become luminance, transparency is laid
   * over white, dark ink on a light ground is inverted; uneven ground fainter than the ink is
   * dropped. A picture that has this form already stays as it is.
   *
   * @throws IllegalArgumentException if nothing stands out from the ground
   */
  public static byte[] toDigit28(Image image) {
    int w = image.width();
    float[] ink = ink(image);
    int[] box = box(ink, w, image.height());
    float[] small = fit(ink, w, box);
    int width = side(box[2] - box[0], box);
    int height = side(box[3] - box[1], box);
    return centred(small, width, height);
  }

  /**
   * As {@link #toDigit28(Image)}, written to {@code out[at]} onwards as values from 0 to 1, as
   * models read them.
   */
  public static void read(Image image, float[] out, int at) {
    byte[] digit = toDigit28(image);
    for (int i = 0; i < digit.length; i++) {
      out[at + i] = (digit[i] & 0xff) / 255f;
    }
  }

  /** How far each pixel is from the ground, towards the ink; 0 where it does not stand out. */
  private static float[] ink(Image image) {
    float[] ink = new float[image.width() * image.height()];
    for (int i = 0; i < ink.length; i++) {
      ink[i] = luminance(image, i % image.width(), i / image.width());
    }
    float[] border = border(ink, image.width(), image.height());
    float ground = border[border.length / 2];
    float noise =
        Math.max(border[border.length * 9 / 10] - ground, ground - border[border.length / 10]);
    float low = ground;
    float high = ground;
    for (float v : ink) {
      low = Math.min(low, v);
      high = Math.max(high, v);
    }
    float sign = ground - low > high - ground ? -1 : 1;
    float strength = Math.max(ground - low, high - ground);
    if (strength < 8) {
      throw new IllegalArgumentException(
          "the picture of " + image + " shows no digit: its brightness hardly varies");
    }
    stretch(ink, ground, sign, Math.min(2 * noise, strength / 2));
    return ink;
  }

  private static void stretch(float[] ink, float ground, float sign, float floor) {
    for (int i = 0; i < ink.length; i++) {
      float v = sign * (ink[i] - ground);
      ink[i] = v > floor ? v : 0;
    }
  }

  private static float luminance(Image image, int x, int y) {
    boolean colour = image.channels() >= 3;
    float v = image.sample(x, y, 0);
    if (colour) { // the weights of ITU-R BT.601
      v = 0.299f * v + 0.587f * image.sample(x, y, 1) + 0.114f * image.sample(x, y, 2);
    }
    if (image.channels() % 2 == 1) {
      return v;
    }
    float alpha = image.sample(x, y, image.channels() - 1) / 255f;
    return v * alpha + 255 * (1 - alpha);
  }

  private static float[] border(float[] v, int w, int h) {
    float[] border = new float[2 * w + 2 * h];
    for (int x = 0; x < w; x++) {
      border[x] = v[x];
      border[w + x] = v[(h - 1) * w + x];
    }
    for (int y = 0; y < h; y++) {
      border[2 * w + y] = v[y * w];
      border[2 * w + h + y] = v[y * w + w - 1];
    }
    Arrays.sort(border);
    return border;
  }

  /** Left, top, right, bottom of the ink; right and bottom are exclusive. */
  private static int[] box(float[] ink, int w, int h) {
    int[] box = {w, h, 0, 0};
    for (int i = 0; i < ink.length; i++) {
      if (ink[i] > 0) {
        box[0] = Math.min(box[0], i % w);
        box[1] = Math.min(box[1], i / w);
        box[2] = Math.max(box[2], i % w + 1);
        box[3] = Math.max(box[3], i / w + 1);
      }
    }
    return box;
  }

  private static int side(int length, int[] box) {
    int longest = Math.max(box[2] - box[0], box[3] - box[1]);
    return Math.max(1, (2 * BOX * length + longest) / (2 * longest));
  }

  /**
   * The box scaled by area averaging: each result is the mean of the ink over the area it covers.
   */
  private static float[] fit(float[] ink, int w, int[] box) {
    int width = side(box[2] - box[0], box);
    int height = side(box[3] - box[1], box);
    float[] out = new float[width * height];
    float sx = (float) (box[2] - box[0]) / width;
    float sy = (float) (box[3] - box[1]) / height;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        out[y * width + x] = mean(ink, w, box, new float[] {x * sx, y * sy, sx, sy});
      }
    }
    return out;
  }

  /** The mean over the rectangle at {@code area} = left, top, width, height within the box. */
  private static float mean(float[] ink, int w, int[] box, float[] area) {
    int right = Math.min(box[2] - box[0], (int) Math.ceil(area[0] + area[2]));
    int bottom = Math.min(box[3] - box[1], (int) Math.ceil(area[1] + area[3]));
    float sum = 0;
    float total = 0;
    for (int y = (int) area[1]; y < bottom; y++) {
      float tall = Math.min(y + 1, area[1] + area[3]) - Math.max(y, area[1]);
      for (int x = (int) area[0]; x < right; x++) {
        float weight = tall * (Math.min(x + 1, area[0] + area[2]) - Math.max(x, area[0]));
        sum += weight * ink[(box[1] + y) * w + box[0] + x];
        total += weight;
      }
    }
    return total > 0 ? sum / total : 0;
  }

  /** Brightest to 255, the centre of mass to the centre, as far as nothing is pushed out. */
  private static byte[] centred(float[] small, int width, int height) {
    float mass = 0;
    float mx = 0;
    float my = 0;
    float peak = 0;
    for (int i = 0; i < small.length; i++) {
      mass += small[i];
      int x = i % width;
      int y = i / width;
      mx += small[i] * (x + 0.5f);
      my += small[i] * (y + 0.5f);
      peak = Math.max(peak, small[i]);
    }
    int left = place(mx / mass, width);
    int top = place(my / mass, height);
    byte[] out = new byte[SIDE * SIDE];
    for (int i = 0; i < small.length; i++) {
      out[(top + i / width) * SIDE + left + i % width] = (byte) Math.round(small[i] * (255 / peak));
    }
    return out;
  }

  private static int place(float centre, int length) {
    return Math.max(0, Math.min(SIDE - length, Math.round(CENTRE - centre)));
  }
}
