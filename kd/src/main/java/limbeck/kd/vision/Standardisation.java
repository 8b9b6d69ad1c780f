package limbeck.kd.vision;

import java.util.ArrayList;
import java.util.List;
import limbeck.kd.data.ImageDataset;

/**
 * Values as networks like them: (x − mean) / deviation, channel by channel. It is a network's first
 * layer and its numbers are in the network's program, so that who uses a program need not know
 * them.
 *
 * @param mean one number a channel
 * @param deviation likewise, above 0
 */
public record Standardisation(List<Double> mean, List<Double> deviation) {
  /** Values go in as they are. */
  public static final Standardisation NONE = new Standardisation(List.of(), List.of());

  /**
   * Means and deviations of ImageNet's red, green and blue, for values from 0 to 1, as published
   * networks for colour images often expect them.
   */
  public static final Standardisation IMAGENET =
      new Standardisation(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

  private static final int BYTE = 256;

  /**
   * Keeps the lists unmodifiable.
   *
   * @throws IllegalArgumentException if their lengths differ, or a deviation is not above 0
   */
  public Standardisation {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    boolean finite =
        mean.stream().allMatch(Double::isFinite) && deviation.stream().allMatch(Double::isFinite);
    if (mean.size() != deviation.size() || !finite || deviation.stream().anyMatch(d -> d <= 0)) {
      throw new IllegalArgumentException(
          "standardisation: means "
              + mean
              + " and deviations "
              + deviation
              + "; as many of each expected, deviations above 0");
    }
  }

  /**
   * That which brings every channel of these images to mean 0 and deviation 1: to be taken from
   * training images alone. A channel that is the same everywhere gets the deviation 1.
   *
   * @throws IllegalArgumentException if there is no image
   */
  public static Standardisation of(ImageDataset images) {
    if (images.size() == 0) {
      throw new IllegalArgumentException("standardisation: " + images.name() + " has no images");
    }
    List<Double> mean = new ArrayList<>();
    List<Double> deviation = new ArrayList<>();
    for (long[] counts : histograms(images)) {
      addChannel(counts, mean, deviation);
    }
    return new Standardisation(mean, deviation);
  }

  /** How often each byte occurs in each channel: whole numbers, so that no order shows. */
  private static long[][] histograms(ImageDataset images) {
    long[][] counts = new long[images.channels()][BYTE];
    int plane = images.height() * images.width();
    for (int i = 0; i < images.size(); i++) {
      byte[] values = images.bytes(i);
      for (int k = 0; k < values.length; k++) {
        counts[k / plane][values[k] & 0xff]++;
      }
    }
    return counts;
  }

  private static void addChannel(long[] counts, List<Double> mean, List<Double> deviation) {
    double n = 0;
    double sum = 0;
    for (int b = 0; b < BYTE; b++) {
      n += counts[b];
      sum += counts[b] * (double) b;
    }
    double centre = sum / n;
    double squares = 0;
    for (int b = 0; b < BYTE; b++) {
      squares += counts[b] * (b - centre) * (b - centre);
    }
    mean.add(centre / 255);
    deviation.add(squares == 0 ? 1 : StrictMath.sqrt(squares / n) / 255);
  }

  /** Whether values go in as they are. */
  public boolean isNone() {
    return mean.isEmpty();
  }
}
