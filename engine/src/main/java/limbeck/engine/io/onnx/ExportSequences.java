package limbeck.engine.io.onnx;

import static limbeck.engine.io.onnx.GraphWriter.set;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.nn.AddPositions;
import limbeck.engine.op.nn.Attention;
import limbeck.engine.op.nn.BiLstm;
import limbeck.engine.op.nn.Gru;
import limbeck.engine.op.nn.LastStep;
import limbeck.engine.op.nn.Lstm;
import limbeck.engine.op.nn.MaxSteps;
import limbeck.engine.op.nn.MeanSteps;
import limbeck.engine.op.nn.RotatePositions;

/** Layers of sequences. */
final class ExportSequences {
  /** Where ONNX has the gates of an LSTM: input, output, forget, candidate. */
  private static final int[] LSTM_GATES = {0, 3, 1, 2};

  /** Where it has those of a GRU: update, reset, candidate. */
  private static final int[] GRU_GATES = {1, 0, 2};

  /** Below every score that a softmax is made of. */
  private static final double HIDDEN = -3e38;

  private ExportSequences() {}

  /** The result's name; null if the op is none of these. */
  static String export(Exporter e) {
    if (e.op() instanceof Attention op) {
      return attention(e, op);
    }
    if (e.op() instanceof BiLstm op) {
      return biLstm(e, op);
    }
    if (e.op() instanceof Lstm op) {
      return lstm(e, op);
    }
    if (e.op() instanceof Gru op) {
      return gru(e, op);
    }
    if (e.op() instanceof MeanSteps || e.op() instanceof MaxSteps) {
      return pooled(e);
    }
    if (e.op() instanceof LastStep op) {
      return lastStep(e, op);
    }
    if (e.op() instanceof AddPositions op) {
      return e.add(e.in(0), rows(e, e.in(1), op.first(), e.in(0), 1));
    }
    if (e.op() instanceof RotatePositions op) {
      return rotate(e, op);
    }
    return null;
  }

  /** Rows of a table from one on, as many as an axis of x has. */
  private static String rows(Exporter e, String table, int first, String x, int axis) {
    String from = e.graph().integers(first);
    String size = e.sizeOf(x, axis);
    return e.slice(table, from, first == 0 ? size : e.add(size, from), 0, 1);
  }

  private static String rotate(Exporter e, RotatePositions op) {
    int rank = e.rank(0);
    int half = e.axis(0, -1) / 2;
    String cos = rows(e, e.in(1), op.first(), e.in(0), rank - 2);
    String sin = rows(e, e.in(2), op.first(), e.in(0), rank - 2);
    String middle = e.graph().integers(half);
    String a = e.slice(e.in(0), e.graph().integers(0), middle, -1, 1);
    String b = e.slice(e.in(0), middle, e.graph().integers(2L * half), -1, 1);
    String first = e.sub(e.mul(a, cos), e.mul(b, sin));
    String second = e.add(e.mul(b, cos), e.mul(a, sin));
    return e.with("Concat", set("axis", -1), first, second);
  }

  private static String attention(Exporter e, Attention op) {
    if (op.causal() || op.keys() == Attention.Keys.CACHE) {
      return null;
    }
    double scale =
        op.scale() == 0 ? 1 / Math.sqrt(e.axis(0, -1) / (double) op.heads()) : op.scale();
    String q = heads(e, 0, op.heads(), 0, 2, 1, 3);
    String k = heads(e, 1, op.heads(), 0, 2, 3, 1);
    String v = heads(e, 2, op.heads(), 0, 2, 1, 3);
    String scores = e.mul(e.node("MatMul", q, k), scale);
    String weights;
    if (op.keys() == Attention.Keys.ALL) {
      weights = e.with("Softmax", set("axis", -1), scores);
    } else {
      boolean lengths = op.keys() == Attention.Keys.LENGTHS;
      String visible = lengths ? e.valid(e.in(1), e.in(3)) : e.cast(e.in(3), OnnxType.BOOL);
      String each = e.unsqueeze(visible, 1, 2);
      String seen = e.node("Where", each, scores, e.graph().number(HIDDEN));
      String all = e.with("Softmax", set("axis", -1), seen);
      weights = e.mul(all, e.cast(each, OnnxType.FLOAT)); // nothing for who sees nothing
    }
    String y = e.transpose(e.node("MatMul", weights, v), 0, 2, 1, 3);
    return e.reshape(y, 0, 0, e.axis(2, -1));
  }

  private static String heads(Exporter e, int operand, int heads, Integer... order) {
    long width = e.axis(operand, -1) / heads;
    return e.transpose(e.reshape(e.in(operand), 0, 0, heads, width), order);
  }

  /** Rows by gate in ONNX's order, for one direction more in front. */
  private static String gates(Exporter e, String v, int rows, int... order) {
    int n = rows / order.length;
    List<String> parts = new ArrayList<>();
    for (int gate : order) {
      String from = e.graph().integers((long) gate * n);
      parts.add(e.slice(v, from, e.graph().integers((gate + 1L) * n), 0, 1));
    }
    return e.unsqueeze(e.graph().node("Concat", parts, set("axis", 0)), 0);
  }

