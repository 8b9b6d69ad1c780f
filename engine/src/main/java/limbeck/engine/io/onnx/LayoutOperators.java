package limbeck.engine.io.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import limbeck.engine.op.layout.Concat;
import limbeck.engine.op.layout.Flip;
import limbeck.engine.op.layout.Gather;
import limbeck.engine.op.layout.Pad;
import limbeck.engine.op.layout.Permute;
import limbeck.engine.op.layout.Slice;
import limbeck.engine.op.layout.SliceAs;
import limbeck.engine.op.layout.Tile;
import limbeck.engine.op.layout.Triangle;
import limbeck.engine.tensor.Shape;

/** Operators that move elements. */
final class LayoutOperators {
  private LayoutOperators() {}

  static void addTo(Map<String, Operator> table) {
    Operator.add(table, "Transpose", LayoutOperators::transpose);
    Operator.add(table, "Concat", LayoutOperators::concat);
    table.put("Split", LayoutOperators::split);
    Operator.add(table, "Slice", LayoutOperators::slice);
    Operator.add(table, "Pad", LayoutOperators::pad);
    Operator.add(table, "Tile", LayoutOperators::tile);
    Operator.add(table, "Trilu", LayoutOperators::trilu);
    Operator.add(table, "DepthToSpace", LayoutOperators::depthToSpace);
    Operator.add(table, "SpaceToDepth", LayoutOperators::spaceToDepth);
  }

  private static Value transpose(Call c) {
    int rank = c.in(0).rank();
    int[] reversed = new int[rank];
    Arrays.setAll(reversed, i -> rank - 1 - i);
    return permute(c, c.in(0), Call.axes(c.integers("perm", reversed), rank));
  }

  /** Axes in another order; nothing where it is theirs. */
  static Value permute(Call c, Value x, int... axes) {
    boolean same = true;
    for (int i = 0; i < axes.length; i++) {
      same &= axes[i] == i;
    }
    return same ? x : c.emit(new Permute(Arrays.stream(axes).boxed().toList()), x);
  }

  private static Value concat(Call c) {
    return concat(c, c.integer("axis", 1), c.all());
  }

  /** Operands one after another, those without elements left out where others have some. */
  static Value concat(Call c, int axis, Value... parts) {
    List<Value> left = new ArrayList<>(List.of(parts));
    while (left.size() > 1) {
      int n = Math.min(Concat.MOST, left.size());
      Value[] first = left.subList(0, n).toArray(Value[]::new);
      left.subList(0, n).clear();
      left.add(0, c.emit(new Concat(axis, n), first));
    }
    return left.get(0);
  }

  private static Value[] split(Call c) {
    Value x = c.in(0);
    int axis = Call.axis(c.integer("axis", 0), x.rank());
    if (!x.isFixed(axis)) {
      throw new UnsupportedException("splits an axis whose size is not fixed");
    }
    int n = x.shape(0).axis(axis);
    int[] sizes = c.integers("split", 1);
    if (sizes == null) {
      int parts = c.integer("num_outputs", c.outputs());
      sizes = new int[KnownLimits.small(parts)];
      int each = (n + parts - 1) / Math.max(1, parts);
      for (int i = 0; i < parts; i++) {
        sizes[i] = Math.max(0, Math.min(each, n - i * each));
      }
    }
    Value[] parts = new Value[sizes.length];
    int from = 0;
    for (int i = 0; i < parts.length; i++) {
      parts[i] = cut(c, x, axis, from, from + sizes[i], 1);
      from += sizes[i];
    }
    return parts;
  }

  /** Part of an axis; nothing where it is all of it. */
  static Value cut(Call c, Value x, int axis, int from, int to, int step) {
    boolean all = x.isFixed(axis) && from == 0 && to == x.shape(0).axis(axis) && step == 1;
    return all ? x : c.emit(new Slice(axis, from, to, step), x);
  }

