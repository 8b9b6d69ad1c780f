package limbeck.engine.op.index;

import java.util.Map;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Numbers as integers: what is behind the point is cut off. Beyond the range of I32 stand its ends,
 * for NaN stands 0; {@code exact} refuses these, and fractions, and what lies beyond ±2²⁴, where
 * F32 does not have every integer.
 *
 * @param exact whether only integers within ±2²⁴ are taken
 */
public record ToIntegers(boolean exact) implements IndexOp {
  private static final OpSpec SPEC =
      OpSpec.of("toIntegers").operand("x", "...").domain(-9, 9).onnx("Cast", 13);

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    return in[0];
  }

  /**
   * Converts.
   *
   * @throws ShapeException if {@code exact} and a number is no integer within ±2²⁴
   */
  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    if (exact) {
      for (int i = 0; i < in[0].size(); i++) {
        double value = in[0].get(i);
        if (value != Math.rint(value) || Math.abs(value) > ToFloats.MOST) {
          throw new ShapeException(
              "toIntegers: element " + i + " of x is " + value + ", no integer within ±2²⁴");
        }
      }
    }
    c.forward(this, out.size(), 1, in, out);
  }

  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    for (int i = from; i < to; i++) {
      out.ints()[out.offset() + i] = (int) in[0].get(i);
    }
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("exact", exact);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
