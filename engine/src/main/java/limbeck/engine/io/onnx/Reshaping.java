package limbeck.engine.io.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import limbeck.engine.op.Reshape;
import limbeck.engine.op.layout.ExpandAs;
import limbeck.engine.op.layout.Tile;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** Values under other shapes, by what stays true whatever the sizes of free axes. */
final class Reshaping {
  private final Lowering to;
  private final int samples;

  Reshaping(Lowering to) {
    this.to = to;
    this.samples = to.samples();
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
    return to.emit(v.type(), new Reshape(axes(v, shapes)), v);
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
    Value source = v.isKnown() ? v : to.numbers(v);
    if (v.isKnown() || !fixed) {
      return expandAs(source, like, shapes);
    }
    Shape[] longer = new Shape[samples];
    for (int s = 0; s < samples; s++) {
      longer[s] = broadcast(v.shape(s), ones(rank));
    }
    return to.emit(v.type(), new Tile(List.of(repeats)), reshape(source, longer));
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
            to.folding()
                .compute(new ExpandAs(), new Tensor[] {v.tensor(s).to(numbers), shape})
                .to(v.stored());
      }
      if (fixed || like == null) {
        return Value.known(v.type(), known);
      }
    }
    Value candidate = to.withShapes(shapes);
    if (candidate != null) {
      return to.emit(v.type(), new ExpandAs(), v, candidate);
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
}
