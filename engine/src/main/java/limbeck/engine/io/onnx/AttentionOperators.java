package limbeck.engine.io.onnx;

import java.util.Map;
import limbeck.engine.op.Add;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.Mul;
import limbeck.engine.op.Scale;
import limbeck.engine.op.Softmax;
import limbeck.engine.op.Sub;
import limbeck.engine.op.Tanh;
import limbeck.engine.op.layout.Concat;
import limbeck.engine.op.layout.Gather;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** Attention and rotary positions, put together as the functions that define these operators. */
final class AttentionOperators {
  private AttentionOperators() {}

  static void addTo(Map<String, Operator> table) {
    table.put("Attention", AttentionOperators::attention);
    Operator.add(table, "RotaryEmbedding", AttentionOperators::rotary);
  }

  private static Value[] attention(Call c) {
    boolean flat = c.in(0).rank() == 3;
    int queryHeads = c.integer("q_num_heads", 0);
    int keyHeads = c.integer("kv_num_heads", 0);
    Value q = flat ? heads(c, c.in(0), queryHeads) : c.in(0);
    Value k = flat ? heads(c, c.in(1), keyHeads) : c.in(1);
    Value v = flat ? heads(c, c.in(2), keyHeads) : c.in(2);
    Value keys = c.has(4) ? c.emit(new Concat(2, 2), c.in(4), k) : k;
    Value values = c.has(5) ? c.emit(new Concat(2, 2), c.in(5), v) : v;
    int groups = q.shape(0).axis(1) / keys.shape(0).axis(1);
    double scale = c.number("scale", 1 / Math.sqrt(q.shape(0).last()));
    Value scaled = c.emit(new Scale(Math.sqrt(scale)), q);
    Value turned = c.emit(new Scale(Math.sqrt(scale)), repeated(c, keys, groups));
    Value[] stages = new Value[4];
    stages[0] = c.emit(new MatMul(false, true), scaled, turned);
    double cap = c.number("softcap", 0);
    stages[1] =
        cap > 0
            ? c.emit(new Scale(cap), c.emit(new Tanh(), c.emit(new Scale(1 / cap), stages[0])))
            : stages[0];
    stages[2] = masked(c, stages[1], c.has(4) ? c.in(4) : null);
    stages[3] = c.emit(new Softmax(1), stages[2]);
    Value y = c.emit(new MatMul(), stages[3], repeated(c, values, groups));
    Value joined = flat ? joined(c, y) : y;
    return new Value[] {joined, keys, values, stages[c.integer("qk_matmul_output_mode", 0)]};
  }

  /** [batch, steps, width] as [batch, heads, steps, width of a head]. */
  private static Value heads(Call c, Value x, int heads) {
    Value split =
        c.to()
            .reshape(
                x,
                c.shapes(
                    s -> {
                      Shape a = x.shape(s);
                      return Shape.of(a.axis(0), a.axis(1), heads, a.axis(2) / heads);
                    }));
    return LayoutOperators.permute(c, split, 0, 2, 1, 3);
  }

  private static Value joined(Call c, Value y) {
    Value turned = LayoutOperators.permute(c, y, 0, 2, 1, 3);
    return c.to()
        .reshape(
            turned,
            c.shapes(
                s -> {
                  Shape a = turned.shape(s);
                  return Shape.of(a.axis(0), a.axis(1), a.axis(2) * a.axis(3));
                }));
  }

  /** Each head several times in a row, where several queries share one of keys and values. */
  private static Value repeated(Call c, Value x, int times) {
    if (times == 1) {
      return x;
    }
    int[] index = new int[KnownLimits.small((long) x.shape(0).axis(1) * times)];
    for (int i = 0; i < index.length; i++) {
      index[i] = i / times;
    }
    return c.emit(new Gather(1), x, c.to().integers(index));
  }

  /** With a mask added, or what it forbids left out, and later keys in causal order. */
  private static Value masked(Call c, Value scores, Value past) {
    Value y = scores;
    if (c.has(3)) {
      Value mask = c.in(3);
      if (mask.type() == OnnxType.BOOL) {
        Value none = c.to().constant(Double.NEGATIVE_INFINITY);
        mask = PairOperators.where(c, mask, c.to().constant(0), none);
      }
      y = c.emit(new Add(), y, mask);
    }
    if (c.flag("is_causal", false)) {
      if (!scores.isFixed(2) || !scores.isFixed(3)) {
        throw new UnsupportedException("is causal over sequences whose length is not fixed");
      }
      int queries = scores.shape(0).axis(2);
      int keys = scores.shape(0).axis(3);
      int before = past == null ? 0 : past.shape(0).axis(2);
      Tensor later = Tensor.zeros(DType.F32, KnownLimits.small(Shape.of(queries, keys)));
      for (int e = 0; e < later.size(); e++) {
        later.set(e, e % keys > e / keys + before ? Double.NEGATIVE_INFINITY : 0);
      }
      y = c.emit(new Add(), y, c.to().constant(OnnxType.FLOAT, later));
    }
    return y;
  }

  /** Pairs of elements turned by the angles of their positions. */
  private static Value rotary(Call c) {
    boolean flat = c.in(0).rank() == 3;
    int heads = c.integer("num_heads", 0);
    Value x = flat ? heads(c, c.in(0), heads) : c.in(0);
    int width = x.shape(0).last();
    int turned = c.integer("rotary_embedding_dim", 0);
    turned = turned == 0 ? width : turned;
    Value part = LayoutOperators.cut(c, x, 3, 0, turned, 1);
    boolean pairs = c.flag("interleaved", false);
    int half = turned / 2;
    Value first =
        pairs
            ? LayoutOperators.cut(c, part, 3, 0, turned, 2)
            : LayoutOperators.cut(c, part, 3, 0, half, 1);
    Value second =
        pairs
            ? LayoutOperators.cut(c, part, 3, 1, turned, 2)
            : LayoutOperators.cut(c, part, 3, half, turned, 1);
    Value cos = angles(c, c.in(1));
    Value sin = angles(c, c.in(2));
    Value a = c.emit(new Sub(), c.emit(new Mul(), first, cos), c.emit(new Mul(), second, sin));
    Value b = c.emit(new Add(), c.emit(new Mul(), first, sin), c.emit(new Mul(), second, cos));
    Value y = LayoutOperators.concat(c, 3, a, b);
    if (pairs) {
      int[] order = new int[KnownLimits.small(turned)];
      for (int i = 0; i < turned; i++) {
        order[i] = i / 2 + i % 2 * half;
      }
      y = c.emit(new Gather(3), y, c.to().integers(order));
    }
    if (turned < width) {
      y = LayoutOperators.concat(c, 3, y, LayoutOperators.cut(c, x, 3, turned, width, 1));
    }
    return flat ? joined(c, y) : y;
  }

  /** Those of the positions given, or of all steps, [batch, 1, steps, half of the width]. */
  private static Value angles(Call c, Value table) {
    Value rows = c.has(3) ? c.emit(new Gather(0), table, c.in(3)) : table;
    return ShapeOperators.unsqueeze(c, rows, 1);
  }
}
