package limbeck.autograd;

import limbeck.autograd.module.Embedding;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.Reshape;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * A model of a table, used as such, or through an op that copies it: its gradient is then dense.
 */
public final class Words extends Module {
  public static final int ROWS = 300;
  public static final int WIDTH = 19;

  private final Embedding table;
  private final Parameter scale;
  private final boolean dense;

  public Words(boolean dense) {
    this(dense, ROWS);
  }

  public Words(boolean dense, int rows) {
    table = child("table", new Embedding(rows, WIDTH, 0));
    scale = parameter("scale", Shape.of(WIDTH), Init.normal(1));
    this.dense = dense;
    init(3);
  }

  @Override
  public Var forward(Var ids) {
    Var rows =
        dense
            ? ids.apply(new limbeck.engine.op.nn.Embedding(0), table.weight().times(1))
            : table.forward(ids);
    Var y = rows.apply(new MatMul(), scale.apply(Reshape.to(WIDTH, 1)));
    return y.times(y).sum();
  }

  /** The table. */
  public Parameter weight() {
    return table.weight();
  }

  /** What is no table. */
  public Parameter scale() {
    return scale;
  }

  /** Adds the gradients of batches on one tape. */
  public void backward(OpContext context, Tensor... batches) {
    try (Tape tape = Tape.open(context)) {
      Var loss = forward(Var.of(batches[0]));
      for (int i = 1; i < batches.length; i++) {
        loss = loss.plus(forward(Var.of(batches[i])));
      }
      tape.backward(loss);
    }
  }
}
