package limbeck.engine.op.nn;

import java.util.List;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;

/** What {@link MaxPool} and {@link AvgPool} have in common. */
final class Pools {
  /** Scratch of a lane: a padded plane, that of its gradient, and rows of positions. */
  static final int PLANE = 0;

  static final int GRADIENT = 1;
  static final int ROWS = 2;

  private static final Window SIDE = Window.of(2).withStride(2);

  private Pools() {}

  static OpSpec spec(String name, int space) {
    String onnx = name.equals("maxPool") ? "MaxPool" : "AveragePool";
    return OpSpec.of(name + space + "d").operand("x", Planes.axes(space)).onnx(onnx, 11);
  }

  /** The windows, of a padding with which every position covers an element of x. */
  static List<Window> checked(String op, List<Window> windows) {
    for (Window w : windows) {
      if (w.dilation() != 1 || w.padding() > w.size() / 2) {
        throw new IllegalArgumentException(
            op
                + ": window of size "
                + w.size()
                + ", padding "
                + w.padding()
                + ", dilation "
                + w.dilation()
                + "; padding of at most half the size and dilation 1 expected");
      }
    }
    return Planes.checked(op, windows);
  }

  static Shape infer(OpSpec spec, List<Window> windows, Shape... in) {
    spec.requireOperands(in.length);
    Planes.require(spec, in[0], 2 + windows.size());
    return Planes.slide(spec, in[0], in[0].axis(1), windows);
  }

  /** Whether the windows are squares of 2 × 2, side by side, that cover x: one row loop then. */
  static boolean inSquares(List<Window> windows, Shape x) {
    return x.rank() == 4
        && windows.get(0).equals(SIDE)
        && windows.get(1).equals(SIDE)
        && x.axis(2) % 2 == 0
        && x.axis(3) % 2 == 0;
  }

  /** Elementary operations of a plane. */
  static long cost(List<Window> windows, Shape y) {
    return (long) Planes.size(y) * Planes.down(windows).size() * Planes.across(windows).size();
  }
}
