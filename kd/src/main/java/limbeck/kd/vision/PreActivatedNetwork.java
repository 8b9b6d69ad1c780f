package limbeck.kd.vision;

import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.BatchNorm;

/**
 * A network of blocks that normalise and rectify before they convolve. He et al. 2016,
 * arXiv:1603.05027. A stage ends without a rectifier, and behind the last stage come a batch norm
 * ({@code bn1}) and a rectifier.
 *
 * <p>Taps: {@code stem} is the first convolution, {@code stage1} … are the stages, {@code
 * stage1.pre} … the batch norm that follows each, and {@code features} is the last of these
 * rectified.
 */
abstract class PreActivatedNetwork extends BlockNetwork {
  private BatchNorm norm;

  /** As {@link BlockNetwork}'s. */
  PreActivatedNetwork(Blueprint b, int first) {
    super(b, first);
  }

  /** Registers what comes behind the last stage. */
  final void normPoolAndClassify(int channels) {
    norm = child("bn1", new BatchNorm(channels));
    poolAndClassify(channels);
  }

  @Override
  final Var stem(ImageInput input, Var x) {
    return offer("stem", convolved(input, x));
  }

  /** What the block behind a stage makes of its end; offers the tap before the rectifier. */
  final Var follow(int stage, Var end, Block next) {
    Var normed = next.norm1.forward(end);
    tapPre(stage, normed);
    return next.body(end, relu(normed));
  }

  @Override
  final Var features(Var y) {
    Var normed = norm.forward(y);
    tapPre(stages(), normed);
    return offer("features", relu(normed));
  }

  /** Begins with {@code bn1} and a rectifier: body(x, relu(bn1(x))). */
  abstract static class Block extends Module {
    private final BatchNorm norm1;

    /** One that takes so many channels. */
    Block(int in) {
      norm1 = child("bn1", new BatchNorm(in));
    }

    /** The block's output for x and relu(bn1(x)). */
    abstract Var body(Var x, Var activated);

    @Override
    public final Var forward(Var x) {
      return body(x, relu(norm1.forward(x)));
    }
  }
}
