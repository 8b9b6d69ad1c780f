package limbeck.engine.op.nn;

import limbeck.engine.kernel.Rows;
import limbeck.engine.op.Lane;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;

/**
 * The forward pass of a recurrent layer, whose pieces of work are blocks of examples that go
 * through all steps. Kept by lanes, one each, so that a pass makes no objects.
 */
abstract class BlockPass {
  OpContext c;
  Lane lane;
  Rows r;
  Tensor[] in;
  Tensor out;

  /** The buffer for the backward pass; null if none follows. */
  Tensor saved;

  /** Makes ready for a call: {@link #clear} it before giving the lane back. */
  final void take(Lane ofLane, OpContext context, Tensor[] xs, Tensor result) {
    c = context;
    lane = ofLane;
    r = context.rows(result);
    in = xs;
    out = result;
    saved = context.saved();
  }

  /** Does what all units need, before any of them runs. */
  abstract void prepare();

  /** Pieces of work. */
  abstract int units();

  /** Elementary operations of a unit. */
  abstract long cost();

  /** Units {@code from} to {@code to}. */
  abstract void run(int from, int to);

  /** Gives up all that it was made ready with, lest the lane keep a model in memory. */
  void clear() {
    c = null;
    lane = null;
    r = null;
    in = null;
    out = null;
    saved = null;
  }

  /**
   * The whole pass of an op.
   *
   * @param lane that keeps this pass, which is made ready; given back
   */
  final void forward(OpContext c, OpContext.ForwardPass op, Lane lane, Tensor[] in, Tensor out) {
    prepare();
    int units = units();
    long cost = cost();
    clear();
    c.giveBack(lane);
    c.forward(op, units, cost, in, out);
  }

  /**
   * Some units of the pass of an op.
   *
   * @param lane that keeps this pass, which is made ready; given back
   */
  final void run(OpContext c, Lane lane, int from, int to) {
    run(from, to);
    clear();
    c.giveBack(lane);
  }
}
