package limbeck.autograd.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import limbeck.engine.op.Abs;
import limbeck.engine.op.Add;
import limbeck.engine.op.Clamp;
import limbeck.engine.op.Cos;
import limbeck.engine.op.CumSum;
import limbeck.engine.op.Div;
import limbeck.engine.op.Elu;
import limbeck.engine.op.Erf;
import limbeck.engine.op.Exp;
import limbeck.engine.op.Gelu;
import limbeck.engine.op.GeluTanh;
import limbeck.engine.op.HardSigmoid;
import limbeck.engine.op.HardSwish;
import limbeck.engine.op.LeakyRelu;
import limbeck.engine.op.Linear;
import limbeck.engine.op.Log;
import limbeck.engine.op.LogSoftmax;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.Maximum;
import limbeck.engine.op.Minimum;
import limbeck.engine.op.Mish;
import limbeck.engine.op.Mul;
import limbeck.engine.op.Normalize;
import limbeck.engine.op.Op;
import limbeck.engine.op.Pow;
import limbeck.engine.op.Relu;
import limbeck.engine.op.Reshape;
import limbeck.engine.op.Rsqrt;
import limbeck.engine.op.Scale;
import limbeck.engine.op.Shift;
import limbeck.engine.op.Sigmoid;
import limbeck.engine.op.Silu;
import limbeck.engine.op.Sin;
import limbeck.engine.op.Softmax;
import limbeck.engine.op.Softplus;
import limbeck.engine.op.Sqrt;
import limbeck.engine.op.Sub;
import limbeck.engine.op.Tanh;
import limbeck.engine.op.index.Compare;
import limbeck.engine.op.index.TopK;
import limbeck.engine.op.layout.Concat;
import limbeck.engine.op.layout.Flip;
import limbeck.engine.op.layout.Pad;
import limbeck.engine.op.layout.Permute;
import limbeck.engine.op.layout.Slice;
import limbeck.engine.op.layout.TakeAlong;
import limbeck.engine.op.layout.Tile;
import limbeck.engine.op.layout.Triangle;
import limbeck.engine.op.layout.Where;
import limbeck.engine.op.nn.LayerNorm;
import limbeck.engine.op.reduce.ArgMax;
import limbeck.engine.op.reduce.L1Norm;
import limbeck.engine.op.reduce.L2Norm;
import limbeck.engine.op.reduce.LogSumExp;
import limbeck.engine.op.reduce.Max;
import limbeck.engine.op.reduce.Mean;
import limbeck.engine.op.reduce.Min;
import limbeck.engine.op.reduce.Prod;
import limbeck.engine.op.reduce.Sum;
import limbeck.engine.op.reduce.Variance;
import limbeck.engine.tensor.Shape;

/**
 * Steps that fit a value, drawn at random: ops and short compositions of them that keep numbers in
 * the range where difference quotients see something.
 */
final class RandomSteps {
  /** Elements of an example beyond which values do not grow. */
  private static final int LARGE = 150;

  private static final List<Op> ANYWHERE =
      List.of(
          new Scale(0.7),
          new Shift(0.3),
          new Relu(),
          new LeakyRelu(0.1),
          new Tanh(),
          new Sigmoid(),
          new Gelu(),
          new GeluTanh(),
          new Silu(),
          new Softplus(),
          new Abs(),
          new Clamp(-1.1, 0.9),
          new HardSigmoid(),
          new HardSwish(),
          new Elu(0.8),
          new Mish(),
          new Erf(),
          new Sin(),
          new Cos());

  private final RandomModel model;
  private final SplittableRandom random;
  private final RandomLayers layers;

  RandomSteps(RandomModel model, SplittableRandom random) {
    this.model = model;
    this.random = random;
    layers = new RandomLayers(model, random);
  }

  private int below(int n) {
    return random.nextInt(n);
  }

  private <T> T any(List<T> of) {
    return of.get(below(of.size()));
  }

  /** Mostly the last value, at times one before it; none that is made of parameters alone. */
  private int value() {
    int v = below(4) > 0 ? model.last() : below(model.last() + 1);
    return model.isBatch(v) ? v : value();
  }

  /** Adds a step or a few, and numbers of about 1 after what makes large ones. */
  void grow() {
    int v = value();
    Shape x = model.shape(v);
    switch (below(x.rank() == 2 ? 8 : x.rank() == 3 ? 13 : 11)) {
      case 0, 1 -> model.step(any(ANYWHERE), v);
      case 2 ->
          model.step(
              any(List.of(new Add(), new Sub(), new Maximum(), new Minimum())), v, partner(v));
      case 3 -> bounded(v);
      case 4 -> rows(v);
      case 5 -> reduced(v);
      case 6 -> layout(v);
      case 7 -> choice(v);
      case 8 -> axes(v);
      case 9, 10 -> layers.space(v);
      case 11 -> layers.recurrent(v);
      default -> layers.attention(v);
    }
  }

