package limbeck.engine.op;

import static limbeck.engine.op.LayoutEntries.element;
import static limbeck.engine.op.LayoutEntries.index;
import static limbeck.engine.verify.Precision.roundings;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.layout.ExpandAs;
import limbeck.engine.op.layout.Gather;
import limbeck.engine.op.layout.MaskFill;
import limbeck.engine.op.layout.OneHot;
import limbeck.engine.op.layout.Where;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;

/** Ops that choose by labels, ids and masks, and that repeat: exact, but for sums in gradients. */
final class ChoiceEntries {
  private static final Shape[] EQUAL = {
    Shape.of(1), Shape.of(15), Shape.of(33), Shape.of(5, 17), Shape.of(0, 3), Shape.SCALAR
  };

  private ChoiceEntries() {}

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    entries.addAll(gathers());
    entries.addAll(oneHots());
    entries.addAll(masks());
    Copies.Source repeated = (v, i) -> repeated(v.shape(0), v.shape(), i);
    entries.add(
        new Entry(
            new ExpandAs(),
            (v, i) -> v.in(0, repeated.of(v, i)),
            new Copies(repeated, count -> count == 1 ? 0 : ErrorBound.sum(count)).precision(),
            expansions()));
    return entries;
  }

  private static List<Entry> gathers() {
    return List.of(
        gather(
            0,
            taking(Shape.of(1), Shape.of(1)),
            taking(Shape.of(10, 16), Shape.of(3, 5)).batched(1),
            taking(Shape.of(3, 17), Shape.of(100)).batched(1),
            taking(Shape.of(5), Shape.SCALAR),
            taking(Shape.of(5, 3), Shape.of(0)),
            taking(Shape.of(5, 0), Shape.of(4)),
            taking(Shape.of(7, 1), Shape.of(300)),
            taking(Shape.of(3000, 33), Shape.of(9, 1000)),
            taking(Shape.of(50_000, 7), Shape.of(100)),
            OpSample.of("no axes", Shape.SCALAR, Shape.of(2)).refused("x []", "no axis 0")),
        gather(
            1,
            taking(Shape.of(4, 6, 31), Shape.of(2, 2)).batched(0),
            taking(Shape.of(3, 5, 2, 2), Shape.SCALAR).batched(0),
            taking(Shape.of(0, 5), Shape.of(2)),
            taking(Shape.of(200, 20, 40), Shape.of(50))),
        gather(
            -1,
            taking(Shape.of(5, 15), Shape.of(4)).batched(0),
            taking(Shape.of(3, 100), Shape.of(2, 1, 3)).batched(0),
            taking(Shape.of(1000, 40), Shape.of(60)),
            OpSample.of("9 axes", Shape.of(1, 2, 3, 4, 5), Shape.of(1, 2, 3, 4, 5))
                .refused("x [1, 2, 3, 4, 5]", "index [1, 2, 3, 4, 5]", "more than 8")));
  }

  private static OpSample taking(Shape x, Shape index) {
    return OpSample.of(x + " by " + index, x, index);
  }

  private static Entry gather(int axis, OpSample... samples) {
    List<OpSample> all = new ArrayList<>();
    for (OpSample s : samples) {
      Shape x = s.operands().get(0).shape();
      all.add(s.refusal().isEmpty() ? s.labels(1, x.axis(axis)) : s);
    }
    return new Entry(
        new Gather(axis),
        (v, i) -> v.in(0, gathered(v, axis, i)),
        new Copies((v, i) -> gathered(v, axis, i), count -> count - 1).precision(),
        all);
  }

  private static int gathered(OpValues v, int fromEndOrNot, int i) {
    int axis = fromEndOrNot < 0 ? v.shape(0).rank() + fromEndOrNot : fromEndOrNot;
    int[] y = index(v.shape(), i);
    int[] x = new int[v.shape(0).rank()];
    int[] position = new int[v.shape(1).rank()];
    System.arraycopy(y, 0, x, 0, axis);
    System.arraycopy(y, axis, position, 0, position.length);
    System.arraycopy(y, axis + position.length, x, axis + 1, x.length - axis - 1);
    x[axis] = (int) v.in(1, element(v.shape(1), position));
    return element(v.shape(0), x);
  }

  private static List<Entry> oneHots() {
    List<Entry> entries = new ArrayList<>();
    for (OneHot op :
        List.of(
            new OneHot(1),
            new OneHot(10),
            new OneHot(33, 0.9, 0.1 / 32, DType.F32),
            new OneHot(5, -1, 3, DType.F64))) {
      List<OpSample> samples = new ArrayList<>();
      for (Shape shape : new Shape[] {Shape.of(1), Shape.of(17), Shape.of(3, 5), Shape.SCALAR}) {
        samples.add(OpSample.of("labels " + shape, shape).labels(0, op.classes()));
      }
      samples.add(OpSample.of("a batch", Shape.of(5, 2)).labels(0, op.classes()).batched(0));
      samples.add(OpSample.of("empty", Shape.of(0)).labels(0, op.classes()));
      samples.add(OpSample.of("many", Shape.of(40_000)).labels(0, op.classes()));
      samples.add(
          OpSample.of("8 axes", Shape.of(1, 1, 1, 1, 1, 1, 1, 2))
              .refused("labels [1, 1, 1, 1, 1, 1, 1, 2]", "no axis for the classes"));
      entries.add(
          new Entry(
              op,
              (v, i) -> v.in(0, i / op.classes()) == i % op.classes() ? op.on() : op.off(),
              roundings(1, 0),
              samples));
    }
    return entries;
  }

  private static List<Entry> masks() {
    List<OpSample> where = new ArrayList<>();
    List<OpSample> fill = new ArrayList<>();
    for (OpSample s : masked()) {
      Shape x = s.operands().get(0).shape();
      Shape mask = s.operands().get(1).shape();
      boolean maskToo = mask.rank() == x.rank() && mask.rank() > 1 && mask.axis(0) > 1;
      OpSample three = OpSample.of(s.name(), mask, x, x).labels(0, 2);
      OpSample two = OpSample.of(s.name(), x, mask).labels(1, 2);
      boolean batch = x.rank() > 1 && x.axis(0) > 1 && (maskToo || mask.rank() < x.rank());
      where.add(!batch ? three : maskToo ? three.batched(0, 1, 2) : three.batched(1, 2));
      fill.add(!batch ? two : maskToo ? two.batched(0, 1) : two.batched(0));
    }
    Shape x = Shape.of(2, 3, 4);
    where.add(
        OpSample.of("a and b", Shape.of(4), x, Shape.of(2, 3, 5))
            .refused("a [2, 3, 4]", "b [2, 3, 5]", "axis 2", "(4 vs 5)"));
    where.add(
        OpSample.of("mask of 3", Shape.of(3), x, x)
            .refused("mask [3]", "a [2, 3, 4]", "disagree on axis 2", "(4 vs 3)"));
    fill.add(
        OpSample.of("mask of 2 rows", x, Shape.of(2, 1))
            .refused("mask [2, 1]", "x [2, 3, 4]", "disagree on axis 1", "(3 vs 2)"));
    fill.add(
        OpSample.of("4 axes", x, Shape.of(1, 2, 3, 4))
            .refused("mask [1, 2, 3, 4]", "4 axes", "3 expected"));
    return List.of(
        new Entry(
            new Where(),
            (v, i) -> chosen(v, 0, i) ? v.in(1, i) : v.in(2, i),
            roundings(0, 0),
            where),
        filling(-2, fill),
        filling(0.1, fill),
        filling(-1e30, List.of(fill.get(0), fill.get(3), fill.get(8))));
  }

  private static Entry filling(double value, List<OpSample> samples) {
    return new Entry(
        new MaskFill(value),
        (v, i) -> chosen(v, 1, i) ? v.in(0, i) : value,
        roundings(1, 0),
        samples);
  }

  /** Numbers and masks: equal shapes, then masks that are repeated. */
  private static List<OpSample> masked() {
    List<OpSample> samples = new ArrayList<>();
    for (Shape shape : EQUAL) {
      samples.add(OpSample.of(shape + ", all", shape, shape));
    }
    Shape scores = Shape.of(3, 2, 5, 17);
    for (Shape mask :
        new Shape[] {
          Shape.of(17),
          Shape.of(1),
          Shape.SCALAR,
          Shape.of(5, 17),
          Shape.of(3, 1, 1, 17),
          Shape.of(3, 1, 5, 17),
          Shape.of(3, 2, 5, 1),
          Shape.of(2, 1, 1)
        }) {
      samples.add(OpSample.of(scores + ", " + mask, scores, mask));
    }
    samples.add(OpSample.of("many", Shape.of(40, 100, 80), Shape.of(40, 1, 80)));
    return samples;
  }

  private static boolean chosen(OpValues v, int k, int i) {
    return v.in(k, repeated(v.shape(k), v.shape(), i)) != 0;
  }

  /** The element of a smaller shape that stands for element i of a larger one. */
  private static int repeated(Shape small, Shape large, int i) {
    int[] at = index(large, i);
    int[] index = new int[small.rank()];
    for (int k = 0; k < index.length; k++) {
      index[k] = small.axis(k) == 1 ? 0 : at[at.length - index.length + k];
    }
    return element(small, index);
  }

  private static List<OpSample> expansions() {
    List<OpSample> samples = new ArrayList<>();
    for (Shape shape : EQUAL) {
      samples.add(OpSample.of(shape.toString(), shape, shape));
    }
    samples.add(OpSample.of("a scalar", Shape.SCALAR, Shape.of(5, 33)));
    samples.add(OpSample.of("a row", Shape.of(17), Shape.of(3, 4, 17)));
    samples.add(OpSample.of("a column", Shape.of(5, 4, 1), Shape.of(5, 4, 31)).batched(0, 1));
    samples.add(OpSample.of("a row of each", Shape.of(5, 1, 16), Shape.of(5, 3, 16)).batched(0, 1));
    samples.add(OpSample.of("rows and columns", Shape.of(1, 5, 1), Shape.of(4, 5, 3)));
    samples.add(OpSample.of("to nothing", Shape.of(1, 3), Shape.of(0, 3)));
    samples.add(OpSample.of("large", Shape.of(1, 11), Shape.of(30_000, 11)));
    samples.add(OpSample.of("wide", Shape.of(300), Shape.of(2, 500, 300)));
    samples.add(
        OpSample.of("3 to 4", Shape.of(3), Shape.of(2, 4))
            .refused("x [3]", "like [2, 4]", "disagree on axis 1", "(4 vs 3)"));
    samples.add(
        OpSample.of("a matrix to a row", Shape.of(1, 4), Shape.of(4))
            .refused("x [1, 4]", "2 axes", "1 expected"));
    return samples;
  }
}
