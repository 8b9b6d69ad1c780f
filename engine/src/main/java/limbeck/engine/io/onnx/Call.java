package limbeck.engine.io.onnx;

import java.util.List;
import limbeck.engine.op.Op;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * One node while it is imported: its operands and settings, and what its operator is put together
 * with.
 */
final class Call {
  private final OnnxNode node;
  private final long opset;
  private final List<Value> in;
  private final Lowering to;

  /**
   * A call.
   *
   * @param in its inputs; null for those left out
   */
  Call(OnnxNode node, long opset, List<Value> in, Lowering to) {
    this.node = node;
    this.opset = opset;
    this.in = in;
    this.to = to;
  }

  /** The version of the operators. */
  long opset() {
    return opset;
  }

  /** Where steps go. */
  Lowering to() {
    return to;
  }

  /** How many inputs there are, those left out at the end not counted. */
  int inputs() {
    return in.size();
  }

  /** How many outputs are named, whether or not they are wanted. */
  int outputs() {
    return node.outputs().size();
  }

  /** Whether an output is wanted. */
  boolean wants(int k) {
    return k < node.outputs().size() && !node.outputs().get(k).isEmpty();
  }

  boolean has(int k) {
    return k < in.size() && in.get(k) != null;
  }

  /** An input that must be there. */
  Value in(int k) {
    if (!has(k)) {
      throw new UnsupportedException("has no input " + k);
    }
    return in.get(k);
  }

  /** All inputs. */
  Value[] all() {
    Value[] all = new Value[in.size()];
    for (int k = 0; k < all.length; k++) {
      all[k] = in(k);
    }
    return all;
  }

  boolean has(String attribute) {
    return node.attributes().containsKey(attribute);
  }

  private OnnxAttribute attribute(String name, OnnxAttribute.Kind kind) {
    OnnxAttribute a = node.attributes().get(name);
    if (a != null && a.kind() != kind) {
      throw new UnsupportedException("has " + name + " of type " + a.kind() + ", not " + kind);
    }
    return a;
  }

  /** A setting of one whole number. */
  int integer(String name, int otherwise) {
    OnnxAttribute a = attribute(name, OnnxAttribute.Kind.INT);
    return a == null ? otherwise : narrow(name, a.integers()[0]);
  }

  boolean flag(String name, boolean otherwise) {
    return integer(name, otherwise ? 1 : 0) != 0;
  }

  /** A setting of several whole numbers. */
  int[] integers(String name, int... otherwise) {
    OnnxAttribute a = attribute(name, OnnxAttribute.Kind.INTS);
    if (a == null) {
      return otherwise;
    }
    int[] values = new int[a.integers().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = narrow(name, a.integers()[i]);
    }
    return values;
  }

  private int narrow(String name, long value) {
    if (value == Long.MAX_VALUE) {
      return Integer.MAX_VALUE; // to the end, in slices
    }
    if (value != (int) value) {
      throw new UnsupportedException("has " + name + " " + value + ", beyond 32 bits");
    }
    return (int) value;
  }

  double number(String name, double otherwise) {
    OnnxAttribute a = attribute(name, OnnxAttribute.Kind.FLOAT);
    return a == null ? otherwise : a.numbers()[0];
  }

  String text(String name, String otherwise) {
    OnnxAttribute a = attribute(name, OnnxAttribute.Kind.STRING);
    return a == null ? otherwise : a.text();
  }

  /** A setting that is a tensor; null if it is not there. */
  OnnxTensor tensor(String name) {
    OnnxAttribute a = attribute(name, OnnxAttribute.Kind.TENSOR);
    return a == null ? null : a.tensor();
  }

  /** A setting that is a list of numbers; null if it is not there. */
  float[] numbers(String name) {
    OnnxAttribute a = attribute(name, OnnxAttribute.Kind.FLOATS);
    return a == null ? null : a.numbers();
  }

  /** The content of an input that must be known, and the same whatever the sizes. */
  Tensor known(int k) {
    Value v = in(k);
    if (!v.isKnown()) {
      throw new UnknownException(node.inputs().get(k));
    }
    if (!v.isConstant()) {
      throw new UnsupportedException(
          "has an input "
              + k
              + " that depends on the sizes of the model's inputs; give their"
              + " sizes");
    }
    return v.tensor(0);
  }

  /** Whole numbers of an input that must be known, in one sample. */
  int[] integers(int k, int sample) {
    Value v = in(k);
    if (!v.isKnown()) {
      throw new UnknownException(node.inputs().get(k));
    }
    return integers(v.tensor(sample));
  }

  /** Whole numbers of an input that must be known, and the same whatever the sizes. */
  int[] integers(int k) {
    return integers(known(k));
  }

  private static int[] integers(Tensor t) {
    int[] values = new int[t.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (int) t.get(i);
    }
    return values;
  }

  /** The one number of an input that must be known. */
  double number(int k) {
    Tensor t = known(k);
    if (t.size() != 1) {
      throw new UnsupportedException(
          "has an input " + k + " of shape " + t.shape() + ", not one number");
    }
    return t.get(0);
  }

  /** A setting, or an input where newer versions have it there: whole numbers; null for neither. */
  int[] integers(String name, int k) {
    return has(k) ? integers(k) : has(name) ? integers(name) : null;
  }

  /** The result of an op, of the first input's type. */
  Value emit(Op op, Value... operands) {
    return to.emit(operands[0].type(), op, operands);
  }

  /** The result of an op, of a type. */
  Value emit(OnnxType type, Op op, Value... operands) {
    return to.emit(type, op, operands);
  }

  /** An axis as a number from 0 on. */
  static int axis(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw new UnsupportedException("names axis " + axis + " of " + rank);
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** Axes as numbers from 0 on. */
  static int[] axes(int[] axes, int rank) {
    int[] from0 = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      from0[i] = axis(axes[i], rank);
    }
    return from0;
  }

  /** Shapes for a value in every sample. */
  Shape[] shapes(java.util.function.IntFunction<Shape> ofSample) {
    Shape[] shapes = new Shape[to.samples()];
    for (int s = 0; s < shapes.length; s++) {
      shapes[s] = ofSample.apply(s);
    }
    return shapes;
  }
}
