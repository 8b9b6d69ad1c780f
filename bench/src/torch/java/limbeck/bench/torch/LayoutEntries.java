package limbeck.bench.torch;

import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import limbeck.engine.op.Reshape;
import limbeck.engine.op.layout.Concat;
import limbeck.engine.op.layout.ExpandAs;
import limbeck.engine.op.layout.Flip;
import limbeck.engine.op.layout.Pad;
import limbeck.engine.op.layout.Permute;
import limbeck.engine.op.layout.Slice;
import limbeck.engine.op.layout.Tile;
import limbeck.engine.op.layout.Triangle;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.Tensor;

/** Ops that move elements by their places. */
final class LayoutEntries {
  private LayoutEntries() {}

  static List<OracleEntry> all() {
    return List.of(
        new OracleEntry("reshape", LayoutEntries::reshape),
        new OracleEntry("permute", LayoutEntries::permute),
        new OracleEntry("slice", LayoutEntries::slice),
        new OracleEntry("pad", LayoutEntries::pad),
        new OracleEntry("flip", LayoutEntries::flip),
        new OracleEntry("tile", LayoutEntries::tile),
        new OracleEntry("triangle", LayoutEntries::triangle),
        new OracleEntry("concat", LayoutEntries::concat),
        new OracleEntry("expandAs", LayoutEntries::expandAs));
  }

  private static OracleCase reshape(Draw d) {
    int[] shape = d.shape(2, 4);
    return OracleCase.of(
        new Reshape(List.of(0, -1)), in -> in[0].reshape(shape[0], -1), d.normal(shape));
  }

  private static OracleCase permute(Draw d) {
    int[] shape = d.shape(2, 4);
    int[] axes = new int[shape.length];
    new Philox(d.below(1 << 30)).permutation(axes);
    return OracleCase.of(Permute.to(axes), in -> in[0].transpose(axes), d.normal(shape));
  }

  private static OracleCase slice(Draw d) {
    int[] shape = d.shape(1, 3);
    int axis = d.below(shape.length);
    int n = shape[axis];
    int from = d.below(n);
    int to = d.from(from + 1, n);
    int step = d.from(1, 3);
    NDIndex index = new NDIndex(":,".repeat(axis) + from + ":" + to + ":" + step);
    boolean all = from == 0 && to == n && step == 1; // of which DJL makes a copy without gradient
    return OracleCase.of(
        new Slice(axis, d.flag() ? from : from - n, to == n ? Slice.END : to, step),
        in -> all ? in[0].mul(1.0) : in[0].get(index),
        d.normal(shape));
  }

  private static OracleCase pad(Draw d) {
    int[] shape = d.shape(1, 4);
    List<Integer> before = new ArrayList<>();
    List<Integer> after = new ArrayList<>();
    for (int i = d.below(shape.length); i < shape.length; i++) {
      before.add(d.below(3));
      after.add(d.below(3));
    }
    long[] widths = new long[2 * before.size()]; // libtorch's begin with the last axis
    for (int i = 0; i < before.size(); i++) {
      widths[2 * i] = before.get(before.size() - 1 - i);
      widths[2 * i + 1] = after.get(before.size() - 1 - i);
    }
    double value = d.oneOf(0, -1.5, 3.25);
    return OracleCase.of(
        new Pad(before, after, value), in -> in[0].pad(new Shape(widths), value), d.normal(shape));
  }

  private static OracleCase flip(Draw d) {
    int[] shape = d.shape(1, 4);
    int[] axes = IntStream.range(0, shape.length).filter(a -> a == 0 || d.flag()).toArray();
    return OracleCase.of(Flip.of(axes), in -> in[0].flip(axes), d.normal(shape));
  }

  private static OracleCase tile(Draw d) {
    int[] shape = d.shape(1, 3);
    int[] repeats = new int[d.from(1, shape.length)];
    Arrays.setAll(repeats, i -> d.from(1, 3));
    long[] there = new long[shape.length]; // libtorch's are as many as axes
    Arrays.setAll(
        there,
        i -> i < shape.length - repeats.length ? 1 : repeats[i - shape.length + repeats.length]);
    return OracleCase.of(Tile.of(repeats), in -> in[0].tile(there), d.normal(shape));
  }

  private static OracleCase triangle(Draw d) {
    int[] shape = d.shape(2, 3);
    int height = shape[shape.length - 2];
    int width = shape[shape.length - 1];
    boolean upper = d.flag();
    int diagonal = d.from(-3, 3);
    double[] kept = new double[height * width];
    for (int i = 0; i < kept.length; i++) {
      int above = i % width - i / width;
      kept[i] = (upper ? above >= diagonal : above <= diagonal) ? 1 : 0;
    }
    return OracleCase.of(
        new Triangle(upper, diagonal),
        in -> in[0].mul(Torch.constant(in[0], kept, height, width)),
        d.normal(shape));
  }

  private static OracleCase concat(Draw d) {
    int[] shape = d.shape(1, 3);
    int axis = d.below(shape.length);
    Tensor[] parts = new Tensor[d.from(1, 4)];
    for (int i = 0; i < parts.length; i++) {
      int[] of = shape.clone();
      of[axis] = d.size(8);
      parts[i] = d.normal(of);
    }
    return OracleCase.of(
        new Concat(d.flag() ? axis : axis - shape.length, parts.length),
        in -> Torch.concat(axis, in),
        parts);
  }

  private static OracleCase expandAs(Draw d) {
    int[] shape = d.shape(1, 4);
    return OracleCase.of(
        new ExpandAs(),
        in -> in[0].broadcast(in[1].getShape()),
        d.normal(d.stretchedTo(shape)),
        d.normal(shape));
  }
}
