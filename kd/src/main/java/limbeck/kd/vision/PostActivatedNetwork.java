package limbeck.kd.vision;

import java.util.List;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.BatchNorm;
import limbeck.autograd.module.Conv2d;

/**
 * A network of blocks that normalise and rectify behind their convolutions: the order of Ioffe and
 * Szegedy 2015, arXiv:1502.03167, and of the first residual networks.
 *
 * <p>Taps: {@code stem} is relu(bn1(conv1(x))), {@code stage1} … are the last blocks' outputs,
 * {@code stage1.pre} … what their last rectifiers get, and {@code features} is the last stage.
 */
abstract class PostActivatedNetwork extends BlockNetwork {
  private final BatchNorm norm;
  private final List<List<Block>> stages;

  /**
   * Registers all layers.
   *
   * @param first channels of the first convolution
   * @param widths of the blocks, as {@link #addStages} takes them
   */
  PostActivatedNetwork(Blueprint b, int first, int[][] widths, BlockMaker<Block> maker) {
    super(b, first);
    norm = child("bn1", new BatchNorm(first));
    stages = addStages(widths, maker);
    int[] last = widths[widths.length - 1];
    poolAndClassify(last[last.length - 1]);
  }

  @Override
  final Var stem(ImageInput input, Var x) {
    return offer("stem", relu(norm.forward(convolved(input, x))));
  }

  @Override
  final Var stage(int number, Var y) {
    List<Block> blocks = stages.get(number - 1);
    Var z = y;
    for (Block block : blocks.subList(0, blocks.size() - 1)) {
      z = block.forward(z);
    }
    return endStage(number, blocks.get(blocks.size() - 1).normed(z));
  }

  @Override
  final Var features(Var y) {
    return offer("features", y);
  }

  /** Two convolutions: relu(bn2(conv2(relu(bn1(conv1(x)))))). */
  static class Block extends Module {
    private final Conv2d conv1;
    private final BatchNorm norm1;
    private final Conv2d conv2;
    private final BatchNorm norm2;

    /**
     * A block of two convolutions.
     *
     * @param between channels from one to the other
     * @param out channels that the second one gives
     */
    Block(Conv2d first, int between, Conv2d second, int out) {
      conv1 = child("conv1", first);
      norm1 = child("bn1", new BatchNorm(between));
      conv2 = child("conv2", second);
      norm2 = child("bn2", new BatchNorm(out));
    }

    /** What the last rectifier gets. */
    Var normed(Var x) {
      return norm2.forward(conv2.forward(relu(norm1.forward(conv1.forward(x)))));
    }

    @Override
    public final Var forward(Var x) {
      return relu(normed(x));
    }
  }
}
