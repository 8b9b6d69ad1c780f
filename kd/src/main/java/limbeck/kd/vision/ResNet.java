package limbeck.kd.vision;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import limbeck.autograd.Module;
import limbeck.autograd.Var;

/**
 * Residual networks for small images: a convolution, three stages of (depth − 2) / 6 blocks each,
 * of which the second and third begin with a stride of 2, the mean over space, and a linear layer.
 * He et al. 2016, arXiv:1512.03385, section 4.2. A block is relu(bn2(conv2(relu(bn1(conv1(x))))) +
 * shortcut(x)), with convolutions of 3 × 3.
 *
 * <p>{@code resnet-20} has 16 channels in the first convolution and 16, 32 and 64 in the stages.
 * Where a block changes the shape, its shortcut is a convolution 1 × 1: the variant of the
 * experiments with teacher assistants (Mirzadeh et al. 2020, arXiv:1902.03393). {@code
 * resnet-20/conv-bn} puts a batch norm behind it, and {@code resnet-20/pad} has the shortcut
 * without parameters of the original paper, which leaves out values and adds channels of zeros.
 *
 * <p>{@code resnet-8x4} is 4 times as wide in the stages, 64, 128 and 256, and has 32 channels in
 * the first convolution; shortcuts are those of {@code conv-bn}. It is a common student of
 * resnet-32x4 since Tian et al. 2020, arXiv:1910.10699.
 *
 * <p>Parameters are named as in PyTorch's networks of this kind: {@code conv1}, {@code bn1}, {@code
 * layer1.0.conv1}, {@code layer1.0.bn1}, {@code layer1.0.conv2}, {@code layer1.0.bn2}, {@code
 * layer2.0.shortcut.0} (convolution), {@code layer2.0.shortcut.1} (its batch norm) …, {@code
 * linear}. Convolutions start as {@link HeConv} says.
 */
final class ResNet extends PostActivatedNetwork {
  static final Family FAMILY =
      new Family(
          "resnet-<depth>[/pad|/conv-bn], resnet-<depth>x<width>",
          "residual network of 6n + 2 layers for small images, such as resnet-20 or resnet-8x4",
          known(),
          ResNet::plan);

  private static final Pattern NAME =
      Pattern.compile("resnet-(\\d{1,4})(?:x(\\d{1,2})|/(pad|conv-bn|conv))?");

  /**
   * A network.
   *
   * @param blocks of a stage
   * @param first channels of the first convolution
   * @param channels of the first stage
   */
  private ResNet(Blueprint b, int blocks, int first, int channels, Shortcut shortcut) {
    super(
        b,
        first,
        threeStages(blocks, channels),
        (in, out, stride) -> new Residual(in, out, stride, shortcut));
  }

  /** relu(bn2(conv2(relu(bn1(conv1(x))))) + shortcut(x)). */
  private static final class Residual extends Block {
    private final Module shortcut;

    Residual(int in, int out, int stride, Shortcut kind) {
      super(HeConv.three(in, out, stride), out, HeConv.three(out, out, 1), out);
      shortcut = child("shortcut", kind.around(in, out, stride));
    }

    @Override
    Var normed(Var x) {
      return super.normed(x).plus(shortcut.forward(x));
    }
  }

  private static Family.Plan plan(String name) {
    Matcher m = NAME.matcher(name);
    if (!m.matches()) {
      return null;
    }
    int depth = Integer.parseInt(m.group(1));
    if (depth < 8 || (depth - 2) % 6 != 0) {
      throw Blueprint.misfit(name, "depth 6n + 2 expected: 8, 14, 20, 26, 32, 56, 110 …");
    }
    int blocks = (depth - 2) / 6;
    if (m.group(2) != null) {
      int k = Integer.parseInt(m.group(2));
      if (k < 1) {
        throw Blueprint.misfit(name, "a width of 1 at least expected");
      }
      return Family.Plan.staged(
          "resnet-" + depth + "x" + k,
          3,
          b -> new ResNet(b, blocks, 8 * k, 16 * k, Shortcut.CONV_BN));
    }
    Shortcut shortcut = shortcut(m.group(3));
    String variant = shortcut == Shortcut.CONV ? "" : "/" + m.group(3);
    return Family.Plan.staged(
        "resnet-" + depth + variant, 3, b -> new ResNet(b, blocks, 16, 16, shortcut));
  }

  private static Shortcut shortcut(String variant) {
    return variant == null || variant.equals("conv")
        ? Shortcut.CONV
        : variant.equals("pad") ? Shortcut.PAD : Shortcut.CONV_BN;
  }

  private static List<String> known() {
    List<String> names = new ArrayList<>(List.of("resnet-8x4", "resnet-32x4"));
    for (int depth : new int[] {8, 14, 20, 26, 32, 44, 56, 110}) {
      names.add("resnet-" + depth);
      names.add("resnet-" + depth + "/pad");
      names.add("resnet-" + depth + "/conv-bn");
    }
    return names;
  }
}
