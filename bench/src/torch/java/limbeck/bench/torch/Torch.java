package limbeck.bench.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Formulas that several entries are made of, in operations of libtorch that DJL hands on. */
final class Torch {
  private Torch() {}

  /** Functions of networks. */
  static NDArrayEx nn(NDArray x) {
    return x.getNDArrayInternal();
  }

  /** A constant beside {@code x}, of its type. */
  static NDArray constant(NDArray x, double[] values, long... axes) {
    return x.getManager().create(values, new Shape(axes)).toType(x.getDataType(), false);
  }

  /** Zeros beside {@code x}, of its type. */
  static NDArray zeros(NDArray x, long... axes) {
    return x.getManager().zeros(new Shape(axes), x.getDataType());
  }

  /** 0, 1, 2 … of INT64. */
  static NDArray range(NDArray x, long n) {
    return x.getManager().arange(0, (int) n, 1, DataType.INT64);
  }

  static NDArray where(NDArray condition, NDArray a, NDArray b) {
    return NDArrays.where(condition, a, b);
  }

  /** The axes in another order. */
  static NDArray permute(NDArray x, List<Integer> axes) {
    return x.transpose(axes.stream().mapToInt(i -> i).toArray());
  }

  /** The last two axes exchanged. */
  static NDArray transposed(NDArray x) {
    int rank = x.getShape().dimension();
    return x.swapAxes(rank - 2, rank - 1);
  }

  static long last(NDArray x) {
    return x.getShape().get(x.getShape().dimension() - 1);
  }

  /**
   * Indices {@code from} to {@code to} of an axis that counts from the first. Of all of it DJL
   * would make a copy without gradient.
   */
  static NDArray slice(NDArray x, int axis, long from, long to) {
    return from == 0 && to == x.getShape().get(axis)
        ? x
        : x.get(new NDIndex(":,".repeat(axis) + from + ":" + to));
  }

  /** Of one part alone DJL would make a copy without gradient. */
  static NDArray concat(int axis, NDArray... parts) {
    return parts.length == 1 ? parts[0] : NDArrays.concat(new NDList(parts), axis);
  }

  /** As one matrix: all axes but the last together. */
  static NDArray matrix(NDArray x) {
    return x.reshape(-1, last(x));
  }

  /** The reduced axes brought together at the end; none stands for all. */
  static NDArray rows(NDArray x, int... axes) {
    int rank = x.getShape().dimension();
    List<Integer> named =
        axes.length == 0
            ? IntStream.range(0, rank).boxed().toList()
            : Arrays.stream(axes).map(a -> Math.floorMod(a, rank)).boxed().toList();
    List<Integer> kept = IntStream.range(0, rank).filter(a -> !named.contains(a)).boxed().toList();
    List<Integer> order = new ArrayList<>(kept);
    order.addAll(named);
    NDArray moved = rank == 0 ? x : permute(x, order);
    long[] shape = new long[kept.size() + 1];
    for (int i = 0; i < kept.size(); i++) {
      shape[i] = x.getShape().get(kept.get(i));
    }
    shape[kept.size()] =
        named.stream().mapToLong(a -> x.getShape().get(a)).reduce(1, Math::multiplyExact);
    return moved.reshape(shape);
  }

  /** The sum of the last axis, which goes. */
  static NDArray sum(NDArray x) {
    return x.sum(new int[] {-1});
  }

  /** The Euclidean length of the last axis, which goes. */
  static NDArray length(NDArray x) {
    return x.norm(new int[] {x.getShape().dimension() - 1});
  }

  static NDArray logSoftmax(NDArray x, double temperature) {
    return x.div(temperature).logSoftmax(-1);
  }

  /** softplus for numbers below 20, beyond which libtorch's is a line. */
  static NDArray softplus(NDArray x) {
    return nn(x).softPlus();
  }

  static NDArray sigmoid(NDArray x) {
    return nn(x).sigmoid();
  }

  /** Ones at the labels, in a new last axis. */
  static NDArray oneHot(NDArray labels, long classes, DataType type) {
    return labels.expandDims(-1).eq(range(labels, classes)).toType(type, false);
  }
}
