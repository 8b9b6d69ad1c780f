package limbeck.engine.op.index;

import java.util.Map;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Integers as numbers: y = x. All of I32 fit F64; F32 has those of up to 24 bits, and others are
 * rounded to the nearest, unless {@code exact} refuses them.
 *
 * @param type the result's type, F32 or F64: no operand says it
 * @param exact whether integers beyond ±2²⁴ are an error in F32
 */
public record ToFloats(DType type, boolean exact) implements Op, OpContext.ForwardPass {
  /** Up to here F32 holds every integer. */
  static final int MOST = 1 << 24;

  private static final OpSpec SPEC = OpSpec.of("toFloats").operand("x", "...").onnx("Cast", 13);

  /** To F32. */
  public ToFloats(boolean exact) {
    this(DType.F32, exact);
  }

  /** Checks the type. */
  public ToFloats {
    if (!type.isFloating()) {
      throw new IllegalArgumentException("toFloats: type " + type + ", F32 or F64 expected");
    }
  }

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    return in[0];
  }

  @Override
  public DType resultType(DType operands) {
    return type;
  }

  /** Integers have no gradient. */
  @Override
  public boolean differentiable(int k) {
    return false;
  }

  /**
   * Converts.
   *
   * @throws ShapeException if {@code exact} and an integer is too large
   */
  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    spec().requireType(0, in[0], DType.I32);
    if (exact && type == DType.F32) {
      requireSmall(in[0]);
    }
    c.forward(this, out.size(), 1, in, out);
  }

  private static void requireSmall(Tensor x) {
    for (int i = 0; i < x.size(); i++) {
      int value = x.ints()[x.offset() + i];
      if (value > MOST || value < -MOST) {
        throw new ShapeException(
            "toFloats: element " + i + " of x is " + value + ", beyond ±2²⁴: F32 would round it");
      }
    }
  }

  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    int[] x = in[0].ints();
    int at = in[0].offset();
    for (int i = from; i < to; i++) {
      out.set(i, x[at + i]); // a double holds all of I32: there is one rounding
    }
  }

  /** There is nothing to do. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {}

  @Override
  public Map<String, Object> settings() {
    return Map.of("type", type.name(), "exact", exact);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
