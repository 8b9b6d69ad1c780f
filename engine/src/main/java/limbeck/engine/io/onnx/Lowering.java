package limbeck.engine.io.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.op.Op;
import limbeck.engine.op.OperandType;
import limbeck.engine.op.Scale;
import limbeck.engine.op.index.IntegerMath;
import limbeck.engine.op.index.ToFloats;
import limbeck.engine.op.index.ToIntegers;
import limbeck.engine.program.Input;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Puts a program together out of ops, step by step. A step whose operands are all known is done at
 * once, in double where it is about whole numbers, and makes no step: so what a graph computes of
 * sizes and weights alone is gone before the program runs.
 */
final class Lowering {
  private final int samples;
  private final List<Value> values = new ArrayList<>();
  private final List<Assembly.Made> made = new ArrayList<>();
  private final List<Input> inputs = new ArrayList<>();
  private final Map<Integer, Value> asNumbers = new HashMap<>();
  private final Map<Integer, Value> asIntegers = new HashMap<>();
  private final KnownLimits limits;
  private final Folding folding;

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
    this.folding = new Folding(limits);
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
    made.add(new Assembly.Made(null, new Value[0], inputs.size()));
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
    return asNumbers.computeIfAbsent(v.number(), n -> step(v.type(), new ToFloats(true), v));
  }

  /** A value stored as I32. */
  Value asIntegers(Value v) {
    if (!v.stored().isFloating()) {
      return v;
    }
    if (v.isKnown()) {
      return Value.known(v.type(), converted(v, DType.I32));
    }
    return asIntegers.computeIfAbsent(v.number(), n -> step(v.type(), new ToIntegers(true), v));
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
      results[s] = again ? results[0] : folding.compute(op, operands);
    }
    return Value.known(type, results);
  }

  Value step(OnnxType type, Op op, Value... given) {
    KnownLimits.step(made.size());
    Value[] in = new Value[given.length];
    Arrays.setAll(in, k -> given[k].isKnown() ? new SizeNumbers(this).operand(given[k]) : given[k]);
    Shape[] shapes = new Shape[samples];
    for (int s = 0; s < samples; s++) {
      Shape[] operands = new Shape[in.length];
      for (int k = 0; k < in.length; k++) {
        operands[k] = in[k].shape(s);
      }
      shapes[s] = op.infer(operands);
    }
    DType result = op.resultType(DType.F32);
    made.add(new Assembly.Made(op, in, -1));
    Value v = Value.made(type, result, made.size() - 1, shapes);
    values.add(v);
    return v;
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
    if (made.get(typed.number()).op() != null) {
      return typed;
    }
    if (typed.stored().isFloating()) {
      return step(v.type(), new Scale(1), typed);
    }
    Value zero = constant(v.type(), Tensor.of(Shape.SCALAR, 0));
    return step(v.type(), new IntegerMath(IntegerMath.Operation.ADD), typed, zero);
  }

  /** Steps so far. */
  int steps() {
    return made.size() - inputs.size();
  }

  /** What is computed at once. */
  Folding folding() {
    return folding;
  }

  /** A value under another shape, which it has as many elements for; a shape for each sample. */
  Value reshape(Value v, Shape... shapes) {
    return new Reshaping(this).reshape(v, shapes);
  }

  /** A value repeated by the rules of broadcasting; see {@link Reshaping#expand}. */
  Value expand(Value v, Value like, Shape... shapes) {
    return new Reshaping(this).expand(v, like, shapes);
  }

  /** A made value with these shapes in the samples; null if there is none. */
  Value withShapes(Shape... shapes) {
    for (Value v : values) {
      if (v.hasShapes(shapes)) {
        return v;
      }
    }
    return null;
  }

  /** A made value with the shapes of another; null if there is none. */
  Value withShapesOf(Value other) {
    Shape[] shapes = new Shape[samples];
    Arrays.setAll(shapes, other::shape);
    return withShapes(shapes);
  }

  /** The program that makes these values; see {@link Assembly}. */
  Program program(List<Value> outputs, Map<Tensor, String> names) {
    return new Assembly(made, inputs).program(outputs, names);
  }
}
