package limbeck.engine.io.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import limbeck.engine.op.Add;
import limbeck.engine.op.Linear;
import limbeck.engine.op.Mul;
import limbeck.engine.op.Sigmoid;
import limbeck.engine.op.Sub;
import limbeck.engine.op.Tanh;
import limbeck.engine.op.layout.Slice;
import limbeck.engine.op.nn.Gru;
import limbeck.engine.op.nn.LastStep;
import limbeck.engine.op.nn.Lstm;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Recurrent layers. LSTM, and GRU in the form that resets the product, are ops; the others are done
 * step by step, for sequences of a fixed length.
 */
final class RecurrentOperators {
  private RecurrentOperators() {}

  static void addTo(Map<String, Operator> table) {
    table.put("LSTM", c -> layer(c, 4, RecurrentOperators::lstm));
    table.put("GRU", c -> layer(c, 3, RecurrentOperators::gru));
    table.put("RNN", c -> layer(c, 1, RecurrentOperators::rnn));
  }

  /**
   * What one direction has.
   *
   * @param x [batch, steps, in]
   * @param w [gates · hidden, in]
   * @param r [gates · hidden, hidden]
   * @param wb bias of w
   * @param rb bias of r
   * @param lengths [batch] of the sequences; null for none
   * @param h [batch, hidden] at first
   * @param cell the LSTM's at first
   */
  private record Direction(
      Call c,
      boolean reverse,
      int hidden,
      Value x,
      Value w,
      Value r,
      Value wb,
      Value rb,
      Value lengths,
      Value h,
      Value cell) {}

  /** All steps [batch, steps, hidden], the last state, and the LSTM's cell; null for none. */
  private record States(Value all, Value last, Value cell) {}

  @FunctionalInterface
  private interface Layer {
    States run(Direction d);
  }

  private static Value[] layer(Call c, int gates, Layer layer) {
    requireKnown(c);
    boolean batchFirst = c.integer("layout", 0) == 1;
    Value x = batchFirst ? c.in(0) : LayoutOperators.permute(c, c.in(0), 1, 0, 2);
    String direction = c.text("direction", "forward");
    int directions = direction.equals("bidirectional") ? 2 : 1;
    int hidden = c.in(2).shape(0).last();
    List<Value> all = new ArrayList<>();
    List<Value> last = new ArrayList<>();
    List<Value> cells = new ArrayList<>();
    for (int d = 0; d < directions; d++) {
      boolean reverse = direction.equals("reverse") || d == 1;
      Value bias =
          c.has(3)
              ? of(c, c.in(3), d, 0)
              : c.to()
                  .constant(
                      OnnxType.FLOAT,
                      Tensor.zeros(DType.F32, Shape.of(KnownLimits.small(2L * gates * hidden))));
      int n = gates * hidden;
      States states =
          layer.run(
              new Direction(
                  c,
                  reverse,
                  hidden,
                  x,
                  of(c, c.in(1), d, 0),
                  of(c, c.in(2), d, 0),
                  LayoutOperators.cut(c, bias, 0, 0, n, 1),
                  LayoutOperators.cut(c, bias, 0, n, 2 * n, 1),
                  c.has(4) ? c.in(4) : null,
                  c.has(5) ? of(c, c.in(5), d, batchFirst ? 1 : 0) : null,
                  c.has(6) ? of(c, c.in(6), d, batchFirst ? 1 : 0) : null));
      all.add(ShapeOperators.unsqueeze(c, states.all, 2)); // [batch, steps, 1, hidden]
      last.add(ShapeOperators.unsqueeze(c, states.last, 1)); // [batch, 1, hidden]
      cells.add(states.cell == null ? null : ShapeOperators.unsqueeze(c, states.cell, 1));
    }
    Value y = LayoutOperators.concat(c, 2, all.toArray(Value[]::new));
    Value h = LayoutOperators.concat(c, 1, last.toArray(Value[]::new));
    Value cell =
        cells.get(0) == null ? null : LayoutOperators.concat(c, 1, cells.toArray(Value[]::new));
    if (batchFirst) {
      return new Value[] {y, h, cell};
    }
    Value turned = cell == null ? null : LayoutOperators.permute(c, cell, 1, 0, 2);
    return new Value[] {
      LayoutOperators.permute(c, y, 1, 2, 0, 3), LayoutOperators.permute(c, h, 1, 0, 2), turned
    };
  }

  private static void requireKnown(Call c) {
    for (String name : List.of("activations", "activation_alpha", "clip")) {
      if (c.has(name)) {
        throw new UnsupportedException("has " + name);
      }
    }
    if (c.has(7) || c.flag("input_forget", false)) {
      throw new UnsupportedException("has peepholes, or coupled gates");
    }
  }

  /** What a tensor has for a direction. */
  private static Value of(Call c, Value v, int direction, int axis) {
    Value part = LayoutOperators.cut(c, v, axis, direction, direction + 1, 1);
    return c.to()
        .reshape(
            part,
            c.shapes(
                s -> {
                  int[] axes = part.shape(s).toArray();
                  int[] rest = new int[axes.length - 1];
                  for (int i = 0, n = 0; i < axes.length; i++) {
                    if (i != axis) {
                      rest[n++] = axes[i];
                    }
                  }
                  return Shape.of(rest);
                }));
  }

  /** Rows by gate in another order. */
  private static Value gates(Direction d, Value v, int... order) {
    Value[] parts = new Value[order.length];
    for (int g = 0; g < order.length; g++) {
      parts[g] = gate(d, v, 0, order[g]);
    }
    return LayoutOperators.concat(d.c, 0, parts);
  }