  /** Another value of the same shape, or a parameter that stretches to it. */
  private int partner(int v) {
    Shape x = model.shape(v);
    List<Integer> same = new ArrayList<>();
    for (int k = 0; k <= model.last(); k++) {
      if (model.isBatch(k) && model.shape(k).equals(x)) {
        same.add(k);
      }
    }
    if (same.size() > 1 && random.nextBoolean()) {
      return any(same);
    }
    int[] axes = new int[1 + below(x.rank() - 1)];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = below(3) == 0 ? 1 : x.axis(x.rank() - axes.length + i);
    }
    return model.parameter(1, axes);
  }

  /** Functions that are not for any number, of numbers that they are for. */
  private void bounded(int v) {
    switch (below(7)) {
      case 0 -> model.step(new Exp(), model.step(new Tanh(), v));
      case 1 -> model.step(new Log(), positive(v));
      case 2 -> model.step(new Sqrt(), positive(v));
      case 3 -> model.step(new Rsqrt(), positive(v));
      case 4 -> model.step(new Pow(1.3), positive(v));
      case 5 -> model.step(new Div(), v, positive(partner(v)));
      default -> model.step(new Mul(), model.step(new Tanh(), v), partner(v));
    }
  }

  private int positive(int v) {
    return model.step(new Shift(0.5), model.step(new Softplus(), v));
  }

  /** What is done to the last axis. */
  private void rows(int v) {
    int n = model.shape(v).last();
    switch (below(5)) {
      case 0 -> model.step(new Softmax(0.5), v);
      case 1 -> model.step(new LogSoftmax(2), v);
      case 2 -> model.step(new LayerNorm(0.01), v, model.parameter(1, n), model.parameter(1, n));
      case 3 -> model.step(new Normalize(0.1), v);
      default -> {
        int out = 1 + below(9);
        double spread = 1 / StrictMath.sqrt(n);
        model.step(new Linear(), v, model.parameter(spread, out, n), model.parameter(1, out));
      }
    }
  }

  /** A number of each row, along any axis but the batch's, and what becomes of the value by it. */
  private void reduced(int v) {
    Shape x = model.shape(v);
    List<Integer> axis = List.of(1 + below(x.rank() - 1));
    Op op =
        any(
            List.<Op>of(
                new Mean(axis, true),
                new Max(axis, true),
                new Min(axis, true),
                new LogSumExp(axis, true),
                new L1Norm(axis, true),
                new L2Norm(axis, true),
                new Variance(axis, true, 0),
                new Sum(axis, true)));
    int z =
        below(4) == 0
            ? model.step(new Prod(axis, true), model.step(new Tanh(), v))
            : model.step(op, v);
    model.step(any(List.of(new Add(), new Sub())), v, model.step(new Scale(0.3), z));
  }

  private void layout(int v) {
    Shape x = model.shape(v);
    int axis = 1 + below(x.rank() - 1);
    int n = x.axis(axis);
    boolean large = x.inner(0) > LARGE;
    switch (below(6)) {
      case 0 -> model.step(Flip.of(axis), v);
      case 1 ->
          model.step(new Scale(0.4), model.step(new CumSum(axis, below(2) == 0, below(2) == 0), v));
      case 2 -> {
        int from = below(n);
        model.step(new Slice(axis, from, from + 1 + below(n - from)), v);
      }
      case 3 -> {
        if (!large) {
          model.step(new Concat(axis, 2), v, model.step(new Tanh(), v));
        }
      }
      case 4 -> {
        int[] repeats = new int[x.rank()];
        Arrays.fill(repeats, 1);
        repeats[axis] = large ? 1 : 1 + below(2);
        model.step(Tile.of(repeats), v);
      }
      default -> {
        if (!large) {
          List<Integer> before = new ArrayList<>(Collections.nCopies(x.rank(), 0));
          List<Integer> after = new ArrayList<>(before);
          before.set(axis, below(3));
          after.set(axis, below(3));
          model.step(new Pad(before, after, -0.5), v);
        }
      }
    }
  }

  /** Where indices or comparisons say what is taken. */
  private void choice(int v) {
    Shape x = model.shape(v);
    int axis = 1 + below(x.rank() - 1);
    switch (below(3)) {
      case 0 -> {
        int other = partner(v);
        int mask = model.step(new Compare(any(List.of(Compare.Relation.values()))), v, other);
        model.step(new Where(), mask, v, model.step(new Scale(0.5), v));
      }
      case 1 -> model.step(new TakeAlong(axis), v, model.step(new ArgMax(axis, true), v));
      default -> {
        int k = 1 + below(x.axis(axis));
        model.step(new TakeAlong(axis), v, model.step(new TopK(k, axis), v));
      }
    }
  }

  /** Of values with two axes and more beside the batch's. */
  private void axes(int v) {
    Shape x = model.shape(v);
    int rank = x.rank();
    switch (below(4)) {
      case 0 -> model.step(rank == 3 ? Permute.to(0, 2, 1) : Permute.to(0, 3, 1, 2), v);
      case 1 -> model.step(new Triangle(below(2) == 0, below(3) - 1), v);
      case 2 -> model.step(rank == 3 ? Reshape.to(0, -1) : Reshape.to(0, 0, -1), v);
      default -> {
        int product = model.step(new MatMul(false, true), v, v);
        model.step(new Scale(1.0 / x.last()), product);
      }
    }
  }
}
