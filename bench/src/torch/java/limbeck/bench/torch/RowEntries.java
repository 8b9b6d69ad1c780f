package limbeck.bench.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import limbeck.engine.op.CumSum;
import limbeck.engine.op.LogSoftmax;
import limbeck.engine.op.MaskedLogSoftmax;
import limbeck.engine.op.MaskedSoftmax;
import limbeck.engine.op.Normalize;
import limbeck.engine.op.Op;
import limbeck.engine.op.Softmax;
import limbeck.engine.op.nn.LayerNorm;
import limbeck.engine.op.reduce.L1Norm;
import limbeck.engine.op.reduce.L2Norm;
import limbeck.engine.op.reduce.LogSumExp;
import limbeck.engine.op.reduce.Max;
import limbeck.engine.op.reduce.Mean;
import limbeck.engine.op.reduce.Min;
import limbeck.engine.op.reduce.Prod;
import limbeck.engine.op.reduce.Sum;
import limbeck.engine.op.reduce.Variance;

/** Reductions over axes, and functions of rows. */
final class RowEntries {
  private static final int[] LAST = {-1};

  private final List<OracleEntry> entries = new ArrayList<>();

  private RowEntries() {
    reduce("sum", Sum::new, Torch::sum);
    reduce("mean", Mean::new, r -> r.mean(LAST));
    reduce("max", Max::new, r -> r.max(LAST));
    reduce("min", Min::new, r -> r.min(LAST));
    reduce("prod", Prod::new, r -> r.prod(LAST));
    reduce("l1Norm", L1Norm::new, r -> Torch.sum(r.abs()));
    reduce("l2Norm", L2Norm::new, Torch::length);
    reduce("logSumExp", LogSumExp::new, RowEntries::logSumExp);
    reduce("variance", Variance::new, r -> variance(r, 0));
    reduce(
        "variance of a sample",
        axes -> new Variance(Arrays.stream(axes).boxed().toList(), false, 1),
        r -> variance(r, 1));
    functionsOfRows();
    maskedRows();
  }

  static List<OracleEntry> all() {
    return new RowEntries().entries;
  }

  private void add(String name, Function<Draw, OracleCase> draft) {
    entries.add(new OracleEntry(name, draft));
  }

  /** Some of a tensor's axes, from the start or from the end; none stands for all. */
  private static int[] axes(Draw d, int rank) {
    int start = d.below(rank);
    int[] axes = new int[d.from(0, rank - start)];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = d.flag() ? start + i : start + i - rank;
    }
    return axes;
  }

  private void reduce(String name, Function<int[], Op> op, UnaryOperator<NDArray> ofRows) {
    add(
        name,
        d -> {
          int[] shape = name.equals("prod") ? new int[] {d.size(5), d.size(8)} : d.shape(1, 4);
          int[] axes = axes(d, shape.length);
          boolean single = name.endsWith("sample") && reduced(shape, axes) == 1;
          return OracleCase.of(
              op.apply(axes),
              in -> ofRows.apply(Torch.rows(in[0], axes)),
              d.normal(single ? new int[] {5, 7, 3, 2} : shape));
        });
  }

  private static int reduced(int[] shape, int[] axes) {
    int n = 1;
    for (int i = 0; i < shape.length; i++) {
      int axis = i;
      boolean named =
          axes.length == 0
              || Arrays.stream(axes).anyMatch(a -> Math.floorMod(a, shape.length) == axis);
      n *= named ? shape[i] : 1;
    }
    return n;
  }

  private static NDArray logSumExp(NDArray r) {
    NDArray largest = r.max(LAST, true).stopGradient();
    return Torch.sum(r.sub(largest).exp()).log().add(largest.squeeze(-1));
  }

  private static NDArray variance(NDArray r, int correction) {
    NDArray off = r.sub(r.mean(LAST, true));
    return Torch.sum(off.mul(off)).div((double) Torch.last(r) - correction);
  }

  private void functionsOfRows() {
    add(
        "softmax",
        d -> {
          double t = d.oneOf(1, 4, 0.7);
          return OracleCase.of(
              new Softmax(t), in -> in[0].div(t).softmax(-1), d.normal(d.shape(1, 3)));
        });
    add(
        "logSoftmax",
        d -> {
          double t = d.oneOf(1, 4, 0.7);
          return OracleCase.of(
              new LogSoftmax(t), in -> Torch.logSoftmax(in[0], t), d.normal(d.shape(1, 3)));
        });
    add(
        "normalize",
        d ->
            OracleCase.of(
                new Normalize(0),
                in -> in[0].div(Torch.length(in[0]).expandDims(-1)),
                d.normal(d.rows(1, 3))));
    add("layerNorm", RowEntries::layerNorm);
    add("cumSum", RowEntries::cumSum);
  }

  private static OracleCase layerNorm(Draw d) {
    float epsilon = 0x1p-17f;
    int[] shape = d.rows(1, 3);
    int n = shape[shape.length - 1];
    return OracleCase.of(
        new LayerNorm(epsilon),
        in -> Torch.nn(in[0]).layerNorm(in[0], new Shape(n), in[1], in[2], epsilon).get(0),
        d.normal(shape),
        d.normal(n),
        d.normal(n));
  }

  private static OracleCase cumSum(Draw d) {
    int[] shape = d.shape(1, 3);
    int axis = d.below(shape.length);
    boolean exclusive = d.flag();
    boolean reverse = d.flag();
    return OracleCase.of(
        new CumSum(d.flag() ? axis : axis - shape.length, exclusive, reverse),
        in -> {
          NDArray x = reverse ? in[0].flip(axis) : in[0];
          NDArray y = x.cumSum(axis);
          if (exclusive) {
            NDArray none = Torch.slice(x, axis, 0, 1).zerosLike();
            y = Torch.concat(axis, none, Torch.slice(y, axis, 0, shape[axis] - 1));
          }
          return reverse ? y.flip(axis) : y;
        },
        d.normal(shape));
  }

  private void maskedRows() {
    for (boolean logs : new boolean[] {false, true}) {
      add(
          logs ? "maskedLogSoftmax" : "maskedSoftmax",
          d -> {
            double t = d.oneOf(1, 4, 0.7);
            int[] shape = d.shape(1, 3);
            int[] mask = Arrays.copyOfRange(shape, d.below(shape.length), shape.length);
            return OracleCase.of(
                logs ? new MaskedLogSoftmax(t) : new MaskedSoftmax(t),
                in -> masked(in[0].div(t), in[1].gt(0), logs),
                d.normal(shape),
                d.mask(mask));
          });
    }
  }

  /** What is left out is taken out: behind −∞ libtorch makes NaN of gradients. */
  private static NDArray masked(NDArray x, NDArray mask, boolean logs) {
    NDArray kept = mask.broadcast(x.getShape());
    NDArray zero = x.zerosLike();
    NDArray lowest = Torch.where(kept, x, zero.sub(1e308)).stopGradient();
    NDArray z = Torch.where(kept, x.sub(lowest.max(LAST, true)), zero);
    NDArray e = Torch.where(kept, z.exp(), zero);
    NDArray s = e.sum(LAST, true);
    NDArray none = zero.sub(Double.POSITIVE_INFINITY);
    return logs ? Torch.where(kept, z.sub(s.log()), none) : e.div(s);
  }
}
