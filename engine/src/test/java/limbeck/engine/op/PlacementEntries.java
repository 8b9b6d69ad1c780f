package limbeck.engine.op;

import static limbeck.engine.op.LayoutEntries.element;
import static limbeck.engine.op.LayoutEntries.index;
import static limbeck.engine.verify.Precision.roundings;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.layout.Flip;
import limbeck.engine.op.layout.SliceAs;
import limbeck.engine.op.layout.Tile;
import limbeck.engine.op.layout.Triangle;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Axes in reverse order, copies side by side, triangles of matrices, axes cut to a length. */
final class PlacementEntries {
  private static final Precision EXACT = roundings(0, 0);

  private PlacementEntries() {}

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    entries.addAll(flips());
    entries.addAll(tiles());
    entries.addAll(triangles());
    entries.addAll(cuts());
    return entries;
  }

  private static OpSample sample(int... axes) {
    return OpSample.of(Shape.of(axes).toString(), Shape.of(axes));
  }

  private static List<Entry> flips() {
    return List.of(
        flip(Flip.of(-1), sample(1), sample(17), sample(5, 33).batched(0), sample(0), sample(0, 3)),
        flip(Flip.of(1), sample(4, 3, 17).batched(0), sample(2, 5), sample(300, 40, 15)),
        flip(Flip.of(0), sample(5), sample(3, 16), sample(600, 701)),
        flip(Flip.of(-1, -2), sample(4, 3, 5).batched(0), sample(2, 2, 70, 80)),
        flip(Flip.of(0, 2), sample(3, 4, 5), sample(3, 1, 5), sample(60, 50, 40)),
        flip(Flip.of(1, 2, 3), sample(2, 3, 4, 5).batched(0)),
        flip(Flip.of(), sample(4, 5).batched(0), sample()));
  }

  private static Entry flip(Flip op, OpSample... samples) {
    List<OpSample> all = new ArrayList<>(List.of(samples));
    if (op.axes().size() == 2) {
      int first = op.axes().get(0);
      Shape twice = first < 0 ? Shape.of(3) : Shape.of(3, 4);
      all.add(OpSample.of("an axis too few", twice).refused("has no axis " + op.axes().get(1)));
    }
    all.add(
        OpSample.of("two operands", Shape.of(3), Shape.of(3)).refused("[x]", "2 given", "of 1"));
    return new Entry(op, (v, i) -> v.in(0, flipped(op, v, i)), EXACT, all);
  }

  private static int flipped(Flip op, OpValues v, int i) {
    int[] place = index(v.shape(), i);
    for (int named : op.axes()) {
      int axis = named < 0 ? named + place.length : named;
      place[axis] = v.shape().axis(axis) - 1 - place[axis];
    }
    return element(v.shape(), place);
  }

  private static List<Entry> tiles() {
    return List.of(
        tile(
            Tile.of(3), sample(1), sample(17), sample(5, 6).batched(0), sample(0), sample(200, 90)),
        tile(Tile.of(2, 3), sample(4, 5), sample(3, 1, 4).batched(0), sample(3, 0), sample(90, 70)),
        tile(Tile.of(5000), sample(1), sample(3)),
        tile(Tile.of(300, 1), sample(2, 17), sample(1, 3), sample(2, 4, 1).batched(0)),
        tile(Tile.of(2, 1, 2), sample(2, 3, 4), sample(3, 2, 1, 5).batched(0)),
        tile(Tile.of(2, 2, 2, 2, 2), sample(1, 2, 1, 2, 3)),
        tile(Tile.of(1, 2, 1, 2, 1, 2, 1, 2), sample(1, 2, 1, 1, 2, 1, 1, 2)),
        tile(Tile.of(), sample(), sample(4, 5).batched(0)));
  }

  private static Entry tile(Tile op, OpSample... samples) {
    List<OpSample> all = new ArrayList<>(List.of(samples));
    if (op.repeats().size() > 0) {
      all.add(
          OpSample.of("a number", Shape.SCALAR)
              .refused("x []", "at least " + op.repeats().size() + " axes", "has 0"));
    }
    double roundings = op.repeats().stream().mapToDouble(n -> n == 1 ? 0 : ErrorBound.sum(n)).sum();
    return new Entry(
        op,
        (v, i) -> v.in(0, original(v, i)),
        new Copies(PlacementEntries::original, count -> roundings).precision(),
        all);
  }

  private static int original(OpValues v, int i) {
    int[] place = index(v.shape(), i);
    for (int axis = 0; axis < place.length; axis++) {
      place[axis] %= v.shape(0).axis(axis);
    }
    return element(v.shape(0), place);
  }

  private static List<Entry> triangles() {
    List<Entry> entries = new ArrayList<>();
    for (boolean upper : new boolean[] {true, false}) {
      for (int diagonal : new int[] {0, 1, -2, 100, -100, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
        entries.add(
            new Entry(
                new Triangle(upper, diagonal),
                (v, i) -> stays(v, upper, diagonal, i) ? v.in(0, i) : 0,
                EXACT,
                List.of(
                    sample(5, 5),
                    sample(1, 1),
                    sample(3, 17).batched(),
                    sample(17, 3),
                    sample(4, 3, 5).batched(0),
                    sample(2, 3, 2, 6).batched(0),
                    sample(0, 3),
                    sample(3, 0),
                    sample(4, 120, 130),
                    sample(3).refused("x [3]", "at least 2 axes", "has 1"))));
      }
    }
    return entries;
  }

  private static List<Entry> cuts() {
    return List.of(
        cut(
            new SliceAs(0, 1),
            like(Shape.of(512, 16), 3, 17),
            like(Shape.of(5), 2, 5).labels(1, 9),
            like(Shape.of(1), 1, 1),
            like(Shape.of(5, 3), 4, 0).labels(1, 9),
            like(Shape.of(0, 3), 2, 0),
            like(Shape.of(4, 0), 2, 3),
            like(Shape.of(3000, 401), 1, 2500).labels(1, 2)),
        cut(
            new SliceAs(1, 1),
            like(Shape.of(4, 9, 3), 4, 6).batched(0, 1),
            like(Shape.of(2, 70, 33), 2, 31, 5).batched(0, 1),
            like(Shape.of(3, 6), 3, 6).labels(1, 5).batched(0, 1),
            like(Shape.of(700, 20, 15), 1, 19)),
        cut(new SliceAs(-1, -1), like(Shape.of(5, 33), 17), like(Shape.of(7), 3, 4, 2)),
        cut(new SliceAs(-2, 0), like(Shape.of(3, 40, 5), 7).labels(1, 9), like(Shape.of(1, 5), 1)));
  }

  private static OpSample like(Shape x, int... like) {
    return OpSample.of(x + " like " + Shape.of(like), x, Shape.of(like));
  }

  private static Entry cut(SliceAs op, OpSample... samples) {
    List<OpSample> all = new ArrayList<>(List.of(samples));
    all.add(like(Shape.of(3, 3, 3), 4, 4).refused("x [3, 3, 3] has 3", "the 4 of like [4, 4]"));
    all.add(like(Shape.SCALAR, 3, 3).refused("x []", "has no axis " + op.axis()));
    all.add(like(Shape.of(3, 3)).refused("like []", "has no axis " + op.like()));
    return new Entry(op, (v, i) -> v.in(0, element(v.shape(0), index(v.shape(), i))), EXACT, all);
  }

  private static boolean stays(OpValues v, boolean upper, int diagonal, int i) {
    int[] place = index(v.shape(), i);
    long above = (long) place[place.length - 1] - place[place.length - 2];
    return upper ? above >= diagonal : above <= diagonal;
  }
}
