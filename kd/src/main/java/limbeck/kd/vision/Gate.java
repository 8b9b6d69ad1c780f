package limbeck.kd.vision;

import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.BatchNorm;
import limbeck.autograd.module.GlobalAvgPool;
import limbeck.autograd.module.Linear;
import limbeck.engine.op.Softmax;
import limbeck.engine.tensor.Shape;

/**
 * How much each branch of a network counts for an example: softmax(relu(norm(linear(x)))), [batch,
 * branches], of the mean of each channel of what the branches share, or of it itself if it is a
 * vector. Weights add up to 1; of one branch the weight is 1. Lan et al. 2018, arXiv:1806.04606,
 * section 3.1.
 */
final class Gate extends Module {
  private static final Softmax SOFTMAX = new Softmax();

  private final GlobalAvgPool pool;
  private final Linear linear;
  private final BatchNorm norm;

  /** A gate on activations of a shape, for one example, for so many branches. */
  Gate(Shape shared, int branches) {
    int width = shared.axis(0);
    pool = shared.rank() > 1 ? child("pool", new GlobalAvgPool()) : null;
    Init weights = Init.uniform(1 / StrictMath.sqrt(width));
    linear = child("linear", new Linear(width, branches, weights, Init.constant(0)));
    norm = child("norm", new BatchNorm(branches));
  }

  @Override
  public Var forward(Var shared) {
    Var x = pool == null ? shared : pool.forward(shared);
    return ImageNetwork.relu(norm.forward(linear.forward(x))).apply(SOFTMAX);
  }
}
