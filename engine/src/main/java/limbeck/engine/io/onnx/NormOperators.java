package limbeck.engine.io.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import limbeck.engine.op.Add;
import limbeck.engine.op.Div;
import limbeck.engine.op.LogSoftmax;
import limbeck.engine.op.Mul;
import limbeck.engine.op.Op;
import limbeck.engine.op.Rsqrt;
import limbeck.engine.op.Shift;
import limbeck.engine.op.Softmax;
import limbeck.engine.op.Sub;
import limbeck.engine.op.index.Compare;
import limbeck.engine.op.nn.BatchNormInference;
import limbeck.engine.op.nn.LayerNorm;
import limbeck.engine.op.reduce.L1Norm;
import limbeck.engine.op.reduce.L2Norm;
import limbeck.engine.op.reduce.Mean;
import limbeck.engine.op.reduce.Variance;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** Softmax and norms. */
final class NormOperators {
  private NormOperators() {}

  static void addTo(Map<String, Operator> table) {
    Operator.add(table, "Softmax", c -> softmax(c, new Softmax(1)));
    Operator.add(table, "LogSoftmax", c -> softmax(c, new LogSoftmax(1)));
    table.put("BatchNormalization", NormOperators::batchNorm);
    table.put("LayerNormalization", NormOperators::layerNorm);
    Operator.add(table, "RMSNormalization", NormOperators::rmsNorm);
    Operator.add(table, "InstanceNormalization", NormOperators::instanceNorm);
    Operator.add(table, "GroupNormalization", NormOperators::groupNorm);
    Operator.add(table, "LpNormalization", NormOperators::lpNorm);
  }

  /** Along one axis; versions before 13 take all axes from one on as a row. */
  private static Value softmax(Call c, Op op) {
    boolean flat = c.opset() < 13;
    Value x = c.in(0);
    return softmax(c, op, x, Call.axis(c.integer("axis", flat ? 1 : -1), x.rank()), flat);
  }

  private static Value softmax(Call c, Op op, Value x, int axis, boolean flat) {
    int rank = x.rank();
    if (axis == rank - 1) {
      return c.emit(op, x);
    }
    if (flat) {
      Value rows =
          c.to()
              .reshape(
                  x,
                  c.shapes(
                      s -> {
                        int[] axes = Arrays.copyOf(x.shape(s).toArray(), axis + 1);
                        axes[axis] *= x.shape(s).inner(axis);
                        return Shape.of(axes);
                      }));
      return c.to().reshape(c.emit(op, rows), c.shapes(x::shape));
    }
    int[] last = new int[rank];
    Arrays.setAll(last, i -> i);
    last[axis] = rank - 1;
    last[rank - 1] = axis;
    Value turned = c.emit(op, LayoutOperators.permute(c, x, last));
    return LayoutOperators.permute(c, turned, last);
  }

  /** Softmax along an axis, as versions from 13 on have it. */
  static Value along(Call c, Op op, Value x, int axis) {
    return softmax(c, op, x, axis, false);
  }

  private static Value[] batchNorm(Call c) {
    double epsilon = c.number("epsilon", 1e-5);
    Value x = c.in(0);
    if (!c.flag("training_mode", false)) {
      Op op = new BatchNormInference(epsilon);
      return new Value[] {c.emit(op, x, c.in(1), c.in(2), c.in(3), c.in(4))};
    }
    int[] others = new int[x.rank() - 1];
    Arrays.setAll(others, i -> i == 0 ? 0 : i + 1);
    List<Integer> axes = Arrays.stream(others).boxed().toList();
    Value mean = c.emit(new Mean(axes, false), x);
    Value variance = c.emit(new Variance(axes, false, 0), x);
    Value y = c.emit(new BatchNormInference(epsilon), x, c.in(1), c.in(2), mean, variance);
    double momentum = c.number("momentum", 0.9);
    return new Value[] {
      y, moved(c, c.in(3), mean, momentum), moved(c, c.in(4), variance, momentum)
    };
  }

  private static Value moved(Call c, Value before, Value now, double momentum) {
    Value kept = c.emit(new Mul(), before, c.to().constant(momentum));
    return c.emit(new Add(), kept, c.emit(new Mul(), now, c.to().constant(1 - momentum)));
  }

  /** The axes from one on. */
  private static List<Integer> from(int axis, int rank) {
    Integer[] axes = new Integer[rank - axis];
    Arrays.setAll(axes, i -> axis + i);
    return List.of(axes);
  }

