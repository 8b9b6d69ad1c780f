package limbeck.engine.io.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.op.CumSum;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OperandType;
import limbeck.engine.op.Reshape;
import limbeck.engine.op.Scale;
import limbeck.engine.op.Shift;
import limbeck.engine.op.index.IntegerMath;
import limbeck.engine.op.index.ToFloats;
import limbeck.engine.op.index.ToIntegers;
import limbeck.engine.op.layout.ExpandAs;
import limbeck.engine.op.layout.Slice;
import limbeck.engine.op.layout.Tile;
import limbeck.engine.program.Input;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.engine.tensor.Workspace;

/**
 * Puts a program together out of ops, step by step. A step whose operands are all known is done at
 * once, in double where it is about whole numbers, and makes no step: so what a graph computes of
 * sizes and weights alone is gone before the program runs.
 */
final class Lowering {
  /** What a value that the program makes comes from: an input if there is no op. */
  private record Made(Op op, Value[] operands, int input) {}

  private final int samples;
  private final KnownLimits limits;
  private final List<Value> values = new ArrayList<>();
  private final List<Made> made = new ArrayList<>();
  private final List<Input> inputs = new ArrayList<>();
  private final Map<Integer, Value> asNumbers = new HashMap<>();
  private final Map<Integer, Value> asIntegers = new HashMap<>();
  private final OpContext context =
      new OpContext(KernelProvider.plainF32(), Workers.inline(), new Workspace());

  /**
   * A program of nothing yet.
   *
   * @param samples how many sizes of the free axes it is looked at with
   */
  Lowering(int samples) {
    this(samples, new KnownLimits());
  }

  private Lowering(int samples, KnownLimits limits) {
    this.samples = samples;
    this.limits = limits;
  }

  /** For one of the samples alone, within the same limits. */
  Lowering alone() {
    return new Lowering(1, limits);
  }

  int samples() {
    return samples;
  }

  /** An input of the program, with its shape in each sample. */
  Value input(Input input, OnnxType type, Shape... shapes) {
    made.add(new Made(null, new Value[0], inputs.size()));
    inputs.add(input);
    Value v = Value.made(type, input.type(), made.size() - 1, shapes);
    values.add(v);
    return v;
  }

  /** A weight of the model. */
  Value weight(OnnxType type, Tensor tensor) {
    limits.weight(tensor);
    return same(type, tensor);
  }

  /** A value that is the same whatever the sizes of the inputs. */
  Value constant(OnnxType type, Tensor tensor) {
    limits.keep(tensor);
    return same(type, tensor);
  }

  private Value same(OnnxType type, Tensor tensor) {
    Tensor[] same = new Tensor[samples];
    Arrays.fill(same, tensor);
    return Value.known(type, same);
  }

  /** A float. */
  Value constant(double value) {
    return constant(OnnxType.FLOAT, Tensor.of(Shape.of(), (float) value));
  }

  /** Whole numbers along one axis. */
  Value integers(int... values) {
    return constant(OnnxType.INT64, Tensor.of(Shape.of(values.length), values));
  }

  /**
   * The result of an op. Operands are brought to the types that it expects.
   *
   * @param type that ONNX gives the result
   */
  Value emit(OnnxType type, Op op, Value... operands) {
    Value[] in = new Value[operands.length];
    boolean known = true;
    for (int k = 0; k < in.length; k++) {
      in[k] = coerced(op, k, operands[k]);
      known &= in[k].isKnown();
    }
    return known ? computed(type, op, in) : step(type, op, in);
  }

