package limbeck.engine.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import limbeck.engine.io.FormatException;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;

/**
 * What a program takes: a batch of examples of one type and shape, or one tensor for all. Axes of
 * an example may be free, as the time axis of sequences is: then their size may differ from run to
 * run.
 *
 * <pre>{@code
 * Input.of("pixels", DType.F32, Shape.of(784))           // [batch, 784]
 * Input.of("ids", DType.I32, Shape.of(32)).free(0)       // [batch, any length]
 * Input.whole("scale", DType.F32, Shape.SCALAR)          // one number for all examples
 * }</pre>
 *
 * @param name in messages and files
 * @param type of its elements
 * @param example the shape of one example, without the batch axis; free axes have a size to trace
 *     and check the program with
 * @param freeAxes the axes of an example whose size may differ, ascending
 * @param batched whether there are several examples, along an axis before the others; if not, the
 *     input is one tensor of the example's shape
 */
public record Input(
    String name, DType type, Shape example, List<Integer> freeAxes, boolean batched) {
  /**
   * Checks name and axes.
   *
   * @throws IllegalArgumentException if the name is empty or has control characters, the example
   *     has no room for a batch axis, or the free axes are not axes of it in ascending order
   */
  public Input {
    freeAxes = List.copyOf(freeAxes);
    if (!isLine(name)) {
      throw new IllegalArgumentException(
          "program: input name " + FormatException.quote(name) + " is no line of text");
    }
    if (batched && example.rank() >= Shape.MAX_AXES) {
      throw new ShapeException(
          "program: examples of "
              + example.rank()
              + " axes, at most "
              + (Shape.MAX_AXES - 1)
              + " leave room for the batch");
    }
    int least = 0;
    for (int axis : freeAxes) {
      if (axis < least || axis >= example.rank()) {
        throw new ShapeException(
            "program: free axes " + freeAxes + " are not ascending axes of examples " + example);
      }
      least = axis + 1;
    }
  }

  private static boolean isLine(String name) {
    boolean line = !name.isEmpty();
    for (int i = 0; i < name.length(); i++) {
      line &= !Character.isISOControl(name.charAt(i));
    }
    return line;
  }

  /** An input whose examples all have one shape. */
  public static Input of(String name, DType type, Shape example) {
    return new Input(name, type, example, List.of(), true);
  }

  /**
   * An input without a batch axis: a state, a table, a number that all examples share.
   *
   * @param shape of the whole tensor
   */
  public static Input whole(String name, DType type, Shape shape) {
    return new Input(name, type, shape, List.of(), false);
  }

  /**
   * This input with free axes.
   *
   * @param axes of an example, ascending: 0 is the axis after the batch
   */
  public Input free(int... axes) {
    return new Input(name, type, example, Arrays.stream(axes).boxed().toList(), batched);
  }

  /** The shape of {@code n} examples, with the free axes as in the example. */
  public Shape batch(int n) {
    if (!batched) {
      return example;
    }
    int[] axes = new int[example.rank() + 1];
    axes[0] = n;
    System.arraycopy(example.toArray(), 0, axes, 1, example.rank());
    return Shape.of(axes);
  }

  /** Whether a tensor of this shape is a batch of such examples, or the whole input. */
  boolean fits(Shape batch) {
    int first = batched ? 1 : 0;
    if (batch.rank() != example.rank() + first) {
      return false;
    }
    for (int i = 0; i < example.rank(); i++) {
      if (batch.axis(i + first) != example.axis(i) && !freeAxes.contains(i)) {
        return false;
      }
    }
    return true;
  }

  /** What is wrong with a tensor that does not fit. */
  String misfit() {
    return (batched ? "no batch of examples " : "not of the shape ") + pattern();
  }

  /** The shape of an example, with {@code *} for free axes: {@code [*, 64]}. */
  private String pattern() {
    List<String> axes = new ArrayList<>();
    for (int i = 0; i < example.rank(); i++) {
      axes.add(freeAxes.contains(i) ? "*" : Integer.toString(example.axis(i)));
    }
    return axes.toString();
  }
}