  private static Value slice(Call c) {
    Value x = c.in(0);
    boolean inputs = c.opset() >= 10;
    int count = inputs ? c.integers(1, 0).length : c.integers("starts").length;
    int[] axes = c.has(3) ? c.integers(3) : inputs ? null : c.integers("axes", (int[]) null);
    int[] steps = c.has(4) ? c.integers(4) : null;
    for (int k = 0; k < count; k++) {
      int axis = axes == null ? k : Call.axis(axes[k], x.rank());
      long[][] bounds = new long[c.to().samples()][];
      for (int s = 0; s < bounds.length; s++) {
        int[] starts = inputs ? c.integers(1, s) : c.integers("starts");
        int[] ends = inputs ? c.integers(2, s) : c.integers("ends");
        bounds[s] = new long[] {starts[k], ends[k]};
      }
      x = slice(c, x, axis, bounds, steps == null ? 1 : steps[k]);
    }
    return x;
  }

  /** Part of an axis, whose bounds, one pair a sample, may lie beyond it. */
  private static Value slice(Call c, Value x, int axis, long[][] bounds, int step) {
    if (step == 0) {
      throw new UnsupportedException("has the step 0");
    }
    if (step < 0) {
      return backwards(c, x, axis, bounds, step);
    }
    int samples = bounds.length;
    int[] from = new int[samples];
    int[] to = new int[samples];
    boolean whole = true;
    boolean toEnd = true;
    boolean fixed = true;
    for (int s = 0; s < samples; s++) {
      int n = x.shape(s).axis(axis);
      from[s] = inside(bounds[s][0], n);
      to[s] = Math.max(from[s], inside(bounds[s][1], n));
      whole &= from[s] == 0 && to[s] == n;
      toEnd &= to[s] == n;
      fixed &= from[s] == from[0] && to[s] == to[0];
    }
    if (whole && step == 1) {
      return x;
    }
    if (x.isFixed(axis) && fixed) {
      return c.emit(new Slice(axis, from[0], to[0], step), x);
    }
    boolean sameFrom = Arrays.stream(bounds).allMatch(b -> b[0] == bounds[0][0]);
    boolean sameTo = Arrays.stream(bounds).allMatch(b -> b[1] == bounds[0][1]);
    if (sameFrom && (toEnd || sameTo)) {
      int end = toEnd ? Slice.END : (int) bounds[0][1];
      return c.emit(new Slice(axis, (int) bounds[0][0], end, step), x);
    }
    Value.Axis like = c.to().axisOf(to);
    if (like == null || !sameFrom) {
      throw new UnsupportedException("takes a part that depends on the sizes of the inputs");
    }
    Value cut = c.emit(new SliceAs(axis, like.axis()), x, like.value());
    boolean begins = bounds[0][0] == 0 && step == 1;
    return begins ? cut : c.emit(new Slice(axis, (int) bounds[0][0], Slice.END, step), cut);
  }

  private static int inside(long bound, int n) {
    return (int) Math.max(0, Math.min(n, bound < 0 ? bound + n : bound));
  }

  private static Value backwards(Call c, Value x, int axis, long[][] bounds, int step) {
    if (!x.isFixed(axis)) {
      if (step == -1 && bounds[0][0] == -1 && bounds[0][1] <= Integer.MIN_VALUE + 1L) {
        return c.emit(new Flip(List.of(axis)), x);
      }
      throw new UnsupportedException("goes backwards along an axis whose size is not fixed");
    }
    int n = x.shape(0).axis(axis);
    long from = Math.min(n - 1, bounds[0][0] < 0 ? bounds[0][0] + n : bounds[0][0]);
    long to = Math.max(-1, bounds[0][1] < 0 ? bounds[0][1] + n : bounds[0][1]);
    int count = (int) Math.max(0, (from - to - 1) / -(long) step + (from > to ? 1 : 0));
    int[] indices = new int[KnownLimits.small(count)];
    Arrays.setAll(indices, i -> (int) (from + (long) i * step));
    return c.emit(new Gather(axis), x, c.to().integers(indices));
  }

  private static Value pad(Call c) {
    Value x = c.in(0);
    int rank = x.rank();
    int[] pads = c.opset() < 11 ? c.integers("pads") : c.integers(1);
    int[] axes = new int[pads.length / 2];
    Arrays.setAll(axes, i -> i);
    axes = c.has(3) ? Call.axes(c.integers(3), rank) : axes;
    int[] before = new int[rank];
    int[] after = new int[rank];
    for (int i = 0; i < axes.length; i++) {
      before[axes[i]] = pads[i];
      after[axes[i]] = pads[i + axes.length];
    }
    String mode = c.text("mode", "constant");
    if (mode.equals("constant")) {
      double value = c.has(2) ? c.number(2) : c.number("value", 0);
      return padded(c, x, before, after, value);
    }
    for (int axis = 0; axis < rank; axis++) {
      x = mirrored(c, x, axis, before[axis], after[axis], mode);
    }
    return x;
  }

