package limbeck.engine.op;

import static limbeck.engine.verify.Precision.roundings;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.layout.Concat;
import limbeck.engine.op.layout.Pad;
import limbeck.engine.op.layout.Permute;
import limbeck.engine.op.layout.Slice;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Ops that move axes or parts of them: exact, forwards and backwards. */
final class LayoutEntries {
  private static final Precision EXACT = roundings(0, 0);

  private LayoutEntries() {}

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    entries.addAll(permutations());
    entries.addAll(slices());
    entries.addAll(concatenations());
    entries.addAll(paddings());
    return entries;
  }

  private static OpSample sample(int... axes) {
    return OpSample.of(Shape.of(axes).toString(), Shape.of(axes));
  }

  private static List<Entry> permutations() {
    return List.of(
        permute(
            Permute.to(1, 0),
            sample(1, 1),
            sample(15, 16),
            sample(17, 31),
            sample(33, 100),
            sample(3, 5000),
            sample(5000, 3),
            sample(0, 3),
            sample(700, 900)),
        permute(Permute.to(0, 2, 1), sample(5, 4, 6).batched(0), sample(2, 67, 129).batched(0)),
        permute(Permute.to(2, 0, 1), sample(3, 17, 5), sample(20, 1, 7)),
        permute(Permute.to(2, 1, 0), sample(5, 3, 18), sample(70, 2, 71)),
        permute(
            Permute.to(0, 2, 1, 3),
            sample(5, 3, 4, 8).batched(0),
            sample(2, 5, 1, 33).batched(0),
            sample(3, 5, 2, 1),
            sample(2, 300, 8, 64)),
        permute(Permute.to(0, 3, 1, 2), sample(4, 5, 6, 3).batched(0), sample(2, 80, 80, 16)),
        permute(Permute.to(0, 2, 3, 1), sample(4, 3, 5, 6).batched(0), sample(2, 16, 80, 80)),
        permute(Permute.to(3, 1, 2, 0), sample(4, 3, 5, 6), sample(1, 3, 5, 6)),
        permute(Permute.to(5, 4, 3, 2, 1, 0), sample(2, 3, 1, 4, 2, 3)),
        permute(Permute.to(0, 1), sample(5, 33).batched(0), sample(600, 700)),
        permute(Permute.to(0), sample(16)),
        permute(Permute.to(), sample()));
  }

  private static Entry permute(Permute op, OpSample... samples) {
    List<OpSample> all = new ArrayList<>(List.of(samples));
    all.add(
        OpSample.of("8 axes", Shape.of(1, 1, 1, 1, 1, 1, 2, 3))
            .refused("x [1, 1, 1, 1, 1, 1, 2, 3]", "has 8 axes", op.axes().size() + " expected"));
    return new Entry(op, (v, i) -> v.in(0, permuted(op, v, i)), EXACT, all);
  }

  private static int permuted(Permute op, OpValues v, int i) {
    int[] y = index(v.shape(), i);
    int[] x = new int[y.length];
    for (int k = 0; k < y.length; k++) {
      x[op.axes().get(k)] = y[k];
    }
    return element(v.shape(0), x);
  }

  /** The indices of an element. */
  static int[] index(Shape shape, int element) {
    int[] index = new int[shape.rank()];
    int rest = element;
    for (int k = index.length - 1; k >= 0; k--) {
      index[k] = rest % shape.axis(k);
      rest /= shape.axis(k);
    }
    return index;
  }

  /** The element with these indices. */
  static int element(Shape shape, int[] index) {
    int element = 0;
    for (int k = 0; k < index.length; k++) {
      element = element * shape.axis(k) + index[k];
    }
    return element;
  }

  private static List<Entry> slices() {
    return List.of(
        slice(
            new Slice(1, 2, 5),
            sample(5, 6).batched(0),
            sample(3, 7, 33).batched(0),
            sample(600, 40, 15),
            sample(0, 5)),
        slice(new Slice(-1, 1, Slice.END), sample(1), sample(16), sample(5, 17).batched(0)),
        slice(new Slice(-1, -3, Slice.END), sample(3), sample(4, 31).batched(0)),
        slice(new Slice(0, 0, -1), sample(1, 3), sample(17), sample(4000, 100)),
        slice(new Slice(1, 0, Slice.END, 2), sample(5, 7).batched(0), sample(3, 8, 17).batched(0)),
        slice(new Slice(-1, 1, Slice.END, 3), sample(33, 100).batched(0), sample(2, 200_001)),
        slice(new Slice(1, 1, -1, 5), sample(2, 13), sample(2, 12), sample(2, 2), sample(2, 3)),
        slice(new Slice(0, 3, 3), sample(4), sample(4, 5)));
  }

  private static Entry slice(Slice op, OpSample... samples) {
    List<OpSample> all = new ArrayList<>(List.of(samples));
    all.add(OpSample.of("no axes", Shape.SCALAR).refused("x []", "has no axis " + op.axis()));
    if (op.to() == 5) {
      all.add(
          OpSample.of("4 along the axis", Shape.of(3, 4))
              .refused("x [3, 4]", "0 to 4 along axis 1", "2 to 5"));
    }
    if (op.from() == -3) {
      all.add(OpSample.of("2 along the axis", Shape.of(2)).refused("0 to 2", "-3 to the end"));
    }
    return new Entry(
        op,
        (v, i) -> {
          int[] index = index(v.shape(), i);
          int axis = op.axis() < 0 ? index.length + op.axis() : op.axis();
          int from = op.from() < 0 ? v.shape(0).axis(axis) + op.from() : op.from();
          index[axis] = from + op.step() * index[axis];
          return v.in(0, element(v.shape(0), index));
        },
        EXACT,
        all);
  }

  private static List<Entry> concatenations() {
    return List.of(
        concat(new Concat(0, 1), several(Shape.of(5, 33)).batched(0), several(Shape.SCALAR)),
        concat(
            new Concat(-1, 2),
            several(Shape.of(15), Shape.of(17)),
            several(Shape.of(5, 3), Shape.of(5, 31)).batched(0, 1),
            several(Shape.of(3, 2, 4), Shape.of(3, 2, 0)).batched(0, 1),
            several(Shape.of(0), Shape.of(1)),
            several(Shape.of(0, 2), Shape.of(0, 3)),
            several(Shape.of(900, 100), Shape.of(900, 233)),
            several(Shape.of(3, 4), Shape.of(2, 4))
                .refused("x1 [3, 4]", "x2 [2, 4]", "axis 0", "(3 vs 2)"),
            several(Shape.of(3, 4), Shape.of(4)).refused("x2 [4]", "1 axes", "2 expected")),
        concat(
            new Concat(1, 3),
            several(Shape.of(4, 1, 16), Shape.of(4, 5, 16), Shape.of(4, 2, 16)).batched(0, 1, 2),
            several(Shape.of(2, 3, 5, 5), Shape.of(2, 0, 5, 5), Shape.of(2, 1, 5, 5)),
            several(Shape.of(3), Shape.of(3), Shape.of(3)).refused("x1 [3]", "has no axis 1")),
        concat(
            new Concat(0, 4),
            several(Shape.of(100_000), Shape.of(1), Shape.of(0), Shape.of(200_001)),
            several(Shape.of(2, 3), Shape.of(1, 3)).refused("[x1, x2, x3, x4]", "2 given")));
  }

  private static OpSample several(Shape... shapes) {
    return OpSample.of(List.of(shapes).toString(), shapes);
  }

  private static Entry concat(Concat op, OpSample... samples) {
    List<OpSample> all = new ArrayList<>(List.of(samples));
    if (op.operands() == 1) {
      all.removeIf(s -> s.operands().get(0).shape().rank() == 0);
      all.add(several(Shape.SCALAR).refused("x1 []", "has no axis 0"));
    }
    return new Entry(op, (v, i) -> joined(op, v, index(v.shape(), i)), EXACT, all);
  }

  private static double joined(Concat op, OpValues v, int[] index) {
    int axis = op.axis() < 0 ? index.length + op.axis() : op.axis();
    int k = 0;
    while (index[axis] >= v.shape(k).axis(axis)) {
      index[axis] -= v.shape(k).axis(axis);
      k++;
    }
    return v.in(k, element(v.shape(k), index));
  }

  private static List<Entry> paddings() {
    return List.of(
        pad(new Pad(List.of(2), List.of(1), 0), sample(1), sample(16), sample(5, 31), sample(0)),
        pad(
            new Pad(List.of(1, 2), List.of(0, 3), -1.5),
            sample(5, 3, 4).batched(0),
            sample(4, 2, 1, 17).batched(0),
            sample(0, 3),
            sample(3, 70, 300, 7),
            OpSample.of("a row", Shape.of(3)).refused("x [3]", "at least 2 axes", "has 1")),
        pad(
            new Pad(List.of(0, 0, 3), List.of(0, 2, 0), 0.1),
            sample(2, 3, 4),
            sample(2, 2, 3, 33).batched(0)),
        pad(new Pad(List.of(0), List.of(0), 7), sample(5, 4).batched(0), sample(33)),
        pad(new Pad(List.of(), List.of(), 7), sample(), sample(5, 4).batched(0)));
  }

  private static Entry pad(Pad op, OpSample... samples) {
    List<OpSample> all = new ArrayList<>(List.of(samples));
    all.add(
        OpSample.of("two operands", Shape.of(3), Shape.of(3)).refused("[x]", "2 given", "of 1"));
    return new Entry(op, (v, i) -> padded(op, v, index(v.shape(), i)), roundings(1, 0), all);
  }

  private static double padded(Pad op, OpValues v, int[] index) {
    boolean inside = true;
    for (int k = 0; k < op.before().size(); k++) {
      int axis = index.length - op.before().size() + k;
      index[axis] -= op.before().get(k);
      inside &= index[axis] >= 0 && index[axis] < v.shape(0).axis(axis);
    }
    return inside ? v.in(0, element(v.shape(0), index)) : op.value();
  }
}
