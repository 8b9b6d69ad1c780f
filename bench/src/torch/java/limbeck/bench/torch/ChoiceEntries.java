package limbeck.bench.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import limbeck.engine.op.index.TopK;
import limbeck.engine.op.layout.Gather;
import limbeck.engine.op.layout.MaskFill;
import limbeck.engine.op.layout.OneHot;
import limbeck.engine.op.layout.Scatter;
import limbeck.engine.op.layout.ScatterAdd;
import limbeck.engine.op.layout.TakeAlong;
import limbeck.engine.op.layout.Where;
import limbeck.engine.op.nn.Embedding;
import limbeck.engine.op.reduce.ArgMax;
import limbeck.engine.tensor.DType;

/** Ops that choose elements by indices and masks, and that find indices. */
final class ChoiceEntries {
  private ChoiceEntries() {}

  static List<OracleEntry> all() {
    return List.of(
        new OracleEntry("gather", ChoiceEntries::gather),
        new OracleEntry("takeAlong", ChoiceEntries::takeAlong),
        new OracleEntry("scatterAdd", ChoiceEntries::scatterAdd),
        new OracleEntry("scatter", ChoiceEntries::scatter),
        new OracleEntry("embedding", ChoiceEntries::embedding),
        new OracleEntry("oneHot", ChoiceEntries::oneHot),
        new OracleEntry("where", ChoiceEntries::where),
        new OracleEntry("maskFill", ChoiceEntries::maskFill),
        new OracleEntry("topK", ChoiceEntries::topK),
        new OracleEntry("argMax", ChoiceEntries::argMax));
  }

  private static NDArray rowsOf(NDArray table, NDArray ids) {
    return Torch.nn(table).embedding(ids, table, SparseFormat.DENSE).get(0);
  }

  private static OracleCase gather(Draw d) {
    int[] shape = d.shape(1, 3);
    int axis = d.below(shape.length);
    int[] ids = d.shape(1, 2);
    while (ids.length == 2 && ids[0] * ids[1] > 40) {
      ids = d.shape(1, 2);
    }
    return OracleCase.of(
        new Gather(axis),
        in -> gathered(in[0], in[1], axis),
        d.normal(shape),
        d.ids(shape[axis], ids));
  }

  /** The axis first, then rows of a matrix by their numbers, then the new axes to its place. */
  private static NDArray gathered(NDArray x, NDArray ids, int axis) {
    int rank = x.getShape().dimension();
    int more = ids.getShape().dimension();
    NDArray first = x.mul(1.0).swapAxes(0, axis);
    long[] others = Arrays.copyOfRange(first.getShape().getShape(), 1, rank);
    NDArray rows = rowsOf(first.reshape(first.getShape().get(0), -1), ids);
    NDArray y = rows.reshape(ids.getShape().addAll(new Shape(others)));
    if (axis == 0) {
      return y;
    }
    List<Integer> order = new ArrayList<>(); // y: new axes, then x's with axis 0 in place of axis
    for (int a = 0; a < rank; a++) {
      if (a == axis) {
        for (int i = 0; i < more; i++) {
          order.add(i);
        }
      } else {
        order.add(more - 1 + (a == 0 ? axis : a));
      }
    }
    return Torch.permute(y, order);
  }

  private static int[] along(int[] shape, int axis, int size) {
    int[] other = shape.clone();
    other[axis] = size;
    return other;
  }

  private static OracleCase takeAlong(Draw d) {
    int[] shape = d.shape(1, 3);
    int axis = d.below(shape.length);
    return OracleCase.of(
        new TakeAlong(axis),
        in -> in[0].gather(in[1], axis),
        d.normal(shape),
        d.ids(shape[axis], along(shape, axis, d.size(17))));
  }

