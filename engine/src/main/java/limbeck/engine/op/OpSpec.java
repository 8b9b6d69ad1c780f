package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * What a checker, a message or an exporter wants to know about an op.
 *
 * @param name the op's name in messages and files
 * @param operands their names and named axes, in order
 * @param low smallest value worth sampling for floating operands
 * @param high largest value worth sampling
 * @param kinks operand values at which the op is not differentiable
 * @param onnx the ONNX operator with the same meaning, or null
 * @param opset the first ONNX operator set that has it, 0 if none
 */
public record OpSpec(
    String name,
    List<Operand> operands,
    double low,
    double high,
    List<Double> kinks,
    String onnx,
    int opset) {
  private static final String ANY = "...";

  /**
   * An operand of an op.
   *
   * @param name as used in messages
   * @param axes names of the axes, separated by blanks; {@code ...} at the beginning or the end
   *     stands for any number of further axes
   */
  public record Operand(String name, String axes) {}

  /** A spec with a name, no operands yet, and domain −2 to 2. */
  public static OpSpec of(String name) {
    return new OpSpec(name, List.of(), -2, 2, List.of(), null, 0);
  }

  /** With one more operand. */
  public OpSpec operand(String operandName, String axes) {
    List<Operand> more = new ArrayList<>(operands);
    more.add(new Operand(operandName, axes));
    return new OpSpec(name, List.copyOf(more), low, high, kinks, onnx, opset);
  }

  /** With values sampled from {@code from} to {@code to}. */
  public OpSpec domain(double from, double to) {
    return new OpSpec(name, operands, from, to, kinks, onnx, opset);
  }

  /** With a point at which there is no derivative. */
  public OpSpec kink(double at) {
    List<Double> more = new ArrayList<>(kinks);
    more.add(at);
    return new OpSpec(name, operands, low, high, List.copyOf(more), onnx, opset);
  }

  /** With the ONNX operator of the same meaning. */
  public OpSpec onnx(String operator, int firstOpset) {
    return new OpSpec(name, operands, low, high, kinks, operator, firstOpset);
  }

  /** Operand {@code k} with its axes, for example {@code a [m=128, k=784]}. */
  public String describe(int k, Shape shape) {
    String axes = operands.get(k).axes();
    boolean leading = axes.startsWith(ANY);
    boolean trailing = !leading && axes.endsWith(ANY);
    String[] names = axes.replace(ANY, "").strip().split(" ");
    int named = names[0].isEmpty() ? 0 : names.length;
    if (leading || trailing ? shape.rank() < named : shape.rank() != named) {
      return operands.get(k).name() + " " + shape;
    }
    int unnamed = leading ? shape.rank() - named : 0;
    StringBuilder s = new StringBuilder(operands.get(k).name()).append(" [");
    for (int i = 0; i < shape.rank(); i++) {
      boolean hasName = i >= unnamed && i < unnamed + named;
      String axis = hasName ? names[i - unnamed] + "=" : "";
      s.append(i == 0 ? "" : ", ").append(axis).append(shape.axis(i));
    }
    return s.append(']').toString();
  }

  /** Checks the number of operands. */
  public void requireOperands(int given) {
    if (given != operands.size()) {
      List<String> names = operands.stream().map(Operand::name).toList();
      throw new ShapeException(
          name
              + ": operands "
              + names
              + " expected, "
              + given
              + " given instead of "
              + names.size());
    }
  }

  /**
   * Checks that an axis of one operand equals that of another.
   *
   * @param axis its name in the message
   * @param j index of the one operand, {@code shapeJ} its shape, {@code valueJ} the axis's size
   */
  public void requireEqual(
      String axis, int j, Shape shapeJ, int valueJ, int k, Shape shapeK, int valueK) {
    if (valueJ != valueK) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: %s and %s disagree on %s (%d vs %d)",
              name,
              describe(j, shapeJ),
              describe(k, shapeK),
              axis,
              valueJ,
              valueK));
    }
  }

  /** Checks that operand {@code k} has the same shape as operand 0. */
  public void requireSameShape(int k, Shape[] in) {
    requireSameShape(0, k, in);
  }

  /** Checks that operand {@code k} has the same shape as operand {@code j}. */
  public void requireSameShape(int j, int k, Shape[] in) {
    Shape first = in[j];
    Shape other = in[k];
    if (first.equals(other)) {
      return;
    }
    if (first.rank() != other.rank()) {
      throw rankError(k, other, first.rank());
    }
    for (int i = 0; i < first.rank(); i++) {
      requireEqual("axis " + i, j, first, first.axis(i), k, other, other.axis(i));
    }
  }

  /**
   * Checks that the axes of operand {@code k} repeat to those of operand 0 as in NumPy: from the
   * last on, each has the same size or size 1, or is missing.
   */
  public void requireRepeats(int k, Shape[] in) {
    requireRepeats(0, k, in);
  }

  /** Checks that the axes of operand {@code k} repeat to those of operand {@code j}. */
  public void requireRepeats(int j, int k, Shape[] in) {
    Shape whole = in[j];
    Shape part = in[k];
    int missing = whole.rank() - part.rank();
    if (missing < 0) {
      throw rankError(k, part, whole.rank());
    }
    for (int i = 0; i < part.rank(); i++) {
      if (part.axis(i) != 1) {
        String axis = "axis " + (i + missing);
        requireEqual(axis, j, whole, whole.axis(i + missing), k, part, part.axis(i));
      }
    }
  }

  /**
   * The shape that operands 0 and 1 stretch to, as NumPy has it.
   *
   * @throws ShapeException if an axis has two sizes, neither of them 1
   */
  public Shape broadcast(Shape a, Shape b) {
    return Broadcast.shape(this, a, b);
  }

  /** Checks the type of operand {@code k}: one that has no gradient may be of any. */
  public void requireType(int k, Tensor operand, DType expected) {
    if (operand.dtype() != expected) {
      throw new ShapeException(
          name
              + ": "
              + describe(k, operand.shape())
              + " is "
              + operand.dtype()
              + ", "
              + expected
              + " expected");
    }
  }

  /**
   * Checks that operand {@code k} has an axis.
   *
   * @param axis counted from the first, or, if negative, from the end
   * @return the axis, counted from the first
   */
  public int requireAxis(int k, Shape shape, int axis) {
    int rank = shape.rank();
    if (axis < -rank || axis >= rank) {
      throw new ShapeException(name + ": " + describe(k, shape) + " has no axis " + axis);
    }
    return axis < 0 ? axis + rank : axis;
  }

  /**
   * Checks that operand {@code k} has some axes, each named once.
   *
   * @param axes counted from the first, or, if negative, from the end
   * @return a number whose bit i is set if axis i is among them
   */
  public int requireAxes(int k, Shape shape, List<Integer> axes) {
    int bits = 0;
    for (int axis : axes) {
      int bit = 1 << requireAxis(k, shape, axis);
      if ((bits & bit) != 0) {
        throw new ShapeException(
            name + ": axes " + axes + " name an axis of " + describe(k, shape) + " twice");
      }
      bits |= bit;
    }
    return bits;
  }

  /** Checks that operand {@code k} has at least {@code least} axes. */
  public void requireRank(int k, Shape shape, int least) {
    if (shape.rank() < least) {
      throw new ShapeException(
          name
              + ": "
              + describe(k, shape)
              + " needs at least "
              + least
              + " axes, has "
              + shape.rank());
    }
  }

  /** The error of an operand with the wrong number of axes. */
  public ShapeException rankError(int k, Shape shape, int expected) {
    return new ShapeException(
        name
            + ": "
            + describe(k, shape)
            + " has "
            + shape.rank()
            + " axes, "
            + expected
            + " expected");
  }
}
