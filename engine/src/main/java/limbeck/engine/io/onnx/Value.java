package limbeck.engine.io.onnx;

import java.util.Arrays;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * A value of a graph that is being imported: either <em>known</em>, because it depends on weights
 * and sizes alone, or made when the program runs.
 *
 * <p>A model whose inputs have free axes is looked at with several sizes of these axes at once, its
 * <em>samples</em>. So what a value's shape or content depends on shows in whether it is the same
 * in all of them.
 */
final class Value {
  /** An axis of a value. */
  record Axis(Value value, int axis) {}

  private final OnnxType type;
  private final Shape[] shapes;
  private final Tensor[] known;
  private final int number;
  private final DType stored;

  private Value(OnnxType type, DType stored, Shape[] shapes, Tensor[] known, int number) {
    this.type = type;
    this.stored = stored;
    this.shapes = shapes;
    this.known = known;
    this.number = number;
  }

  /** A value that is known: a tensor for each sample. */
  static Value known(OnnxType type, Tensor... samples) {
    Shape[] shapes = new Shape[samples.length];
    for (int i = 0; i < shapes.length; i++) {
      shapes[i] = samples[i].shape();
    }
    return new Value(type, samples[0].dtype(), shapes, samples, -1);
  }

  /**
   * A value that a program makes.
   *
   * @param number which of those a {@link Lowering} knows
   */
  static Value made(OnnxType type, DType stored, int number, Shape... samples) {
    return new Value(type, stored, samples, null, number);
  }

  /** The same elements, as another type of ONNX. */
  Value as(OnnxType other) {
    return new Value(other, stored, shapes, known, number);
  }

  /** The type that ONNX gives it; whole numbers may well be stored as floats. */
  OnnxType type() {
    return type;
  }

  /** The type that it has in a tensor. */
  DType stored() {
    return stored;
  }

  boolean isKnown() {
    return known != null;
  }

  /** Whether it is known, and the same whatever the sizes of the inputs. */
  boolean isConstant() {
    return known != null && isSame();
  }

  private boolean isSame() {
    for (int i = 1; i < known.length; i++) {
      if (known[i] != known[0] && !sameElements(known[0], known[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameElements(Tensor a, Tensor b) {
    boolean same = a.shape().equals(b.shape());
    for (int i = 0; same && i < a.size(); i++) {
      same = Double.compare(a.get(i), b.get(i)) == 0;
    }
    return same;
  }

  /** How many samples there are. */
  int samples() {
    return shapes.length;
  }

  /** The shape in a sample. */
  Shape shape(int sample) {
    return shapes[sample];
  }

  int rank() {
    return shapes[0].rank();
  }

  /** Whether an axis has the same size in all samples. */
  boolean isFixed(int axis) {
    for (Shape shape : shapes) {
      if (shape.axis(axis) != shapes[0].axis(axis)) {
        return false;
      }
    }
    return true;
  }

  /** Whether all axes have the same size in all samples. */
  boolean isFixed() {
    for (Shape shape : shapes) {
      if (!shape.equals(shapes[0])) {
        return false;
      }
    }
    return true;
  }

  /** Whether it has these shapes in the samples. */
  boolean hasShapes(Shape... wanted) {
    return Arrays.equals(shapes, wanted);
  }

  /** The content in a sample; null if it is not known. */
  Tensor tensor(int sample) {
    return known == null ? null : known[sample];
  }

  /** Its number among those that a program makes; −1 if it is known. */
  int number() {
    return number;
  }
}
