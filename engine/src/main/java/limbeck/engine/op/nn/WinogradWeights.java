package limbeck.engine.op.nn;

import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.Winograd;
import limbeck.engine.op.Lane;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.engine.tensor.Workspace;

/** Weights of {@link Conv} in the form that {@link Winograd} multiplies with. */
final class WinogradWeights {
  private static final int WINDOW = 9;

  private WinogradWeights() {}

  /**
   * v[16, in, out rounded up] = G w Gᵀ, from w [out, in, 3, 3].
   *
   * @param memory for the result and for scratch; null makes new tensors
   */
  static Tensor forward(OpContext c, Tensor w, Workspace memory) {
    Rows r = c.rows(w);
    Winograd loops = c.winograd(w);
    int out = w.shape().axis(0);
    int in = w.shape().axis(1);
    int n = Winograd.roundUp(out, Winograd.LANES);
    Tensor v = take(memory, w.dtype(), Winograd.MATRICES * in * n);
    Tensor scratch = take(memory, w.dtype(), WINDOW * in * n);
    r.transpose(w, 0, in * WINDOW, scratch, 0, n, in * WINDOW, out);
    if (memory == null) { // a program's, once: linking a lambda would take longer
      channels(loops, scratch, n, v, in, 0, in);
    } else {
      c.forEach(
          in,
          (long) Winograd.MATRICES * n,
          (from, to) -> channels(loops, scratch, n, v, in, from, to));
    }
    return v;
  }

  private static void channels(
      Winograd loops, Tensor w, int n, Tensor v, int in, int from, int to) {
    for (int channel = from; channel < to; channel++) {
      loops.weights(w, channel * WINDOW * n, n, v, channel * n, in * n, n);
    }
  }

  private static Tensor take(Workspace memory, DType type, int size) {
    Shape shape = Shape.of(size);
    return memory == null ? Tensor.zeros(type, shape) : memory.take(type, shape);
  }

  /** v[16, out, in rounded up] of the windows turned over, in memory of the context's workspace. */
  static Tensor turned(OpContext c, Tensor w) {
    Rows r = c.rows(w);
    Winograd loops = c.winograd(w);
    int out = w.shape().axis(0);
    int in = w.shape().axis(1);
    int n = Winograd.roundUp(in, Winograd.LANES);
    Tensor v = c.take(w.dtype(), Shape.of(Winograd.MATRICES * out * n));
    c.forEach(
        out,
        2L * Winograd.MATRICES * n,
        (from, to) -> {
          Lane lane = c.lane();
          Tensor scratch = lane.scratch(WinogradPass.PIXELS, w.dtype(), WINDOW * n);
          for (int o = from; o < to; o++) {
            r.transpose(w, o * in * WINDOW, WINDOW, scratch, 0, n, WINDOW, in);
            loops.weights(scratch, (WINDOW - 1) * n, -n, v, o * n, out * n, n);
          }
          c.giveBack(lane);
        });
    return v;
  }
}
