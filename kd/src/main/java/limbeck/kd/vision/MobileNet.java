package limbeck.kd.vision;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.BatchNorm;
import limbeck.autograd.module.Conv2d;
import limbeck.autograd.module.GlobalAvgPool;
import limbeck.autograd.module.Sequential;

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
final class MobileNet extends StagedNetwork {
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

  private final Conv2d conv;
  private final BatchNorm norm;
  private final List<List<Pair>> stages = new ArrayList<>();
  private final GlobalAvgPool pool;

  private MobileNet(Blueprint b, int percent) {
    super(b);
    b.requireNoDropout();
    int width = scaled(FIRST, percent);
    conv = child("conv1", HeConv.three(b.image().channels(), width, 1));
    norm = child("bn1", new BatchNorm(width));
    for (int stage = 1; stage <= STAGES.length; stage++) {
      nextStage();
      List<Pair> pairs = new ArrayList<>();
      for (int channels : STAGES[stage - 1]) {
        int out = scaled(channels, percent);
        pairs.add(new Pair(width, out, stage > 1 && pairs.isEmpty() ? 2 : 1));
        width = out;
      }
      stages.add(pairs);
      child("layer" + stage, new Sequential(pairs.toArray(Module[]::new)));
    }
    pool = child("pool", new GlobalAvgPool());
    classify("linear", width);
  }

  private static int scaled(int channels, int percent) {
    return Math.max(LEAST, channels * percent / 100);
  }

  @Override
  Var stem(ImageInput input, Var x) {
    return offer("stem", relu(norm.forward(conv.forward(input.forward(x)))));
  }

  @Override
  Var stage(int number, Var y) {
    List<Pair> pairs = stages.get(number - 1);
    Var z = y;
    for (Pair pair : pairs.subList(0, pairs.size() - 1)) {
      z = pair.forward(z);
    }
    return endStage(number, pairs.get(pairs.size() - 1).normed(z));
  }

  @Override
  Var features(Var y) {
    return offer("features", y);
  }

  @Override
  Var pooled(Var features) {
    return pool.forward(features);
  }

  /** A depthwise and a pointwise convolution. */
  private static final class Pair extends Module {
    private final Conv2d conv1;
    private final BatchNorm norm1;
    private final Conv2d conv2;
    private final BatchNorm norm2;

    Pair(int in, int out, int stride) {
      conv1 = child("conv1", HeConv.depthwise(in, stride));
      norm1 = child("bn1", new BatchNorm(in));
      conv2 = child("conv2", HeConv.one(in, out, 1));
      norm2 = child("bn2", new BatchNorm(out));
    }

    /** What the last rectifier gets. */
    Var normed(Var x) {
      return norm2.forward(conv2.forward(relu(norm1.forward(conv1.forward(x)))));
    }

    @Override
    public Var forward(Var x) {
      return relu(normed(x));
    }
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
