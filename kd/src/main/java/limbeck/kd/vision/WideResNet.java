package limbeck.kd.vision;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.BatchNorm;
import limbeck.autograd.module.Conv2d;

/**
 * Wide residual networks: {@code wrn-16-2} has a depth of 16 and is 2 times as wide as the residual
 * network that it widens. A convolution of 16 channels, three stages of (depth − 4) / 6 blocks with
 * 16, 32 and 64 channels times the width, of which the second and third begin with a stride of 2,
 * batch norm, rectifier, the mean over space, and a linear layer. Zagoruyko and Komodakis 2016,
 * arXiv:1605.07146; here without dropout.
 *
 * <p>A block normalises and rectifies before it convolves: with a = relu(bn1(x)) it is
 * conv2(relu(bn2(conv1(a)))) + x, or, where the number of channels changes, + shortcut(a), a
 * convolution 1 × 1. Nothing is rectified after the sum.
 *
 * <p>Taps: {@code stem} is the first convolution, {@code stage1} … are sums, {@code stage1.pre} is
 * bn1 of the block that follows or the last batch norm, and {@code features} is that rectified.
 * Parameters: {@code conv1}, {@code layer1.0.bn1}, {@code layer1.0.conv1}, {@code layer1.0.bn2},
 * {@code layer1.0.conv2}, {@code layer1.0.shortcut.0} …, {@code bn1}, {@code linear}. Convolutions
 * start as {@link HeConv} says.
 */
final class WideResNet extends PreActivatedNetwork {
  static final Family FAMILY =
      new Family(
          "wrn-<depth>-<width>",
          "wide residual network of 6n + 4 layers for small images, such as wrn-16-2",
          List.of("wrn-16-1", "wrn-16-2", "wrn-28-10", "wrn-40-1", "wrn-40-2"),
          WideResNet::plan);

  private static final Pattern NAME = Pattern.compile("wrn-(\\d{1,4})-(\\d{1,2})");

  private static final int FIRST = 16;

  private final List<List<Residual>> stages;

  /**
   * A network.
   *
   * @param blocks of a stage
   * @param factor how many times as wide as the network that it widens
   */
  private WideResNet(Blueprint b, int blocks, int factor) {
    super(b, FIRST);
    stages = addStages(threeStages(blocks, 16 * factor), Residual::new);
    normPoolAndClassify(64 * factor);
  }

  @Override
  Var stage(int number, Var y) {
    List<Residual> blocks = stages.get(number - 1);
    Residual first = blocks.get(0);
    Var z = number == 1 ? first.forward(y) : follow(number - 1, y, first);
    for (Residual block : blocks.subList(1, blocks.size())) {
      z = block.forward(z);
    }
    return tapStage(number, z);
  }

  private static final class Residual extends Block {
    private final Conv2d conv1;
    private final BatchNorm norm2;
    private final Conv2d conv2;
    private final Module shortcut;
    private final boolean keepsShape;

    Residual(int in, int out, int stride) {
      super(in);
      conv1 = child("conv1", HeConv.three(in, out, stride));
      norm2 = child("bn2", new BatchNorm(out));
      conv2 = child("conv2", HeConv.three(out, out, 1));
      shortcut = child("shortcut", Shortcut.CONV.around(in, out, stride));
      keepsShape = in == out && stride == 1;
    }

    @Override
    Var body(Var x, Var activated) {
      Var hidden = relu(norm2.forward(conv1.forward(activated)));
      return conv2.forward(hidden).plus(keepsShape ? x : shortcut.forward(activated));
    }
  }

  private static Family.Plan plan(String name) {
    Matcher m = NAME.matcher(name);
    if (!m.matches()) {
      return null;
    }
    int depth = Integer.parseInt(m.group(1));
    int k = Integer.parseInt(m.group(2));
    if (depth < 10 || (depth - 4) % 6 != 0 || k < 1) {
      throw Blueprint.misfit(
          name, "depth 6n + 4 expected, 10, 16, 22, 28, 40 …, and a width of 1 at least");
    }
    return Family.Plan.staged(
        "wrn-" + depth + "-" + k, 3, b -> new WideResNet(b, (depth - 4) / 6, k));
  }
}
