package limbeck.kd.vision;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Networks of depthwise separable convolutions: a convolution 3 × 3 of each channel by itself, then
 * one of 1 × 1 over all channels, each followed by batch norm and a rectifier. Howard et al. 2017,
 * arXiv:1704.04861, table 1, for small images: the first convolution keeps the size, which it
 * halves there. A convolution of 32 channels; pairs to 64; 128, 128; 256, 256; 512 six times; 1024,
 * 1024, where each of the last four groups halves the image first; the mean over space; a linear
 * layer.
 *
 * <p>{@code mobile-0.5} has all these numbers of channels times 0.5, rounded down, but 8 at least.
 *
 * <p>Taps: a stage is a group of pairs with one size of image. Parameters: {@code conv1}, {@code
 * bn1}, {@code layer1.0.conv1} (depthwise), {@code layer1.0.bn1}, {@code layer1.0.conv2}, {@code
 * layer1.0.bn2} …, {@code linear}. Convolutions start as {@link HeConv} says.
 */
final class MobileNet extends PostActivatedNetwork {
  static final Family FAMILY =
      new Family(
          "mobile-<factor>",
          "depthwise separable convolutions, channels times a factor, such as mobile-0.5",
          List.of("mobile-0.25", "mobile-0.5", "mobile-0.75", "mobile-1"),
          MobileNet::plan);

  private static final Pattern NAME = Pattern.compile("mobile-(\\d)(?:\\.(\\d{1,2}))?");
  private static final int[][] STAGES = {
    {64}, {128, 128}, {256, 256}, {512, 512, 512, 512, 512, 512}, {1024, 1024}
  };
  private static final int FIRST = 32;
  private static final int LEAST = 8;

  private MobileNet(Blueprint b, int percent) {
    super(b, scaled(FIRST, percent), scaled(STAGES, percent), MobileNet::pair);
  }

  private static int[][] scaled(int[][] channels, int percent) {
    return Arrays.stream(channels)
        .map(stage -> Arrays.stream(stage).map(c -> scaled(c, percent)).toArray())
        .toArray(int[][]::new);
  }

  private static int scaled(int channels, int percent) {
    return Math.max(LEAST, channels * percent / 100);
  }

  /** A depthwise and a pointwise convolution. */
  private static Block pair(int in, int out, int stride) {
    return new Block(HeConv.depthwise(in, stride), in, HeConv.one(in, out, 1), out);
  }

  private static Family.Plan plan(String name) {
    Matcher m = NAME.matcher(name);
    if (!m.matches()) {
      return null;
    }
    String decimals = ((m.group(2) == null ? "" : m.group(2)) + "00").substring(0, 2);
    int percent = Integer.parseInt(m.group(1) + decimals);
    if (percent == 0) {
      throw Blueprint.misfit(name, "a factor above 0 expected");
    }
    String shortest = (m.group(1) + "." + decimals).replaceFirst("\\.?0+$", "");
    return Family.Plan.staged("mobile-" + shortest, STAGES.length, b -> new MobileNet(b, percent));
  }
}
