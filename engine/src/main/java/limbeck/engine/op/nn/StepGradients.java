package limbeck.engine.op.nn;

import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.ColumnSum;
import limbeck.engine.kernel.composite.Sequences;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * The last part of a recurrent layer's backward pass: from the derivatives by the sums that the
 * gates of all valid steps are made of, a row each, the gradients of inputs, weights and biases.
 * Rows are examples ascending, within them time ascending.
 */
final class StepGradients {
  private final OpContext c;
  private final Rows r;
  private final Sequences sequences;
  private final Tensor x;
  private final boolean lengths;
  private final int width;
  private Tensor valid;

  /**
   * Of one call.
   *
   * @param x [batch, steps, width]
   * @param lengths whether examples have lengths of their own
   */
  StepGradients(OpContext c, Rows r, Sequences sequences, Tensor x, boolean lengths) {
    this.c = c;
    this.r = r;
    this.sequences = sequences;
    this.x = x;
    this.lengths = lengths;
    this.width = x.shape().last();
  }

  /** Adds up da·weightIh of all directions, and puts each step's row where x has the step. */
  void ofInput(Tensor dx, Tensor[] da, Tensor[] weightIh) {
    Shape shape = Shape.of(sequences.rows(), width);
    Tensor sum = lengths ? c.take(dx.dtype(), shape) : dx;
    multiply(da[0], weightIh[0], sum);
    for (int d = 1; d < da.length; d++) {
      Tensor term = c.take(dx.dtype(), shape);
      multiply(da[d], weightIh[d], term);
      c.forEach(
          sequences.rows(),
          width,
          (from, to) ->
              r.add(sum, from * width, term, from * width, sum, from * width, (to - from) * width));
    }
    if (lengths) {
      c.forEach(
          x.shape().axis(0),
          (long) x.shape().axis(1) * width,
          (from, to) -> sequences.scatter(r, sum, dx, from, to));
    }
  }

  private void multiply(Tensor da, Tensor weightIh, Tensor to) {
    int gates = da.shape().last();
    c.multiply(false, false, sequences.rows(), width, gates, da, gates, weightIh, width, to, width);
  }

  /** daᵀ·x over the valid steps. */
  void ofInputWeights(Tensor da, Tensor weightIh) {
    valid = valid == null ? validRows() : valid;
    ofWeights(da, valid, weightIh);
  }

  /** The inputs of the valid steps: x itself where all are. */
  private Tensor validRows() {
    if (!lengths) {
      return x.reshape(Shape.of(sequences.rows(), width));
    }
    Tensor rows = c.take(x.dtype(), Shape.of(sequences.rows(), width));
    c.forEach(
        x.shape().axis(0),
        (long) x.shape().axis(1) * width,
        (from, to) -> sequences.gather(r, x, rows, from, to));
    return rows;
  }

  /** daᵀ·{@code of}, where {@code of} has a row for each valid step. */
  void ofWeights(Tensor da, Tensor of, Tensor weights) {
    int gates = da.shape().last();
    int columns = weights.shape().last();
    c.multiply(
        true, false, gates, columns, sequences.rows(), da, gates, of, columns, weights, columns);
  }

  /** The sum of the rows of da. */
  void ofBias(Tensor da, Tensor bias) {
    int gates = da.shape().last();
    Tensor block = c.take(da.dtype(), bias.shape());
    c.forEach(
        ColumnSum.units(gates),
        ColumnSum.cost(sequences.rows(), gates),
        (from, to) -> ColumnSum.forward(r, da, sequences.rows(), gates, block, bias, from, to));
  }

  /** A row for each valid step out of what the forward pass saved, from some place on. */
  Tensor savedRows(Tensor saved, int from, int columns) {
    int size = sequences.rows() * columns;
    return saved.reshape(Shape.of(saved.size())).slice(from, from + size);
  }
}
