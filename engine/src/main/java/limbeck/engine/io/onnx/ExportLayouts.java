package limbeck.engine.io.onnx;

import static limbeck.engine.io.onnx.GraphWriter.set;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.CumSum;
import limbeck.engine.op.Reshape;
import limbeck.engine.op.index.TopK;
import limbeck.engine.op.layout.Concat;
import limbeck.engine.op.layout.Flip;
import limbeck.engine.op.layout.Gather;
import limbeck.engine.op.layout.MaskFill;
import limbeck.engine.op.layout.Pad;
import limbeck.engine.op.layout.Permute;
import limbeck.engine.op.layout.Scatter;
import limbeck.engine.op.layout.ScatterAdd;
import limbeck.engine.op.layout.Slice;
import limbeck.engine.op.layout.SliceAs;
import limbeck.engine.op.layout.TakeAlong;
import limbeck.engine.op.layout.Tile;
import limbeck.engine.op.layout.Triangle;
import limbeck.engine.op.reduce.ArgMax;
import limbeck.engine.op.reduce.ReduceOp;
import limbeck.engine.op.reduce.Variance;

/** Ops that move elements, or make fewer of them. */
final class ExportLayouts {
  private ExportLayouts() {}

  /** The result's name; null if the op is none of these. */
  static String export(Exporter e) {
    String x = e.in(0);
    if (e.op() instanceof Reshape op) {
      return e.reshape(x, longs(op.axes()));
    }
    if (e.op() instanceof Permute op) {
      return e.transpose(x, op.axes().toArray(Integer[]::new));
    }
    if (e.op() instanceof Slice op) {
      long end = op.to() == Slice.END ? Long.MAX_VALUE : op.to();
      String from = e.graph().integers(op.from());
      return e.slice(x, from, e.graph().integers(end), op.axis(), op.step());
    }
    if (e.op() instanceof SliceAs op) {
      int like = op.like() < 0 ? op.like() + e.rank(1) : op.like();
      return e.slice(x, e.graph().integers(0), e.sizeOf(e.in(1), like), op.axis(), 1);
    }
    if (e.op() instanceof Concat op) {
      return e.graph().node("Concat", e.all(), set("axis", op.axis()));
    }
    if (e.op() instanceof Pad op) {
      return pad(e, op);
    }
    if (e.op() instanceof Gather op) {
      return e.with("Gather", set("axis", op.axis()), x, e.in(1));
    }
    if (e.op() instanceof TakeAlong op) {
      return e.with("GatherElements", set("axis", op.axis()), x, e.in(1));
    }
    if (e.op() instanceof Scatter op) {
      return e.with("ScatterElements", set("axis", op.axis()), x, e.in(1), e.in(2));
    }
    if (e.op() instanceof ScatterAdd op) {
      return e.graph()
          .node("ScatterElements", e.all(), set("axis", op.axis()), set("reduction", "add"));
    }
    return others(e, x);
  }

  private static long[] longs(List<Integer> numbers) {
    return numbers.stream().mapToLong(Integer::longValue).toArray();
  }

  private static String pad(Exporter e, Pad op) {
    int rank = e.rank(0);
    long[] pads = new long[2 * rank];
    int first = rank - op.before().size();
    for (int i = first; i < rank; i++) {
      pads[i] = op.before().get(i - first);
      pads[rank + i] = op.after().get(i - first);
    }
    return e.node("Pad", e.in(0), e.graph().integers(pads), e.graph().number(op.value()));
  }

  private static String others(Exporter e, String x) {
    if (e.op() instanceof MaskFill op) {
      return e.node("Where", bool(e, e.in(1)), x, e.graph().number(op.value()));
    }
    if (e.op() instanceof Tile op) {
      long[] repeats = new long[e.rank(0)];
      int first = repeats.length - op.repeats().size();
      for (int i = 0; i < repeats.length; i++) {
        repeats[i] = i < first ? 1 : op.repeats().get(i - first);
      }
      return e.node("Tile", x, e.graph().integers(repeats));
    }
    if (e.op() instanceof Flip op) {
      String y = x;
      for (int axis : op.axes()) {
        String from = e.graph().integers(-1);
        y = e.slice(y, from, e.graph().integers(Long.MIN_VALUE + 1), axis, -1);
      }
      return y;
    }
    if (e.op() instanceof Triangle op) {
      String diagonal = e.graph().integer(op.diagonal());
      return e.with("Trilu", set("upper", op.upper()), x, diagonal);
    }
    return switch (e.op().spec().name()) {
      case "expandAs" -> e.node("Expand", x, e.node("Shape", e.in(1)));
      case "where" -> e.node("Where", bool(e, x), e.in(1), e.in(2));
      default -> reduced(e, x);
    };
  }

  private static String bool(Exporter e, String mask) {
    return e.cast(mask, OnnxType.BOOL);
  }

  private static String reduced(Exporter e, String x) {
    if (e.op() instanceof CumSum op) {
      return e.graph()
          .node(
              "CumSum",
              List.of(x, e.graph().integer(op.axis())),
              set("exclusive", op.exclusive()),
              set("reverse", op.reverse()));
    }
    if (e.op() instanceof ArgMax op) {
      String y =
          e.graph()
              .node("ArgMax", List.of(x), set("axis", op.axis()), set("keepdims", op.keepAxis()));
      return e.cast(y, OnnxType.INT32);
    }
    if (e.op() instanceof TopK op) {
      String k = e.graph().integers(op.k());
      String[] found = e.graph().nodes("TopK", List.of(x, k), 2, set("axis", op.axis()));
      return e.cast(found[1], OnnxType.INT32);
    }
    if (e.op() instanceof Variance op) {
      return op.correction() == 0 ? variance(e, op, x) : null;
    }
    if (e.op() instanceof ReduceOp op) {
      return reduce(e, op.spec().onnx(), op, op.keepAxes(), x);
    }
    return null;
  }

  private static String reduce(Exporter e, String operator, ReduceOp op, boolean keep, String x) {
    List<String> in = new ArrayList<>(List.of(x));
    if (!op.axes().isEmpty()) {
      in.add(e.graph().integers(longs(op.axes())));
    }
    return e.graph().node(operator, in, set("keepdims", keep));
  }

  private static String variance(Exporter e, Variance op, String x) {
    String centred = e.sub(x, reduce(e, "ReduceMean", op, true, x));
    return reduce(e, "ReduceMean", op, op.keepAxes(), e.mul(centred, centred));
  }
}