  private static OracleCase scatterAdd(Draw d) {
    int[] shape = d.shape(1, 3);
    int axis = d.below(shape.length);
    int[] index = along(shape, axis, d.size(17));
    return OracleCase.of(
        new ScatterAdd(axis),
        in -> in[0].add(scattered(in[1], in[2], axis, shape[axis])),
        d.normal(shape),
        d.ids(shape[axis], index),
        d.normal(index));
  }

  /** One update for each line: of several at one place libtorch promises no order. */
  private static OracleCase scatter(Draw d) {
    int[] shape = d.shape(1, 3);
    int axis = d.below(shape.length);
    int[] index = along(shape, axis, 1);
    return OracleCase.of(
        new Scatter(axis),
        in -> {
          NDArray there = scattered(in[1], in[2].onesLike(), axis, shape[axis]);
          NDArray kept = in[0].mul(there.neg().add(1.0));
          return kept.add(scattered(in[1], in[2], axis, shape[axis]));
        },
        d.normal(shape),
        d.ids(shape[axis], index),
        d.normal(index));
  }

  /** The sum, over the places of a line, of ones at their index times their update. */
  private static NDArray scattered(NDArray index, NDArray updates, int axis, int n) {
    int last = index.getShape().dimension() - 1;
    NDArray places = Torch.oneHot(index.swapAxes(axis, last), n, updates.getDataType());
    NDArray sums = updates.swapAxes(axis, last).expandDims(-1).mul(places).sum(new int[] {-2});
    return sums.swapAxes(axis, last);
  }

  private static OracleCase embedding(Draw d) {
    int words = d.size();
    int padding = d.flag() ? -1 : d.below(words);
    return OracleCase.of(
        new Embedding(padding),
        in -> {
          NDArray y = rowsOf(in[1], in[0]);
          NDArray learns = in[0].neq(padding).expandDims(-1).broadcast(y.getShape());
          return Torch.where(learns, y, y.stopGradient());
        },
        d.ids(words, d.size(16), d.size(8)),
        d.normal(words, d.size(17)));
  }

  private static OracleCase oneHot(Draw d) {
    int classes = d.size();
    double on = d.oneOf(1, 0.9);
    double off = d.oneOf(0, 0.0125);
    return OracleCase.of(
        new OneHot(classes, on, off, DType.F64),
        in -> {
          NDArray there = Torch.oneHot(in[0], classes, DataType.FLOAT64);
          return Torch.where(there.gt(0), there.zerosLike().add(on), there.zerosLike().add(off));
        },
        d.ids(classes, d.size(16), d.size(5)));
  }

  private static OracleCase where(Draw d) {
    int[] shape = d.shape(1, 4);
    return OracleCase.of(
        new Where(),
        in -> Torch.where(in[0].gt(0).broadcast(in[1].getShape()), in[1], in[2]),
        d.ids(2, d.stretchedTo(shape)),
        d.normal(shape),
        d.normal(shape));
  }

  private static OracleCase maskFill(Draw d) {
    int[] shape = d.shape(1, 4);
    double value = d.oneOf(0, -2, Double.NEGATIVE_INFINITY);
    return OracleCase.of(
        new MaskFill(value),
        in ->
            Torch.where(
                in[1].gt(0).broadcast(in[0].getShape()), in[0], in[0].zerosLike().add(value)),
        d.normal(shape),
        d.ids(2, d.stretchedTo(shape)));
  }

  /** No two elements are equal: of equal ones libtorch promises no order. */
  private static OracleCase topK(Draw d) {
    int[] shape = d.shape(1, 3);
    int axis = d.below(shape.length);
    int k = d.from(1, shape[axis]);
    return OracleCase.of(
        new TopK(k, axis), in -> in[0].topK(k, axis, true, true).get(1), d.normal(shape));
  }

  private static OracleCase argMax(Draw d) {
    int[] shape = d.shape(1, 3);
    int axis = d.below(shape.length);
    return OracleCase.of(new ArgMax(axis, false), in -> in[0].argMax(axis), d.normal(shape));
  }
}