  /**
   * A known value as an operand of a step. One number in many places, as many as the sizes of the
   * inputs ask for, is repeated when the program runs.
   */
  private Value constant(Value v) {
    if (v.isConstant()) {
      return v;
    }
    Tensor first = v.tensor(0);
    if (!first.dtype().isFloating()) {
      return asIntegers(constant(numbers(v)));
    }
    boolean uniform = first.size() > 0;
    for (int s = 0; uniform && s < samples; s++) {
      uniform = isAll(v.tensor(s), first.get(0));
    }
    for (Value like : values) {
      if (uniform && hasShapesOf(like, v)) {
        Tensor one = Tensor.zeros(first.dtype(), Shape.SCALAR);
        one.set(0, first.get(0));
        return step(v.type(), new ExpandAs(), new Value[] {constant(v.type(), one), like});
      }
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
    Value.Axis like = axisOf(sizes);
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
    Value line = numbers(like.value());
    for (int i = 0; i < line.rank(); i++) { // one element of every other axis
      line = i == like.axis() ? line : step(line.type(), new Slice(i, 0, 1), new Value[] {line});
    }
    line = step(v.type(), new Reshape(List.of(-1)), new Value[] {line});
    Value one = constant(v.type(), Tensor.of(Shape.SCALAR, 1f));
    Value ones = step(v.type(), new ExpandAs(), new Value[] {one, line});
    Value count = step(v.type(), new CumSum(0, true, false), new Value[] {ones});
    Value scaled = step == 1 ? count : step(v.type(), new Scale(step), new Value[] {count});
    Value moved = start == 0 ? scaled : step(v.type(), new Shift(start), new Value[] {scaled});
    Integer[] axes = new Integer[v.rank()];
    Arrays.fill(axes, 1);
    axes[axis] = -1;
    return v.rank() == 1 ? moved : step(v.type(), new Reshape(List.of(axes)), new Value[] {moved});
  }

  private static boolean isAll(Tensor t, double value) {
    boolean all = true;
    for (int i = 0; all && i < t.size(); i++) {
      all = Double.compare(t.get(i), value) == 0;
    }
    return all;
  }

  private boolean hasShapesOf(Value like, Value v) {
    boolean same = true;
    for (int s = 0; s < samples; s++) {
      same &= like.shape(s).equals(v.shape(s));
    }
    return same;
  }

  private Value coerced(Op op, int k, Value operand) {
    OperandType wanted = op.operandType(k);
    return wanted == OperandType.FLOATING
        ? numbers(operand)
        : wanted == OperandType.INTEGERS ? asIntegers(operand) : operand;
  }

  /** A value stored as floats; whole numbers must be small enough to be exact. */
  Value numbers(Value v) {
    if (v.stored().isFloating()) {
      return v;
    }
    if (v.isKnown()) { // in double, where all of them are exact
      return Value.known(v.type(), converted(v, v.type().isFloating() ? DType.F32 : DType.F64));
    }
    return asNumbers.computeIfAbsent(
        v.number(), n -> step(v.type(), new ToFloats(true), new Value[] {v}));
  }

  /** A value stored as I32. */
  Value asIntegers(Value v) {
    if (!v.stored().isFloating()) {
      return v;
    }
    if (v.isKnown()) {
      return Value.known(v.type(), converted(v, DType.I32));
    }
    return asIntegers.computeIfAbsent(
        v.number(), n -> step(v.type(), new ToIntegers(true), new Value[] {v}));
  }

  /** A known value in another type of tensor, in every sample. */
  Tensor[] converted(Value v, DType to) {
    Tensor[] converted = new Tensor[samples];
    for (int s = 0; s < samples; s++) {
      boolean again = s > 0 && v.tensor(s) == v.tensor(0);
      converted[s] = again ? converted[0] : v.tensor(s).to(to);
    }
    return converted;
  }

  private Value computed(OnnxType type, Op op, Value[] in) {
    Tensor[] results = new Tensor[samples];
    for (int s = 0; s < samples; s++) {
      Tensor[] operands = new Tensor[in.length];
      boolean again = s > 0;
      for (int k = 0; k < in.length; k++) {
        operands[k] = in[k].tensor(s);
        again &= in[k].tensor(s) == in[k].tensor(0);
      }
      results[s] = again ? results[0] : compute(op, operands);
    }
    return Value.known(type, results);
  }

  /** Runs one op; where floats and doubles meet, floats are widened. */
  private Tensor compute(Op op, Tensor[] operands) {
    DType numbers = null;
    for (Tensor t : operands) {
      if (t.dtype().isFloating()) {
        numbers = numbers == DType.F64 ? numbers : t.dtype();
      }
    }
    Shape[] shapes = new Shape[operands.length];
    for (int k = 0; k < operands.length; k++) {
      shapes[k] = operands[k].shape();
      if (operands[k].dtype().isFloating() && operands[k].dtype() != numbers) {
        operands[k] = operands[k].to(numbers);
      }
    }
    DType result = op.resultType(numbers);
    Shape made = KnownLimits.small(op.infer(shapes));
    limits.work(op, made, shapes);
    Tensor out = Tensor.zeros(result == null ? DType.I32 : result, made);
    limits.keep(out);
    Shape saved = op.saved(shapes);
    Workspace.Mark mark = new Workspace.Mark();
    context.workspace().mark(mark);
    context.saved(saved == null ? null : Tensor.zeros(numbers, KnownLimits.small(saved)));
    op.forward(context, operands, out);
    context.saved(null);
    context.workspace().release(mark);
    return out;
  }

  private Value step(OnnxType type, Op op, Value[] given) {
    KnownLimits.step(made.size());
    Value[] in = new Value[given.length];
    Arrays.setAll(in, k -> given[k].isKnown() ? constant(given[k]) : given[k]);
    Shape[] shapes = new Shape[samples];
    for (int s = 0; s < samples; s++) {
      Shape[] operands = new Shape[in.length];
      for (int k = 0; k < in.length; k++) {
        operands[k] = in[k].shape(s);
      }
      shapes[s] = op.infer(operands);
    }
    DType result = op.resultType(DType.F32);
    made.add(new Made(op, in, -1));
    Value v = Value.made(type, result, made.size() - 1, shapes);
    values.add(v);
    return v;
  }

  /** A value under another shape, which it has as many elements for; a shape for each sample. */
  Value reshape(Value v, Shape... shapes) {
    boolean same = true;
    for (int s = 0; s < samples; s++) {
      same &= shapes[s].equals(v.shape(s));
    }
    if (same) {
      return v;
    }
    if (v.isKnown()) {
      Tensor[] known = new Tensor[samples];
      for (int s = 0; s < samples; s++) {
        boolean again = s > 0 && v.tensor(s) == v.tensor(0) && shapes[s].equals(shapes[0]);
        known[s] = again ? known[0] : v.tensor(s).reshape(shapes[s]);
      }
      return Value.known(v.type(), known);
    }
    return emit(v.type(), new Reshape(axes(v, shapes)), v);
  }

  /** What {@link Reshape} takes so that it makes these shapes of a value. */
  private static List<Integer> axes(Value v, Shape... shapes) {
    List<Integer> axes = new ArrayList<>();
    boolean free = false;
    for (int i = 0; i < shapes[0].rank(); i++) {
      boolean fixed = true;
      boolean copied = i < v.rank();
      for (int s = 0; s < shapes.length; s++) {
        fixed &= shapes[s].axis(i) == shapes[0].axis(i);
        copied = copied && shapes[s].axis(i) == v.shape(s).axis(i);
      }
      if (fixed && shapes[0].axis(i) > 0) {
        axes.add(shapes[0].axis(i));
      } else if (copied) {
        axes.add(0);
      } else if (!free) {
        free = true;
        axes.add(-1);
      } else {
        throw new UnsupportedException(
            "makes a shape of which two axes depend on the sizes of the inputs; give their sizes");
      }
    }
    return axes;
  }

  /**
   * A value repeated by the rules of broadcasting, to a shape for each sample.
   *
   * @param like a value that may have these shapes; null for none
   */
  Value expand(Value v, Value like, Shape... shapes) {
    boolean same = true;
    boolean fixed = true;
    int rank = shapes[0].rank();
    Integer[] repeats = new Integer[rank];
    for (int s = 0; s < samples; s++) {
      same &= shapes[s].equals(v.shape(s));
      for (int i = 1; i <= rank; i++) {
        int size = i <= v.rank() ? v.shape(s).axis(-i) : 1;
        int times = size == shapes[s].axis(-i) ? 1 : shapes[s].axis(-i);
        fixed &= times > 0 && (s == 0 || repeats[rank - i] == times);
        repeats[rank - i] = times;
      }
    }
    if (same) {
      return v;
    }
    Value source = v.isKnown() ? v : numbers(v);
    if (v.isKnown() || !fixed) {
      return expandAs(source, like, shapes);
    }
    Shape[] longer = new Shape[samples];
    for (int s = 0; s < samples; s++) {
      longer[s] = broadcast(v.shape(s), ones(rank));
    }
    return emit(v.type(), new Tile(List.of(repeats)), reshape(source, longer));
  }

  private static Shape ones(int rank) {
    int[] axes = new int[rank];
    Arrays.fill(axes, 1);
    return Shape.of(axes);
  }

  private Value expandAs(Value v, Value like, Shape... shapes) {
    if (v.isKnown()) {
      Tensor[] known = new Tensor[samples];
      boolean fixed = true;
      for (int s = 0; s < samples; s++) {
        Tensor shape = Tensor.zeros(DType.I32, KnownLimits.small(shapes[s]));
        fixed &= shapes[s].equals(shapes[0]);
        DType numbers = v.stored().isFloating() ? v.stored() : DType.F64;
        known[s] =
            compute(new ExpandAs(), new Tensor[] {v.tensor(s).to(numbers), shape}).to(v.stored());
      }
      if (fixed || like == null) {
        return Value.known(v.type(), known);
      }
    }
    for (Value candidate : values) {
      if (candidate.hasShapes(shapes)) {
        return emit(v.type(), new ExpandAs(), v, candidate);
      }
    }
    throw new UnsupportedException(
        "repeats a value by numbers that depend on the sizes of the inputs; give their sizes");
  }

  /** What two shapes broadcast to. */
  static Shape broadcast(Shape a, Shape b) {
    int[] axes = new int[Math.max(a.rank(), b.rank())];
    for (int i = 1; i <= axes.length; i++) {
      int first = i <= a.rank() ? a.axis(-i) : 1;
      int second = i <= b.rank() ? b.axis(-i) : 1;
      if (first != second && first != 1 && second != 1) {
        throw new UnsupportedException("has operands " + a + " and " + b + " that do not fit");
      }
      axes[axes.length - i] = first == 1 ? second : first;
    }
    return Shape.of(axes);
  }

  /** An axis of a made value that has these sizes in the samples; null if there is none. */
  Value.Axis axisOf(int... sizes) {
    for (Value v : values) {
      for (int axis = 0; axis < v.rank(); axis++) {
        boolean same = true;
        for (int s = 0; s < samples; s++) {
          same &= v.shape(s).axis(axis) == sizes[s];
        }
        if (same) {
          return new Value.Axis(v, axis);
        }
      }
    }
    return null;
  }

  /** A value as an output of a program: the result of a step, in its own type of tensor. */
  Value result(Value v) {
    Value typed = v.type().isFloating() ? numbers(v) : asIntegers(v);
    if (made.get(typed.number()).op != null) {
      return typed;
    }
    if (typed.stored().isFloating()) {
      return step(v.type(), new Scale(1), new Value[] {typed});
    }
    Value zero = constant(v.type(), Tensor.of(Shape.SCALAR, 0));
    return step(v.type(), new IntegerMath(IntegerMath.Operation.ADD), new Value[] {typed, zero});
  }

  /**
   * The program that makes these values, without what they do not need.
   *
   * @param outputs none of them known
   * @param names of constants, by their tensors
   */
  Program program(List<Value> outputs, Map<Tensor, String> names) {
    boolean[] needed = needed(outputs);
    Program.Builder builder = Program.builder(inputs.toArray(Input[]::new));
    int[] numbers = new int[made.size()];
    IdentityHashMap<Tensor, Integer> constants = new IdentityHashMap<>();
    ConstantNames named = new ConstantNames(names);
    for (int i = 0; i < numbers.length; i++) {
      if (made.get(i).op == null) {
        numbers[i] = made.get(i).input;
      } else if (needed[i]) {
        for (Value v : made.get(i).operands) {
          if (v.isKnown() && !constants.containsKey(v.tensor(0))) {
            Tensor t = v.tensor(0);
            String name = named.next(t);
            Tensor kept = t.dtype() == DType.F64 ? t.to(DType.F32) : t;
            constants.put(t, builder.constant(name, kept));
          }
        }
      }
    }
    for (int i = 0; i < numbers.length; i++) {
      if (needed[i] && made.get(i).op != null) {
        Value[] in = made.get(i).operands;
        int[] operands = new int[in.length];
        for (int k = 0; k < in.length; k++) {
          operands[k] = in[k].isKnown() ? constants.get(in[k].tensor(0)) : numbers[in[k].number()];
        }
        numbers[i] = builder.step(made.get(i).op, operands);
      }
    }
    return builder.build(outputs.stream().mapToInt(v -> numbers[v.number()]).toArray());
  }

  private boolean[] needed(List<Value> outputs) {
    boolean[] needed = new boolean[made.size()];
    outputs.forEach(v -> needed[v.number()] = true);
    for (int i = needed.length - 1; i >= 0; i--) {
      if (needed[i]) {
        for (Value v : made.get(i).operands) {
          if (!v.isKnown()) {
            needed[v.number()] = true;
          }
        }
      }
    }
    return needed;
  }

  /** Steps so far. */
  int steps() {
    return made.size() - inputs.size();
  }
}