  private static Value[] layerNorm(Call c) {
    Value x = c.in(0);
    int axis = Call.axis(c.integer("axis", -1), x.rank());
    double epsilon = c.number("epsilon", 1e-5);
    boolean plain = axis == x.rank() - 1 && c.in(1).rank() == 1 && x.isFixed(axis);
    if (plain && !c.wants(1) && !c.wants(2)) {
      Value bias = c.has(2) ? c.in(2) : zeros(c, x.shape(0).last());
      return new Value[] {c.emit(new LayerNorm(epsilon), x, c.in(1), bias)};
    }
    List<Integer> axes = from(axis, x.rank());
    Value mean = c.emit(new Mean(axes, true), x);
    Value centred = c.emit(new Sub(), x, mean);
    Value square = c.emit(new Mean(axes, true), c.emit(new Mul(), centred, centred));
    Value inverse = c.emit(new Rsqrt(), c.emit(new Shift(epsilon), square));
    Value y = c.emit(new Mul(), c.emit(new Mul(), centred, inverse), c.in(1));
    return new Value[] {c.has(2) ? c.emit(new Add(), y, c.in(2)) : y, mean, inverse};
  }

  private static Value zeros(Call c, int n) {
    return c.to().constant(OnnxType.FLOAT, Tensor.zeros(DType.F32, KnownLimits.small(Shape.of(n))));
  }

  private static Value rmsNorm(Call c) {
    Value x = c.in(0);
    int axis = Call.axis(c.integer("axis", -1), x.rank());
    Value square = c.emit(new Mean(from(axis, x.rank()), true), c.emit(new Mul(), x, x));
    Value inverse = c.emit(new Rsqrt(), c.emit(new Shift(c.number("epsilon", 1e-5)), square));
    return c.emit(new Mul(), c.emit(new Mul(), x, inverse), c.in(1));
  }

  /** A number for each channel [c] beside x [batch, c, space …]. */
  static Value perChannel(Call c, Value v, int rank) {
    int[] added = new int[rank - 2];
    Arrays.setAll(added, i -> i + 1);
    return added.length == 0 ? v : ShapeOperators.unsqueeze(c, v, added);
  }

  /** (x − μ)/√(σ² + ε) over axes. */
  private static Value normalized(Call c, Value x, List<Integer> axes, double epsilon) {
    Value centred = c.emit(new Sub(), x, c.emit(new Mean(axes, true), x));
    Value square = c.emit(new Mean(axes, true), c.emit(new Mul(), centred, centred));
    Value inverse = c.emit(new Rsqrt(), c.emit(new Shift(epsilon), square));
    return c.emit(new Mul(), centred, inverse);
  }

  private static Value instanceNorm(Call c) {
    Value x = c.in(0);
    Value y = normalized(c, x, from(2, x.rank()), c.number("epsilon", 1e-5));
    y = c.emit(new Mul(), y, perChannel(c, c.in(1), x.rank()));
    return c.emit(new Add(), y, perChannel(c, c.in(2), x.rank()));
  }

  /** Scale and bias are for channels from version 21 on, before for groups. */
  private static Value groupNorm(Call c) {
    Value x = c.in(0);
    int groups = c.integer("num_groups", 1);
    Value grouped =
        c.to()
            .reshape(
                x,
                c.shapes(
                    s -> {
                      Shape a = x.shape(s);
                      return Shape.of(a.axis(0), groups, a.size() / a.axis(0) / groups);
                    }));
    Value y = normalized(c, grouped, List.of(2), c.number("epsilon", 1e-5));
    if (c.opset() < 21) {
      y = c.emit(new Mul(), y, perChannel(c, c.in(1), 3));
      y = c.emit(new Add(), y, perChannel(c, c.in(2), 3));
      return c.to().reshape(y, c.shapes(x::shape));
    }
    Value back = c.to().reshape(y, c.shapes(x::shape));
    back = c.emit(new Mul(), back, perChannel(c, c.in(1), x.rank()));
    return c.emit(new Add(), back, perChannel(c, c.in(2), x.rank()));
  }

  private static Value lpNorm(Call c) {
    Value x = c.in(0);
    List<Integer> axes = List.of(Call.axis(c.integer("axis", -1), x.rank()));
    boolean first = c.integer("p", 2) == 1;
    Value norm = c.emit(first ? new L1Norm(axes, true) : new L2Norm(axes, true), x);
    Value none =
        c.emit(OnnxType.BOOL, new Compare(Compare.Relation.EQUAL), norm, c.to().constant(0));
    return c.emit(new Div(), x, c.emit(new Add(), norm, none.as(norm.type()))); // zeros stay
  }
}
