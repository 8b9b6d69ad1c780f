package limbeck.kd.vision;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import limbeck.autograd.Var;
import limbeck.autograd.module.AvgPool2d;
import limbeck.autograd.module.BatchNorm;
import limbeck.autograd.module.Conv2d;
import limbeck.autograd.module.Sequential;

/**
 * Densely connected networks for small images: each layer sees the outputs of all layers before it
 * in its stage, side by side as channels, and adds a few of its own, the growth rate k. Three
 * stages of equally many layers; a layer is conv1(relu(bn1(x))) with a window of 3 × 3. Between
 * stages comes a transition: batch norm, rectifier, a convolution 1 × 1 and the mean of 2 × 2.
 * Huang et al. 2017, arXiv:1608.06993; here without dropout.
 *
 * <p>{@code densenet-40-12} has a depth of 3n + 4 = 40 and k = 12; the first convolution has 16
 * channels. {@code densenet-bc-40-12} has a depth of 6n + 4: a layer first brings its input down to
 * 4k channels by a convolution 1 × 1, transitions halve the channels, and the first convolution has
 * 2k.
 *
 * <p>Taps: {@code stem} is the first convolution, {@code stage1} … are all channels of a stage side
 * by side, {@code stage1.pre} is the batch norm of the transition or the last one, and {@code
 * features} is the last one rectified. Parameters: {@code conv1}, {@code layer1.0.bn1}, {@code
 * layer1.0.conv1} …, {@code transition1.bn1}, {@code transition1.conv1} …, {@code bn1}, {@code
 * linear}; layers of two convolutions have {@code bn2} and {@code conv2}. Convolutions start as
 * {@link HeConv} says.
 */
final class DenseNet extends PreActivatedNetwork {
  static final Family FAMILY =
      new Family(
          "densenet-<depth>-<growth>, densenet-bc-<depth>-<growth>",
          "densely connected network for small images, such as densenet-bc-40-12",
          List.of("densenet-40-12", "densenet-bc-22-12", "densenet-bc-40-12", "densenet-bc-100-12"),
          DenseNet::plan);

  private static final Pattern NAME = Pattern.compile("densenet-(bc-)?(\\d{1,3})-(\\d{1,3})");
  private static final int STAGES = 3;

  private final List<Sequential> stages = new ArrayList<>();
  private final List<Transition> transitions = new ArrayList<>();

  /**
   * A network.
   *
   * @param layers of a stage
   * @param growth channels that a layer adds
   * @param narrow whether layers and transitions bring channels down
   */
  private DenseNet(Blueprint b, int layers, int growth, boolean narrow) {
    super(b, first(growth, narrow));
    b.requireHalves(STAGES - 1);
    int width = first(growth, narrow);
    for (int stage = 1; stage <= STAGES; stage++) {
      List<Layer> added = new ArrayList<>();
      for (int i = 0; i < layers; i++) {
        added.add(new Layer(width, growth, narrow));
        width += growth;
      }
      stages.add(addStage(added));
      if (stage < STAGES) {
        int out = narrow ? width / 2 : width;
        transitions.add(child("transition" + stage, new Transition(width, out)));
        width = out;
      }
    }
    normPoolAndClassify(width);
  }

  private static int first(int growth, boolean narrow) {
    return narrow ? 2 * growth : 16;
  }

  @Override
  Var stage(int number, Var y) {
    Var z = tapStage(number, stages.get(number - 1).forward(y));
    return number == STAGES ? z : follow(number, z, transitions.get(number - 1));
  }

  /** x and what it gives rise to, side by side. */
  private static final class Layer extends Block {
    private final Conv2d conv1;
    private final BatchNorm norm2;
    private final Conv2d conv2;

    Layer(int in, int growth, boolean narrow) {
      super(in);
      int inner = 4 * growth;
      conv1 = child("conv1", narrow ? HeConv.one(in, inner, 1) : HeConv.three(in, growth, 1));
      norm2 = narrow ? child("bn2", new BatchNorm(inner)) : null;
      conv2 = narrow ? child("conv2", HeConv.three(inner, growth, 1)) : null;
    }

    @Override
    Var body(Var x, Var activated) {
      Var added = conv1.forward(activated);
      if (conv2 != null) {
        added = conv2.forward(relu(norm2.forward(added)));
      }
      return Var.concat(1, x, added);
    }
  }

  /** From one stage to the next. */
  private static final class Transition extends Block {
    private final Conv2d conv;
    private final AvgPool2d half;

    Transition(int in, int out) {
      super(in);
      conv = child("conv1", HeConv.one(in, out, 1));
      half = child("half", new AvgPool2d(2));
    }

    @Override
    Var body(Var x, Var activated) {
      return half.forward(conv.forward(activated));
    }
  }

  private static Family.Plan plan(String name) {
    Matcher m = NAME.matcher(name);
    if (!m.matches()) {
      return null;
    }
    boolean narrow = m.group(1) != null;
    int depth = Integer.parseInt(m.group(2));
    int growth = Integer.parseInt(m.group(3));
    int each = narrow ? 2 * STAGES : STAGES;
    if (depth < each + 4 || (depth - 4) % each != 0 || growth < 1) {
      throw Blueprint.misfit(
          name, "depth " + each + "n + 4 expected, such as 40, and a growth of 1 at least");
    }
    return Family.Plan.staged(
        "densenet-" + (narrow ? "bc-" : "") + depth + "-" + growth,
        STAGES,
        b -> new DenseNet(b, (depth - 4) / each, growth, narrow));
  }
}