  /** W, R and B of a direction whose parameters begin with operand {@code first}. */
  private static String[] parameters(Exporter e, int first, int... order) {
    int rows = e.axis(first, 0);
    String biasIh = gates(e, e.in(first + 2), rows, order);
    String biasHh = gates(e, e.in(first + 3), rows, order);
    return new String[] {
      gates(e, e.in(first), rows, order),
      gates(e, e.in(first + 1), rows, order),
      e.with("Concat", set("axis", 1), biasIh, biasHh)
    };
  }

  private static String[] layer(
      Exporter e,
      String operator,
      String[] w,
      String lengths,
      String h,
      String c,
      String direction) {
    List<String> in = e.list(e.transpose(e.in(0), 1, 0, 2), w[0], w[1], w[2], lengths, h);
    if (operator.equals("LSTM")) {
      in.add(c);
    }
    while (in.get(in.size() - 1).isEmpty()) {
      in.remove(in.size() - 1);
    }
    int hidden = e.axis(2, 1);
    boolean gru = operator.equals("GRU");
    GraphWriter.Setting size = set("hidden_size", hidden);
    GraphWriter.Setting way = set("direction", direction);
    return gru
        ? e.graph().nodes(operator, in, 2, size, way, set("linear_before_reset", 1))
        : e.graph().nodes(operator, in, 3, size, way);
  }

  private static String biLstm(Exporter e, BiLstm op) {
    String[] forward = parameters(e, 1, LSTM_GATES);
    String[] backward = parameters(e, 5, LSTM_GATES);
    String[] both = new String[3];
    for (int i = 0; i < both.length; i++) {
      both[i] = e.with("Concat", set("axis", 0), forward[i], backward[i]);
    }
    String lengths = op.lengths() ? e.in(9) : "";
    String[] y = layer(e, "LSTM", both, lengths, "", "", "bidirectional");
    return op.ends()
        ? e.reshape(e.transpose(y[1], 1, 0, 2), 0, -1)
        : e.reshape(e.transpose(y[0], 2, 0, 1, 3), 0, 0, -1);
  }

  private static String lstm(Exporter e, Lstm op) {
    if (op.cells()) {
      return null; // cells of all steps, which ONNX does not give
    }
    int next = 5;
    String lengths = op.lengths() ? e.in(next++) : "";
    String h = op.initial() ? e.unsqueeze(e.in(next++), 0) : "";
    String c = op.initial() ? e.unsqueeze(e.in(next), 0) : "";
    String[] w = parameters(e, 1, LSTM_GATES);
    String way = op.reverse() ? "reverse" : "forward";
    return oneDirection(e, layer(e, "LSTM", w, lengths, h, c, way)[0]);
  }

  private static String gru(Exporter e, Gru op) {
    int next = 5;
    String lengths = op.lengths() ? e.in(next++) : "";
    String h = op.initial() ? e.unsqueeze(e.in(next), 0) : "";
    String[] w = parameters(e, 1, GRU_GATES);
    String way = op.reverse() ? "reverse" : "forward";
    return oneDirection(e, layer(e, "GRU", w, lengths, h, "", way)[0]);
  }

  /** [time, 1, batch, hidden] as [batch, time, hidden]. */
  private static String oneDirection(Exporter e, String y) {
    return e.transpose(e.node("Squeeze", y, e.graph().integers(1)), 1, 0, 2);
  }

  /** Mean or maximum of the valid steps; zeros where there are none. */
  private static String pooled(Exporter e) {
    String valid = e.unsqueeze(e.valid(e.in(0), e.in(1)), 2);
    String time = e.graph().integers(1);
    GraphWriter.Setting gone = set("keepdims", 0);
    String lengths = e.unsqueeze(e.in(1), 1);
    if (e.op() instanceof MeanSteps) {
      String kept = e.node("Where", valid, e.in(0), e.graph().number(0));
      String count = e.node("Max", e.cast(lengths, OnnxType.FLOAT), e.graph().number(1));
      return e.node("Div", e.with("ReduceSum", gone, kept, time), count);
    }
    String kept = e.node("Where", valid, e.in(0), e.graph().number(HIDDEN));
    String largest = e.with("ReduceMax", gone, kept, time);
    String some = e.cast(lengths, OnnxType.BOOL);
    return e.node("Where", some, largest, e.graph().number(0));
  }

  /** The step before each length; steps that are not it are zeros in a sum. */
  private static String lastStep(Exporter e, LastStep op) {
    if (op.initial()) {
      return null;
    }
    String steps = e.unsqueeze(e.count(e.in(0), 1), 0);
    String last = e.sub(e.unsqueeze(e.cast(e.in(1), OnnxType.INT64), 1), e.graph().integer(1));
    String chosen = e.unsqueeze(e.node("Equal", steps, last), 2);
    String kept = e.node("Where", chosen, e.in(0), e.graph().number(0));
    return e.with("ReduceSum", set("keepdims", 0), kept, e.graph().integers(1));
  }
}
