package limbeck.engine.op.nn;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.ColumnSum;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Adds to each step of a sequence the row of a table that belongs to its position: y[b, t, ·] =
 * x[b, t, ·] + table[first + t, ·]. The number of steps is in no setting, so that a program serves
 * all.
 *
 * @param first the position of step 0: above 0 where decoding goes on
 */
public record AddPositions(int first) implements Op, OpContext.ForwardPass {
  private static final OpSpec SPEC =
      OpSpec.of("addPositions")
          .operand("x", "batch steps width")
          .operand("table", "positions width");

  /** Checks the first position. */
  public AddPositions {
    Positions.requireFirst("addPositions", first);
  }

  @Override
  public Shape infer(Shape... in) {
    OpSpec spec = spec();
    spec.requireOperands(in.length);
    if (in[0].rank() != 3) {
      throw spec.rankError(0, in[0], 3);
    }
    if (in[1].rank() != 2) {
      throw spec.rankError(1, in[1], 2);
    }
    spec.requireEqual("width", 0, in[0], in[0].last(), 1, in[1], in[1].last());
    Positions.requireRows(spec, in[0], in[0].axis(1), in[1], first);
    return in[0];
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    c.forward(this, out.shape().rows(), out.shape().last(), in, out);
  }

  /** Forward for steps {@code from} to {@code to}, counted through all examples. */
  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Rows r = c.rows(out);
    int steps = out.shape().axis(1);
    int n = out.shape().last();
    for (int row = from; row < to; row++) {
      r.add(in[0], row * n, in[1], (first + row % steps) * n, out, row * n, n);
    }
  }

  /** dx = dy; dtable is the sum of dy over examples in the order of {@link ColumnSum}. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    if (gradIn[0] != null) {
      gradIn[0].copyFrom(gradOut);
    }
    if (gradIn[1] != null) {
      int steps = out.shape().axis(1);
      gradIn[1].slice(0, first).fill(0);
      gradIn[1].slice(first + steps, in[1].shape().axis(0)).fill(0);
      sumExamples(c, gradOut, gradIn[1].slice(first, first + steps));
    }
  }

  private static void sumExamples(OpContext c, Tensor dy, Tensor rows) {
    Rows r = c.rows(dy);
    int batch = dy.shape().axis(0);
    int size = rows.size();
    Tensor block = c.take(dy.dtype(), rows.shape());
    c.forEach(
        ColumnSum.units(size),
        ColumnSum.cost(batch, size),
        (from, to) -> ColumnSum.forward(r, dy, batch, size, block, rows, from, to));
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("first", first);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
