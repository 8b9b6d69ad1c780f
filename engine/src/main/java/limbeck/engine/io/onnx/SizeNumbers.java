package limbeck.engine.io.onnx;

import java.util.Arrays;
import java.util.List;
import limbeck.engine.op.CumSum;
import limbeck.engine.op.Reshape;
import limbeck.engine.op.Scale;
import limbeck.engine.op.Shift;
import limbeck.engine.op.layout.ExpandAs;
import limbeck.engine.op.layout.Slice;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Numbers that depend on the sizes of the inputs, where a step reads them: one number in as many
 * places as these ask for, or counting up to them. Both are made of an input's shape when the
 * program runs; others are refused.
 */
final class SizeNumbers {
  private final Lowering to;
  private final int samples;

  SizeNumbers(Lowering to) {
    this.to = to;
    this.samples = to.samples();
  }

  /**
   * A known value as an operand of a step.
   *
   * @throws UnsupportedException if it depends on sizes in another way
   */
  Value operand(Value v) {
    if (v.isConstant()) {
      return v;
    }
    Tensor first = v.tensor(0);
    if (!first.dtype().isFloating()) {
      return to.asIntegers(operand(to.numbers(v)));
    }
    boolean uniform = first.size() > 0;
    for (int s = 0; uniform && s < samples; s++) {
      uniform = isAll(v.tensor(s), first.get(0));
    }
    Value like = uniform ? to.withShapesOf(v) : null;
    if (like != null) {
      Tensor one = Tensor.zeros(first.dtype(), Shape.SCALAR);
      one.set(0, first.get(0));
      return to.step(v.type(), new ExpandAs(), to.constant(v.type(), one), like);
    }
    Value counted = uniform ? null : counted(v);
    if (counted == null) {
      throw new UnsupportedException(
          "computes with numbers that depend on the sizes of the inputs; give their sizes");
    }
    return counted;
  }

  /** Numbers that go up by equal steps along an axis of an input's size; null if v has others. */
  private Value counted(Value v) {
    int[] sizes = new int[samples];
    int axis = 0;
    for (int s = 0; s < samples; s++) {
      sizes[s] = v.tensor(s).size();
      for (int i = 0; i < v.rank(); i++) {
        axis = v.shape(s).axis(i) > 1 ? i : axis;
      }
    }
    Value.Axis like = to.axisOf(sizes);
    Tensor first = v.tensor(0);
    if (like == null || v.rank() == 0 || first.size() < 2 || v.shape(0).axis(axis) != sizes[0]) {
      return null;
    }
    double start = first.get(0);
    double step = first.get(1) - start;
    for (int s = 0; s < samples; s++) {
      for (int i = 0; i < sizes[s]; i++) {
        if (v.tensor(s).get(i) != (float) (start + i * step)) {
          return null;
        }
      }
    }
    Value line = to.numbers(like.value());
    for (int i = 0; i < line.rank(); i++) { // one element of every other axis
      line = i == like.axis() ? line : to.step(line.type(), new Slice(i, 0, 1), line);
    }
    line = to.step(v.type(), new Reshape(List.of(-1)), line);
    Value one = to.constant(v.type(), Tensor.of(Shape.SCALAR, 1f));
    Value ones = to.step(v.type(), new ExpandAs(), one, line);
    Value count = to.step(v.type(), new CumSum(0, true, false), ones);
    Value scaled = step == 1 ? count : to.step(v.type(), new Scale(step), count);
    Value moved = start == 0 ? scaled : to.step(v.type(), new Shift(start), scaled);
    Integer[] axes = new Integer[v.rank()];
    Arrays.fill(axes, 1);
    axes[axis] = -1;
    return v.rank() == 1 ? moved : to.step(v.type(), new Reshape(List.of(axes)), moved);
  }

  private static boolean isAll(Tensor t, double value) {
    boolean all = true;
    for (int i = 0; all && i < t.size(); i++) {
      all = Double.compare(t.get(i), value) == 0;
    }
    return all;
  }
}
