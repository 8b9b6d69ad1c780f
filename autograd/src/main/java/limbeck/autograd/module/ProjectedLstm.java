package limbeck.autograd.module;

import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.Var;
import limbeck.engine.tensor.Shape;

/**
 * One layer of long short-term memory in one direction whose states are projected: x [batch, time,
 * in] gives [batch, time, projected]; see {@link limbeck.engine.op.nn.ProjectedLstm}. Parameters
 * are {@code weight_ih} [4·hidden, in], {@code weight_hh} [4·hidden, projected], {@code bias}
 * [4·hidden] and {@code weight_hr} [projected, hidden], together 4·hidden·(in + projected) +
 * 4·hidden + hidden·projected numbers. Weights start uniform in ±1/√hidden, biases as 0, those of
 * forget gates as 1.
 */
public final class ProjectedLstm extends Module {
  private final limbeck.engine.op.nn.ProjectedLstm plain;
  private final limbeck.engine.op.nn.ProjectedLstm withLengths;
  private final Parameter weightIh;
  private final Parameter weightHh;
  private final Parameter bias;
  private final Parameter weightHr;

  /**
   * A layer.
   *
   * @param reverse whether it reads from the last valid step to the first
   * @param clip the limit of cells and projected states; 0: none
   * @throws IllegalArgumentException if there are no inputs, units or numbers of a state, or the
   *     limit is negative
   */
  public ProjectedLstm(int in, int hidden, int projected, boolean reverse, double clip) {
    if (in < 1 || hidden < 1 || projected < 1) {
      throw new IllegalArgumentException(
          "projectedLstm: from "
              + in
              + " to "
              + hidden
              + " units, projected to "
              + projected
              + ": 1 each at least");
    }
    plain = new limbeck.engine.op.nn.ProjectedLstm(reverse, false, clip);
    withLengths = new limbeck.engine.op.nn.ProjectedLstm(reverse, true, clip);
    Init init = Init.uniform(1 / StrictMath.sqrt(hidden));
    Init forget =
        (t, random) -> {
          t.fill(0);
          t.slice(hidden, 2 * hidden).fill(1);
        };
    weightIh = parameter("weight_ih", Shape.of(4 * hidden, in), init);
    weightHh = parameter("weight_hh", Shape.of(4 * hidden, projected), init);
    bias = parameter("bias", Shape.of(4 * hidden), forget);
    weightHr = parameter("weight_hr", Shape.of(projected, hidden), init);
  }

  @Override
  public Var forward(Var x) {
    return forward(x, null);
  }

  /**
   * The projected states of all steps, zeros behind an example's end.
   *
   * @param lengths I32 [batch]; null: all steps are valid
   */
  public Var forward(Var x, Var lengths) {
    return lengths == null
        ? x.apply(plain, weightIh, weightHh, bias, weightHr)
        : x.apply(withLengths, weightIh, weightHh, bias, weightHr, lengths);
  }
}