  /** A border of a constant; where it is negative, elements are cut off. */
  static Value padded(Call c, Value x, int[] before, int[] after, double value) {
    Value y = x;
    Integer[] front = new Integer[before.length];
    Integer[] back = new Integer[before.length];
    boolean any = false;
    for (int i = 0; i < before.length; i++) {
      if (before[i] < 0 || after[i] < 0) {
        int end = after[i] < 0 ? after[i] : Slice.END;
        y = c.emit(new Slice(i, Math.max(0, -before[i]), end), y);
      }
      front[i] = Math.max(0, before[i]);
      back[i] = Math.max(0, after[i]);
      any |= front[i] + back[i] > 0;
    }
    return any ? c.emit(new Pad(List.of(front), List.of(back), value), y) : y;
  }

  /** A border of the axis's own elements. */
  private static Value mirrored(Call c, Value x, int axis, int before, int after, String mode) {
    if (before == 0 && after == 0) {
      return x;
    }
    if (!x.isFixed(axis)) {
      throw new UnsupportedException("borders an axis whose size is not fixed");
    }
    int n = x.shape(0).axis(axis);
    int[] indices = new int[KnownLimits.small((long) n + before + after)];
    for (int i = 0; i < indices.length; i++) {
      int at = i - before;
      indices[i] =
          switch (mode) {
            case "edge" -> Math.max(0, Math.min(n - 1, at));
            case "wrap" -> Math.floorMod(at, n);
            case "reflect" -> reflected(at, n);
            default -> throw new UnsupportedException("has the mode " + mode);
          };
    }
    return c.emit(new Gather(axis), x, c.to().integers(indices));
  }

  private static int reflected(int at, int n) {
    int period = Math.max(1, 2 * (n - 1));
    int place = Math.floorMod(at, period);
    return place < n ? place : period - place;
  }

  private static Value tile(Call c) {
    int[] repeats = c.integers(1);
    if (Arrays.stream(repeats).allMatch(n -> n == 1)) {
      return c.in(0);
    }
    return c.emit(new Tile(Arrays.stream(repeats).boxed().toList()), c.in(0));
  }

  private static Value trilu(Call c) {
    int diagonal = c.has(1) ? (int) c.number(1) : 0;
    return c.emit(new Triangle(c.flag("upper", true), diagonal), c.in(0));
  }

  private static Value depthToSpace(Call c) {
    int block = c.integer("blocksize", 1);
    boolean rows = c.text("mode", "DCR").equals("DCR");
    Value x = c.in(0);
    Value split =
        c.to()
            .reshape(
                x,
                c.shapes(
                    s -> {
                      Shape a = x.shape(s);
                      int depth = a.axis(1) / (block * block);
                      return rows
                          ? Shape.of(a.axis(0), block, block, depth, a.axis(2), a.axis(3))
                          : Shape.of(a.axis(0), depth, block, block, a.axis(2), a.axis(3));
                    }));
    Value turned = rows ? permute(c, split, 0, 3, 4, 1, 5, 2) : permute(c, split, 0, 1, 4, 2, 5, 3);
    return c.to()
        .reshape(
            turned,
            c.shapes(
                s -> {
                  Shape a = x.shape(s);
                  return Shape.of(
                      a.axis(0), a.axis(1) / (block * block), a.axis(2) * block, a.axis(3) * block);
                }));
  }

  private static Value spaceToDepth(Call c) {
    int block = c.integer("blocksize", 1);
    Value x = c.in(0);
    Value split =
        c.to()
            .reshape(
                x,
                c.shapes(
                    s -> {
                      Shape a = x.shape(s);
                      return Shape.of(
                          a.axis(0), a.axis(1), a.axis(2) / block, block, a.axis(3) / block, block);
                    }));
    return c.to()
        .reshape(
            permute(c, split, 0, 3, 5, 1, 2, 4),
            c.shapes(
                s -> {
                  Shape a = x.shape(s);
                  return Shape.of(
                      a.axis(0), a.axis(1) * block * block, a.axis(2) / block, a.axis(3) / block);
                }));
  }
}
