package limbeck.engine.op.nn;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.IdGroups;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.RowSparseOp;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Rows of a table by their numbers: y[…, width] = table[ids[…]]. Ids are I32 of any shape.
 *
 * <p>Backward: a row's gradient is the sum of those of its places, places ascending, starting from
 * the first; rows without a place get zero. The places of each row are brought together first
 * ({@link IdGroups}), so that threads share the rows and never meet.
 *
 * @param paddingIndex an id that stands for no word: its row gets no gradient; −1 for none
 */
public record Embedding(int paddingIndex) implements RowSparseOp {
  private static final OpSpec SPEC =
      OpSpec.of("embedding").operand("ids", "...").operand("table", "rows width");

  private static final OpContext.ForwardPass COPY = Embedding::copy;

  /** Every id is a word. */
  public Embedding() {
    this(-1);
  }

  /** Checks the padding index. */
  public Embedding {
    if (paddingIndex < -1) {
      throw new IllegalArgumentException(
          "embedding: padding index " + paddingIndex + ", a row number or -1 expected");
    }
  }

  @Override
  public Shape infer(Shape... in) {
    SPEC.requireOperands(in.length);
    if (in[1].rank() != 2) {
      throw SPEC.rankError(1, in[1], 2);
    }
    if (paddingIndex >= in[1].axis(0)) {
      throw new ShapeException(
          "embedding: padding index " + paddingIndex + " is no row of " + SPEC.describe(1, in[1]));
    }
    int[] axes = new int[in[0].rank() + 1];
    for (int i = 0; i < in[0].rank(); i++) {
      axes[i] = in[0].axis(i);
    }
    axes[in[0].rank()] = in[1].axis(1);
    return Shape.of(axes);
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    requireIds(in[0], in[1].shape());
    c.forward(COPY, in[0].size(), in[1].shape().last(), in, out);
  }

  private static void copy(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Rows r = c.rows(out);
    int width = in[1].shape().last();
    for (int i = from; i < to; i++) {
      r.copy(in[1], in[0].ints()[in[0].offset() + i] * width, out, i * width, width);
    }
  }

  /** Before the work is shared out: so that the first wrong one is reported. */
  private static void requireIds(Tensor ids, Shape table) {
    SPEC.requireType(0, ids, DType.I32);
    int[] values = ids.ints();
    int at = ids.offset();
    for (int i = 0; i < ids.size(); i++) {
      if (values[at + i] < 0 || values[at + i] >= table.axis(0)) {
        throw new ShapeException(
            "embedding: id "
                + values[at + i]
                + " at "
                + place(ids.shape(), i)
                + " of "
                + SPEC.describe(0, ids.shape())
                + " is no row of "
                + SPEC.describe(1, table));
      }
    }
  }

  /** The index of element {@code i} along all axes. */
  private static Shape place(Shape shape, int i) {
    int[] index = new int[shape.rank()];
    int rest = i;
    for (int axis = index.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape.axis(axis);
      rest /= shape.axis(axis);
    }
    return Shape.of(index);
  }

  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Tensor table = gradIn[1];
    Rows r = c.rows(table);
    c.forEach(table.size(), 1, (from, to) -> r.fill(0, table, from, to - from));
    Tensor rows = c.take(DType.I32, Shape.of(mostRows(in)));
    sums(c, in[0], in[1].shape(), gradOut, rows, table, true);
  }

  @Override
  public int table() {
    return 1;
  }

  @Override
  public int mostRows(Tensor[] in) {
    return Math.min(in[0].size(), in[1].shape().axis(0));
  }

  @Override
  public int backwardRows(OpContext c, Tensor[] in, Tensor gradOut, Tensor rows, Tensor values) {
    return sums(c, in[0], in[1].shape(), gradOut, rows, values, false);
  }

  /**
   * Writes the gradients of the rows found.
   *
   * @param inPlace whether each goes to its row of {@code to}, or one after another
   */
  private int sums(
      OpContext c,
      Tensor ids,
      Shape table,
      Tensor gradOut,
      Tensor found,
      Tensor to,
      boolean inPlace) {
    int n = ids.size();
    int width = table.last();
    Tensor positions = c.take(DType.I32, Shape.of(n));
    Tensor starts = c.take(DType.I32, Shape.of(n + 1));
    Tensor scratch = c.take(DType.I32, Shape.of(IdGroups.scratchSize(n)));
    int groups =
        IdGroups.find(ids, table.axis(0) - 1, paddingIndex, positions, starts, found, scratch);
    Rows r = c.rows(to);
    c.forEach(
        groups,
        (long) n * width / Math.max(1, groups),
        (from, end) -> {
          for (int g = from; g < end; g++) {
            int row = inPlace ? found.ints()[found.offset() + g] : g;
            IdGroups.sum(r, gradOut, 0, width, positions, starts, g, to, row * width);
          }
        });
    return groups;
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("paddingIndex", paddingIndex);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
