package limbeck.kd.vision;

import java.util.ArrayList;
import java.util.List;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.Conv2d;
import limbeck.autograd.module.GlobalAvgPool;
import limbeck.autograd.module.Sequential;

/**
 * A network whose stages are blocks one after another: a convolution of 3 × 3 ({@code conv1}), the
 * stages ({@code layer1}, {@code layer2} …, their blocks numbered from 0), the mean over space, and
 * a linear layer ({@code linear}). Where batch norms and rectifiers stand divides such networks in
 * two: {@link PostActivatedNetwork} and {@link PreActivatedNetwork}.
 */
abstract class BlockNetwork extends StagedNetwork {
  private final int first;
  private final Conv2d conv;
  private GlobalAvgPool pool;

  /**
   * Registers the first convolution, and nothing behind it.
   *
   * @param first channels that it gives
   * @throws IllegalArgumentException if dropout is wanted: these networks have none
   */
  BlockNetwork(Blueprint b, int first) {
    super(b);
    b.requireNoDropout();
    this.first = first;
    conv = child("conv1", HeConv.three(b.image().channels(), first, 1));
  }

  /** How a family makes a block. */
  interface BlockMaker<B extends Module> {
    B block(int in, int out, int stride);
  }

  /**
   * Channels for {@link #addStages}: three stages of as many blocks, each with twice the channels
   * of the one before.
   */
  static int[][] threeStages(int blocks, int channels) {
    int[][] widths = new int[3][blocks];
    for (int stage = 0; stage < widths.length; stage++) {
      for (int i = 0; i < blocks; i++) {
        widths[stage][i] = channels << stage;
      }
    }
    return widths;
  }

  /**
   * Registers stages in which every block takes what the one before gives; the first block of each
   * stage but the first has a stride of 2.
   *
   * @param widths channels that each block gives, a row for each stage
   * @return the blocks of each stage
   */
  final <B extends Module> List<List<B>> addStages(int[][] widths, BlockMaker<B> maker) {
    List<List<B>> stages = new ArrayList<>();
    int in = first;
    for (int[] stage : widths) {
      List<B> blocks = new ArrayList<>();
      for (int out : stage) {
        boolean halves = blocks.isEmpty() && !stages.isEmpty();
        blocks.add(maker.block(in, out, halves ? 2 : 1));
        in = out;
      }
      addStage(blocks);
      stages.add(blocks);
    }
    return stages;
  }

  /** Registers the next stage. */
  final Sequential addStage(List<? extends Module> blocks) {
    nextStage();
    return child("layer" + stages(), new Sequential(blocks.toArray(Module[]::new)));
  }

  /** Registers what comes last: the mean over space and the linear layer. */
  final void poolAndClassify(int channels) {
    pool = child("pool", new GlobalAvgPool());
    classify("linear", channels);
  }

  /** The first convolution of a batch of images. */
  final Var convolved(ImageInput input, Var x) {
    return conv.forward(input.forward(x));
  }

  @Override
  final Var pooled(Var features) {
    return pool.forward(features);
  }
}