  private static Value gate(Direction d, Value v, int axis, int g) {
    return LayoutOperators.cut(d.c, v, axis, g * d.hidden, (g + 1) * d.hidden, 1);
  }

  /** The step that comes last: that of time 0 if it goes backwards. */
  private static Value lastOf(Direction d, Value all) {
    if (d.lengths != null && !d.reverse) {
      return d.c.emit(new LastStep(false), all, d.lengths);
    }
    Value step = d.c.emit(d.reverse ? new Slice(1, 0, 1) : new Slice(1, -1, Slice.END), all);
    return of(d.c, step, 0, 1);
  }

  /** Gates in ONNX's order: input, output, forget, candidate. */
  private static States lstm(Direction d) {
    int[] order = {0, 2, 3, 1};
    List<Value> in = new ArrayList<>();
    in.add(d.x);
    in.add(gates(d, d.w, order));
    in.add(gates(d, d.r, order));
    in.add(gates(d, d.wb, order));
    in.add(gates(d, d.rb, order));
    if (d.lengths != null) {
      in.add(d.lengths);
    }
    boolean initial = d.h != null || d.cell != null;
    if (initial) {
      if (d.h == null || d.cell == null) {
        throw new UnsupportedException("has one of two states at first");
      }
      in.add(d.h);
      in.add(d.cell);
    }
    Lstm op = new Lstm(d.reverse, d.lengths != null, initial, true);
    Value both = d.c.emit(op, in.toArray(Value[]::new));
    Value all = gate(d, both, 2, 0);
    return new States(all, lastOf(d, all), lastOf(d, gate(d, both, 2, 1)));
  }

  /** Gates in ONNX's order: update, reset, candidate. */
  private static States gru(Direction d) {
    if (d.c.integer("linear_before_reset", 0) == 0) {
      return steps(d, RecurrentOperators::gruStep);
    }
    int[] order = {1, 0, 2};
    List<Value> in = new ArrayList<>();
    in.add(d.x);
    in.add(gates(d, d.w, order));
    in.add(gates(d, d.r, order));
    in.add(gates(d, d.wb, order));
    in.add(gates(d, d.rb, order));
    if (d.lengths != null) {
      in.add(d.lengths);
    }
    if (d.h != null) {
      in.add(d.h);
    }
    Gru op = new Gru(d.reverse, d.lengths != null, d.h != null);
    Value all = d.c.emit(op, in.toArray(Value[]::new));
    return new States(all, lastOf(d, all), null);
  }

  private static States rnn(Direction d) {
    return steps(d, RecurrentOperators::rnnStep);
  }

  @FunctionalInterface
  private interface Step {
    Value next(Direction d, Value fromInput, Value h);
  }

  private static States steps(Direction d, Step step) {
    Call c = d.c;
    if (d.lengths != null) {
      throw new UnsupportedException("has lengths, and is done step by step");
    }
    if (!d.x.isFixed(1)) {
      throw new UnsupportedException("goes through sequences whose length is not fixed");
    }
    int n = d.x.shape(0).axis(1);
    Value inputs = c.emit(new Linear(), d.x, d.w, d.wb);
    Value h = d.h == null ? noState(d) : d.h;
    Value[] all = new Value[KnownLimits.small(n)];
    for (int i = 0; i < n; i++) {
      int t = d.reverse ? n - 1 - i : i;
      h = step.next(d, of(c, LayoutOperators.cut(c, inputs, 1, t, t + 1, 1), 0, 1), h);
      all[t] = ShapeOperators.unsqueeze(c, h, 1);
    }
    return new States(LayoutOperators.concat(c, 1, all), h, null);
  }

  private static Value noState(Direction d) {
    if (!d.x.isFixed(0)) {
      throw new UnsupportedException("starts from zeros for a batch whose size is not fixed");
    }
    Shape shape = Shape.of(d.x.shape(0).axis(0), d.hidden);
    return d.c.to().constant(OnnxType.FLOAT, Tensor.zeros(DType.F32, KnownLimits.small(shape)));
  }

  private static Value rnnStep(Direction d, Value fromInput, Value h) {
    Value fromState = d.c.emit(new Linear(), h, d.r, d.rb);
    return d.c.emit(new Tanh(), d.c.emit(new Add(), fromInput, fromState));
  }

  /** The form in which the reset gate acts on the state before the product. */
  private static Value gruStep(Direction d, Value fromInput, Value h) {
    Call c = d.c;
    Value update = sigmoid(d, fromInput, h, 0);
    Value reset = sigmoid(d, fromInput, h, 1);
    Value kept = c.emit(new Mul(), reset, h);
    Value candidate =
        c.emit(new Tanh(), c.emit(new Add(), gate(d, fromInput, 1, 2), fromState(d, kept, 2)));
    Value change = c.emit(new Mul(), update, c.emit(new Sub(), h, candidate));
    return c.emit(new Add(), candidate, change);
  }

  private static Value fromState(Direction d, Value h, int g) {
    return d.c.emit(new Linear(), h, gate(d, d.r, 0, g), gate(d, d.rb, 0, g));
  }

  private static Value sigmoid(Direction d, Value fromInput, Value h, int g) {
    Value sum = d.c.emit(new Add(), gate(d, fromInput, 1, g), fromState(d, h, g));
    return d.c.emit(new Sigmoid(), sum);
  }
}
